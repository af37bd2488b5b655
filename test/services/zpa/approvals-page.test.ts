import { describe, expect, it } from "vitest";
import { draftFor, tenantClient } from "./support/tenant-client.ts";

const day = 86_400_000;
const rotterdam = "145260601092866314";

/** Four privileged approvals: one that will be over, two that stand, one to come. */
async function withApprovals() {
  const client = await tenantClient();
  const draft = await draftFor(client);
  const of = (email: string, change: object = {}) => client.zpa.approvals.create({ ...draft, email, ...change });
  await of("bo@acme.example", { end: new Date(draft.start.getTime() + day) });
  await client.tenant.control.clock({ offsetMilliseconds: 2 * day });
  const now = new Date((await client.tenant.control.state()).now);
  const later = (days: number) => new Date(now.getTime() + days * day);
  await of("cleo@acme.example", { start: now, end: later(3) });
  await of("ana@acme.example", { start: now, end: later(30) });
  await of("dan@acme.example", { start: later(1), end: later(9) });
  return client;
}

describe("one page of privileged approvals", () => {
  it("is as long as was asked for, and says how many there are", async () => {
    await using client = await withApprovals();
    const first = await client.zpa.approvals.page({ page: 1, pageSize: 3 });
    const second = await client.zpa.approvals.page({ page: 2, pageSize: 3 });
    expect([first.items.length, second.items.length]).toEqual([3, 1]);
    expect(first).toMatchObject({ totalPages: 2, totalCount: 4 });
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(4);
  });

  it("is sorted by ZPA, both ways", async () => {
    await using client = await withApprovals();
    const statuses = async (sortDirection: "ascending" | "descending") =>
      (await client.zpa.approvals.page({ sortBy: "status", sortDirection })).items.map(({ status }) => status);
    expect(await statuses("ascending")).toEqual(["ACTIVE", "ACTIVE", "EXPIRED", "FUTURE"]);
    expect(await statuses("descending")).toEqual(["FUTURE", "EXPIRED", "ACTIVE", "ACTIVE"]);
    const byEnd = await client.zpa.approvals.page({ sortBy: "endTime" });
    expect(byEnd.items.map(({ emailIds }) => emailIds[0]?.split("@")[0])).toEqual(["bo", "cleo", "dan", "ana"]);
  });

  it("is filtered by ZPA", async () => {
    await using client = await withApprovals();
    const emails = async (search: string) => (await client.zpa.approvals.page({ search })).items.flatMap(({ emailIds }) => emailIds);
    expect(await emails("status EQ FUTURE")).toEqual(["dan@acme.example"]);
    expect(await emails("emailIds EQ ana@acme.example")).toEqual(["ana@acme.example"]);
    await expect(emails("status of mine")).rejects.toMatchObject({ code: "zpa_search_refused" });
  });

  it("is of one microtenant, and there may be nothing", async () => {
    await using client = await withApprovals();
    expect(await client.zpa.approvals.page({ microtenantId: rotterdam })).toMatchObject({ items: [] });
    expect(await client.zpa.approvals.page({ page: 9 })).toMatchObject({ items: [] });
  });
});

describe("one segment, portal or microtenant", () => {
  it("is read by its id, with what people recognise it by", async () => {
    await using client = await tenantClient();
    const segment = (await client.zpa.segments.list()).find(({ name }) => name === "Test bench");
    expect(await client.zpa.segments.get(segment?.id ?? "")).toEqual(segment);
    expect(segment).toMatchObject({ domainNames: ["bench-1.lab.acme.example"], segmentGroupName: "Office", enabled: true });
    const [portal] = await client.zpa.portals.list({ microtenantId: rotterdam });
    expect(await client.zpa.portals.get(portal?.id ?? "", { microtenantId: rotterdam })).toEqual(portal);
    expect(await client.zpa.microtenants.get(rotterdam)).toMatchObject({ name: "Plant Rotterdam" });
    for (const missing of [client.zpa.segments.get("7"), client.zpa.portals.get("7"), client.zpa.microtenants.get("7")])
      await expect(missing).rejects.toMatchObject({ code: "zpa_not_found" });
  });
});
