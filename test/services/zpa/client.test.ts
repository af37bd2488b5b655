import { describe, expect, it } from "vitest";
import { draftFor, tenantClient } from "./support/tenant-client.ts";

const rotterdam = "145260601092866314";
const nordwind = "145260601092866315";

const hours = {
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  start: "09:00",
  end: "17:00",
  timeZone: "Asia/Calcutta",
  startTimeCron: "0 30 3 ? * MON,TUE,WED,THU,FRI",
  endTimeCron: "0 30 11 ? * MON,TUE,WED,THU,FRI",
} as const;

describe("a privileged approval", () => {
  it("is written, and read back as it was meant", async () => {
    await using client = await tenantClient();
    const draft = await draftFor(client, { workingHours: hours });
    const { id } = await client.zpa.approvals.create(draft);
    const read = await client.zpa.approvals.get(id);
    expect(read).toMatchObject({
      id,
      emailIds: [draft.email],
      segmentIds: draft.segmentIds,
      start: draft.start,
      end: draft.end,
      workingHours: hours,
      status: "ACTIVE",
      microtenantId: null,
    });
    expect(read.raw.applications).toEqual([expect.objectContaining({ name: "Databases production" })]);
  });

  it("in a microtenant is found there and only there", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.approvals.create(await draftFor(client, { microtenantId: rotterdam }));
    expect(await client.zpa.approvals.get(id, { microtenantId: rotterdam })).toMatchObject({ microtenantId: rotterdam });
    await expect(client.zpa.approvals.get(id)).rejects.toMatchObject({ code: "zpa_not_found" });
    expect(await client.zpa.approvals.list({ microtenantId: rotterdam })).toHaveLength(1);
    expect(await client.zpa.approvals.list()).toHaveLength(0);
  });

  it("is refused where the microtenant's approvals are switched off, with ZPA's reason", async () => {
    await using client = await tenantClient();
    await expect(client.zpa.approvals.create(await draftFor(client, { microtenantId: nordwind }))).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { status: 400, reason: expect.stringContaining("Nordwind Logistics") } },
    });
  });

  it("is updated whole: the hours change, the start that has passed does not", async () => {
    await using client = await tenantClient();
    const draft = await draftFor(client, { workingHours: hours });
    const { id } = await client.zpa.approvals.create(draft);
    await client.tenant.control.clock({ offsetMilliseconds: 2 * 3_600_000 });
    const before = await client.zpa.approvals.get(id);
    const winter = { ...hours, startTimeCron: "0 30 4 ? * MON", endTimeCron: "0 30 12 ? * MON" };
    await client.zpa.approvals.update(before, { ...draft, start: new Date(), workingHours: winter });
    expect(await client.zpa.approvals.get(id)).toMatchObject({ start: draft.start, workingHours: winter, emailIds: [draft.email] });
    await client.zpa.approvals.update(before, { ...draft, workingHours: null });
    expect((await client.zpa.approvals.get(id)).workingHours).toBeNull();
  });

  it("is updated in its microtenant", async () => {
    await using client = await tenantClient();
    const draft = await draftFor(client, { microtenantId: rotterdam });
    const { id } = await client.zpa.approvals.create(draft);
    const end = new Date(draft.end.getTime() + 86_400_000);
    await client.zpa.approvals.update(await client.zpa.approvals.get(id, draft), { ...draft, end });
    expect(await client.zpa.approvals.get(id, draft)).toMatchObject({ end, microtenantId: rotterdam });
  });

  it("that is already gone is deleted with success", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.approvals.create(await draftFor(client));
    await client.zpa.approvals.delete(id);
    await client.zpa.approvals.delete(id);
    await expect(client.zpa.approvals.get(id)).rejects.toMatchObject({ code: "zpa_not_found", details: { params: { params: id } } });
  });

  it("that has ended goes with the expired ones, and there may be none", async () => {
    await using client = await tenantClient();
    expect(await client.zpa.approvals.deleteExpired()).toBe(false);
    await client.zpa.approvals.create(await draftFor(client));
    await client.tenant.control.clock({ offsetMilliseconds: 8 * 86_400_000 });
    expect(await client.zpa.approvals.deleteExpired()).toBe(true);
    expect(await client.zpa.approvals.list()).toEqual([]);
  });

  it("of a person whose email ZPA refuses says so", async () => {
    await using client = await tenantClient();
    await expect(client.zpa.approvals.create(await draftFor(client, { email: "no-email" }))).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { id: "invalid.resource.argument", params: "emailIds" } },
    });
  });
});

describe("the catalog of a tenant", () => {
  it("is read to the last page, each console once", async () => {
    await using client = await tenantClient({ tenant: { seed: { consoles: 1_234, microtenants: false } } });
    const consoles = await client.zpa.consoles.list();
    expect(new Set(consoles.map(({ id }) => id)).size).toBe(1_234);
    expect(await client.zpa.applications.list()).toHaveLength(1_234);
    expect((await client.tenant.control.state()).calls).toEqual({ GET: 6 });
  });

  it("keeps the ids of consoles apart from those of segments, and all of them exact", async () => {
    await using client = await tenantClient();
    const [consoles, applications, portals] = await Promise.all([
      client.zpa.consoles.list({ microtenantId: rotterdam }),
      client.zpa.applications.list({ microtenantId: rotterdam }),
      client.zpa.portals.list({ microtenantId: rotterdam }),
    ]);
    expect(consoles.every(({ microtenantId }) => microtenantId === rotterdam)).toBe(true);
    const known = new Map(applications.map((application) => [application.id, application]));
    for (const { praApplicationId, portalIds } of consoles) {
      expect(known.get(praApplicationId)?.segmentId).toMatch(/^2161962573314\d{5}$/);
      expect(portals.map(({ id }) => id)).toEqual(expect.arrayContaining([...portalIds]));
    }
  });

  it("says of every segment with consoles to which segment group it belongs", async () => {
    await using client = await tenantClient();
    const groups = new Map((await client.zpa.segments.list()).map((segment) => [segment.id, segment]));
    const applications = await client.zpa.applications.list();
    const production = applications.find(({ name }) => name === "db-prod.db.prod.acme.example");
    expect(groups.get(production?.segmentId ?? "")).toMatchObject({ segmentGroupName: "Databases" });
    expect(applications.every(({ segmentId }) => groups.get(segmentId)?.segmentGroupId?.match(/^\d{18}$/))).toBe(true);
  });

  it("shows names as people wrote them", async () => {
    await using client = await tenantClient();
    const consoles = await client.zpa.consoles.list();
    const names = consoles.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["HMI Line 3 & 4", "PLC engineer's workstation", "Substation Süd"]));
    expect(consoles.find(({ name }) => name === "HMI Line 3 & 4")?.description).toBe("Shared operator panel, lines 3 & 4");
    expect((await client.zpa.applications.list())[0]?.name).toBe("db-prod.db.prod.acme.example");
  });

  it("says what is disabled", async () => {
    await using client = await tenantClient();
    const disabled = (await client.zpa.consoles.list()).filter(({ enabled }) => !enabled);
    expect(disabled.map(({ name }) => name)).toEqual(["db-legacy"]);
    expect(await client.zpa.microtenants.list()).toMatchObject([
      { id: "0", name: "Default", privilegedApprovalsEnabled: true },
      { id: rotterdam, privilegedApprovalsEnabled: true },
      { id: nordwind, privilegedApprovalsEnabled: false },
    ]);
  });

  it("asks nobody for microtenants where the settings say that there are none", async () => {
    await using client = await tenantClient({ config: { microtenants: false } });
    expect(await client.zpa.microtenants.list()).toMatchObject([{ id: "0", name: "Default" }]);
    expect((await client.tenant.control.state()).calls).toEqual({});
  });
});
