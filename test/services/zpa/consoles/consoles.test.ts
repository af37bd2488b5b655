import { describe, expect, it } from "vitest";
import type { ConsoleDraft } from "../../../../src/services/zpa/consoles/console.ts";
import { rawCall } from "../support/raw-call.ts";
import { type TenantClient, tenantClient } from "../support/tenant-client.ts";

const rotterdam = "145260601092866314";

/** A console for the PRA application that has none, or in the microtenant for one that has. */
async function draftIn({ zpa }: TenantClient, change: Partial<ConsoleDraft> = {}): Promise<ConsoleDraft> {
  const place = { microtenantId: change.microtenantId ?? null };
  const [applications, consoles, portals] = await Promise.all([
    zpa.applications.list(place),
    zpa.consoles.list(place),
    zpa.portals.list(place),
  ]);
  const taken = new Set(consoles.map(({ praApplicationId }) => praApplicationId));
  const application = applications.find(({ id }) => !taken.has(id)) ?? applications[0];
  const portalIds = portals.slice(0, 1).map(({ id }) => id);
  return { name: "bench-1", description: null, enabled: true, praApplicationId: application?.id ?? "", portalIds, ...place, ...change };
}

describe("a privileged console", () => {
  it("is made for the application that has none, and read back whole: the answer to the create is a stub", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client, { name: "Bench <1> & 2", description: "R&D's own" });
    const { id } = await client.zpa.consoles.create(draft);
    const read = await client.zpa.consoles.get(id);
    expect(read).toMatchObject({ ...draft, id, domain: "bench-1.lab.acme.example", protocol: "SSH" });
    expect(read.portals).toEqual([{ id: draft.portalIds[0], name: "Infrastructure portal" }]);
    const application = (await client.zpa.applications.list()).find((each) => each.id === draft.praApplicationId);
    expect(read.segmentId).toBe(application?.segmentId);
    expect(read.segmentId).not.toBe(read.praApplicationId);
  });

  it("in a microtenant is found there and only there, under an id that no double holds", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client, { microtenantId: rotterdam });
    const { id } = await client.zpa.consoles.create(draft);
    expect(await client.zpa.consoles.get(id, { microtenantId: rotterdam })).toMatchObject({ id, microtenantId: rotterdam });
    await expect(client.zpa.consoles.get(id)).rejects.toMatchObject({ code: "zpa_not_found", details: { params: { params: id } } });
    const current = await client.zpa.consoles.get(id, { microtenantId: rotterdam });
    await client.zpa.consoles.update(current, { ...draft, enabled: false });
    expect((await client.zpa.consoles.list({ microtenantId: rotterdam })).find((each) => each.id === id)?.enabled).toBe(false);
    await client.zpa.consoles.delete(id, { microtenantId: rotterdam });
    await expect(client.zpa.consoles.get(id, { microtenantId: rotterdam })).rejects.toMatchObject({ code: "zpa_not_found" });
  });

  it("keeps on an update what Portcullis does not know, and no name is escaped twice", async () => {
    await using client = await tenantClient();
    const hmi = (await client.zpa.consoles.list()).find(({ name }) => name === "HMI Line 3 & 4");
    if (hmi === undefined) throw new Error("the landscape has lost a console");
    const raw = { ...hmi.raw, name: hmi.name, description: hmi.description, iconText: "L3" };
    expect(await rawCall(client, "PUT", `praConsole/${hmi.id}`, raw)).toMatchObject({ status: 204, text: "" });
    const current = await client.zpa.consoles.get(hmi.id);
    for (const enabled of [false, true]) {
      const { name, description, praApplicationId, portalIds, microtenantId } = await client.zpa.consoles.get(hmi.id);
      await client.zpa.consoles.update(current, { name, description, praApplicationId, portalIds, microtenantId, enabled });
      expect(await client.zpa.consoles.get(hmi.id)).toMatchObject({
        name: "HMI Line 3 & 4",
        description: "Shared operator panel, lines 3 & 4",
        enabled,
        raw: { iconText: "L3" },
      });
    }
  });

  it("moves to other portals, and to another application of its microtenant", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client);
    const { id } = await client.zpa.consoles.create(draft);
    const portals = await client.zpa.portals.list();
    const [other] = await client.zpa.applications.list();
    const moved = { ...draft, portalIds: portals.slice(1, 3).map((portal) => portal.id), praApplicationId: other?.id ?? "" };
    await client.zpa.consoles.update(await client.zpa.consoles.get(id), moved);
    expect(await client.zpa.consoles.get(id)).toMatchObject(moved);
  });

  it.each([
    ["an application that is not there", { praApplicationId: "72057594038656944" }, "zpa_not_found", "72057594038656944"],
    ["a portal that is not there", { portalIds: ["72057594038076717"] }, "zpa_not_found", "72057594038076717"],
    ["no name", { name: "" }, "zpa_refused", "name"],
    ["no portal", { portalIds: [] }, "zpa_refused", "praPortals"],
  ] as const)("with %s is refused, and ZPA's own words are kept", async (_, change, code, params) => {
    await using client = await tenantClient();
    const before = (await client.zpa.consoles.list()).length;
    await expect(client.zpa.consoles.create(await draftIn(client, change))).rejects.toMatchObject({
      code,
      details: { params: { status: 400, params } },
    });
    expect(await client.zpa.consoles.list()).toHaveLength(before);
  });

  it("that is already gone is deleted with success", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.consoles.create(await draftIn(client));
    await client.zpa.consoles.delete(id);
    await client.zpa.consoles.delete(id);
  });
});

describe("many privileged consoles", () => {
  it("are made by one call", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client);
    await client.tenant.control.resetCalls({});
    const made = await client.zpa.consoles.createMany([draft, { ...draft, name: "bench-2", enabled: false }]);
    expect((await client.tenant.control.state()).calls).toEqual({ POST: 1 });
    const read = await Promise.all(made.map(({ id }) => client.zpa.consoles.get(id)));
    expect(read.map(({ name, enabled }) => [name, enabled])).toEqual([
      ["bench-1", true],
      ["bench-2", false],
    ]);
  });

  it("are refused all together where one is wrong", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client);
    const before = (await client.zpa.consoles.list()).length;
    await expect(client.zpa.consoles.createMany([draft, { ...draft, praApplicationId: "1" }])).rejects.toMatchObject({
      code: "zpa_not_found",
    });
    expect(await client.zpa.consoles.list()).toHaveLength(before);
  });

  it("are of one microtenant, and none of them is no call", async () => {
    await using client = await tenantClient();
    const draft = await draftIn(client);
    await client.tenant.control.resetCalls({});
    await expect(client.zpa.consoles.createMany([draft, { ...draft, microtenantId: rotterdam }])).rejects.toMatchObject({
      code: "invalid_input",
    });
    expect(await client.zpa.consoles.createMany([])).toEqual([]);
    expect((await client.tenant.control.state()).calls).toEqual({});
  });

  it.each(["praConsole", "praConsole/bulk"])("never have a POST to %s sent again whose answer was lost", async (path) => {
    await using client = await tenantClient({ totalMilliseconds: 800 });
    const draft = await draftIn(client);
    const before = (await client.zpa.consoles.list()).length;
    for (const kind of ["timeout-after-effect", "garbage", "reset", "500"] as const) {
      await client.tenant.control.fault({ method: "POST", pathContains: path, kind, times: 1 });
      const { consoles } = client.zpa;
      const sent = path === "praConsole" ? consoles.create(draft) : consoles.createMany([draft]);
      await expect(sent, kind).rejects.toMatchObject({ code: "zpa_timeout" });
    }
    expect(await client.zpa.consoles.list()).toHaveLength(before + 2); // of the two whose effect came before the fault
  });
});

describe("lists of privileged consoles", () => {
  it("are read to the last page, for the tenant and for one portal", async () => {
    await using client = await tenantClient({ tenant: { seed: { consoles: 1_203, microtenants: false } } });
    expect(new Set((await client.zpa.consoles.list()).map(({ id }) => id)).size).toBe(1_203);
    const portal = (await client.zpa.portals.list()).find(({ name }) => name === "Infrastructure portal");
    await client.tenant.control.resetCalls({});
    const ofPortal = await client.zpa.consoles.listByPortal(portal?.id ?? "");
    expect(ofPortal.length).toBeGreaterThan(1_000);
    expect(ofPortal.every(({ portalIds }) => portalIds.includes(portal?.id ?? ""))).toBe(true);
    expect((await client.tenant.control.state()).calls).toEqual({ GET: 3 });
  });

  it("of one portal are of the microtenant alone, and of a portal that is not there refused", async () => {
    await using client = await tenantClient();
    const [portal] = await client.zpa.portals.list({ microtenantId: rotterdam });
    const listed = await client.zpa.consoles.listByPortal(portal?.id ?? "", { microtenantId: rotterdam });
    expect(listed.map(({ name }) => name)).toContain("RTM crane panel");
    expect(listed.every(({ microtenantId }) => microtenantId === rotterdam)).toBe(true);
    await expect(client.zpa.consoles.listByPortal("77")).rejects.toMatchObject({
      code: "zpa_not_found",
      details: { params: { params: "77" } },
    });
  });

  it("are searched by ZPA, which refuses what is no expression", async () => {
    await using client = await tenantClient();
    const names = async (search: string) => (await client.zpa.consoles.list({ search })).map(({ name }) => name);
    expect(await names("name EQ db-prod")).toEqual(["db-prod"]);
    expect(await names("name LIKE line 3 &")).toEqual(["HMI Line 3 & 4"]);
    expect(await names("enabled EQ false")).toEqual(["db-legacy"]);
    await expect(names("HMI - Line")).rejects.toMatchObject({
      code: "zpa_search_refused",
      details: { params: { id: "filtering.input.invalid.operand", params: "-" } },
    });
  });
});
