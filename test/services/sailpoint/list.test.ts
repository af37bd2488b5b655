import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GROUPS, IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import type { Transport } from "../../../src/services/http-client/transport.ts";
import { createApi } from "../../../src/services/sailpoint/api.ts";
import { isText, isTime } from "../../../src/services/sailpoint/filter.ts";
import { listApprovals } from "../../../src/services/sailpoint/list-approvals.ts";
import { instantTimers } from "../zpa/support/instant-timers.ts";
import { silentLog } from "../zpa/support/silent-log.ts";
import { type SailPointTenant, sailPointTenant } from "./support/sailpoint-tenant.ts";

const { approver, otherApprover, requester } = IDENTITIES;

async function many(at: SailPointTenant, count: number): Promise<readonly string[]> {
  const approvals = Array.from({ length: count }, (_, index) => ({
    name: `approval ${index}`,
    requesterId: requester.id,
    approverIds: [index % 2 === 0 ? approver.id : otherApprover.id],
  }));
  return (await at.tenant.control.createApprovals({ approvals })).ids;
}

describe("a list", () => {
  it("is read to its end, 250 rows a page", async () => {
    await using at = await sailPointTenant();
    const ids = await many(at, 620);
    expect((await at.sailpoint.approvals.list()).map(({ id }) => id)).toEqual(ids);
    expect(await at.calls("GET")).toBe(3);
  });

  it.each([0, 1, 249, 250, 251, 500])("of %i is whole", async (count) => {
    await using at = await sailPointTenant();
    await many(at, count);
    expect(await at.sailpoint.approvals.list()).toHaveLength(count);
    expect(await at.calls("GET")).toBe(Math.max(1, Math.ceil((count - 1) / 249)));
  });

  it("of one page tells how many there are in all", async () => {
    await using at = await sailPointTenant();
    const ids = await many(at, 30);
    const page = await at.sailpoint.approvals.page({ sorters: ["createdDate"] }, { limit: 10, offset: 25 });
    expect(page.total).toBe(30);
    expect(page.approvals.map(({ id }) => id)).toEqual(ids.slice(25));
  });

  it("is counted without being sent", async () => {
    await using at = await sailPointTenant();
    await many(at, 30);
    expect(await at.sailpoint.approvals.count({ approverId: approver.id })).toBe(15);
  });

  it("by ids asks for 50 at a time, each once, and has those that are there", async () => {
    await using at = await sailPointTenant();
    const ids = await many(at, 120);
    const found = await at.sailpoint.approvals.listByIds([...ids, ...ids, "5a11b01d-nobody"]);
    expect(found.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect(await at.calls("GET")).toBe(3);
  });

  it("takes every parameter of the page", async () => {
    await using at = await sailPointTenant();
    const [id] = await many(at, 2);
    const query = {
      mine: false,
      requesterId: requester.id,
      requesteeId: requester.id,
      approverId: approver.id,
      filter: isTime("createdDate", "gt", new Date(0)),
      include: ["comments", "approvers", "reassignment-history", "batch-info"],
      sorters: ["-createdDate"],
    } as const;
    const [found, ...others] = await at.sailpoint.approvals.list(query);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id, comments: [], reassignments: [], approvers: [{ id: approver.id }] });
    expect(found?.raw).toMatchObject({ batchRequest: { batchSize: 1 } });
  });
});

/**
 * Contract: an approval that leaves a list between two pages pulls the next page forward over one that was not read yet. Whatever leaves
 * and comes while a list is read, nobody's approval that was there all the time is passed over.
 */
describe("a list that changes while it is read", () => {
  /** A tenant whose list is another one for every call. */
  const changing = (listAt: (call: number) => readonly string[]): { readonly transport: Transport; readonly offsets: number[] } => {
    const offsets: number[] = [];
    const send: Transport["send"] = async ({ url }) => {
      const offset = Number(new URL(url).searchParams.get("offset"));
      const list = listAt(offsets.length);
      offsets.push(offset);
      const rows = list.slice(offset, offset + 250).map((id) => ({ id, status: "PENDING" }));
      return { status: 200, headers: { "x-total-count": String(list.length) }, text: JSON.stringify(rows) };
    };
    return { transport: { send, close: async () => {} }, offsets };
  };

  const readBy = async (transport: Transport): Promise<ReadonlySet<string>> => {
    const api = createApi({
      host: "http://tenant",
      profile: "v1",
      transport,
      tokens: { current: async () => "token", refused: () => {} },
      budget: { run: (_place, call) => call() },
      timers: instantTimers(),
      random: () => 0,
      log: silentLog,
      closing: new AbortController().signal,
    });
    return new Set((await listApprovals(api, {})).map(({ id }) => id));
  };

  const all = Array.from({ length: 900 }, (_, index) => `id-${index}`);

  it("is read again from the page before when its rows moved", async () => {
    const { transport, offsets } = changing((call) => (call === 0 ? all : all.slice(1)));
    const found = await readBy(transport);
    expect(all.filter((id) => !found.has(id))).toEqual([]);
    expect(offsets).toEqual([0, 249, 0, 249, 498, 747]);
  });

  it("loses nothing that stays, whatever leaves before and comes after", async () => {
    const change = fc.record({ leaves: fc.array(fc.nat(899), { maxLength: 5 }), comes: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 3 }), async (changes) => {
        const leaving = new Set(changes.flatMap(({ leaves }) => leaves.map((index) => `id-${index}`)));
        const listAt = (call: number): readonly string[] => {
          const soFar = changes.slice(0, call);
          const gone = new Set(soFar.flatMap(({ leaves }) => leaves.map((index) => `id-${index}`)));
          const come = soFar.flatMap(({ comes }, number) => Array.from({ length: comes }, (_, index) => `new-${number}-${index}`));
          return [...all.filter((id) => !gone.has(id)), ...come];
        };
        const found = await readBy(changing(listAt).transport);
        expect(all.filter((id) => !leaving.has(id) && !found.has(id))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("what a token's owner may see", () => {
  it("is their own, unless they ask for more: then SailPoint refuses", async () => {
    await using at = await sailPointTenant();
    const ids = await many(at, 4);
    const asApprover = await at.as(approver.id);
    expect((await asApprover.approvals.list()).map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    await expect(asApprover.approvals.list({ approverId: otherApprover.id })).rejects.toMatchObject({ code: "sailpoint_refused" });
    await expect(asApprover.approvals.get(ids[1] ?? "")).rejects.toMatchObject({ code: "sailpoint_not_permitted" });
  });

  it("is found by the parameter requesterId, not by a filter, for who asks and does not decide", async () => {
    await using at = await sailPointTenant();
    await many(at, 4);
    const asRequester = await at.as(requester.id);
    expect(await asRequester.approvals.list({ requesterId: requester.id })).toHaveLength(4);
    expect(await asRequester.approvals.list({ filter: isText("requesterId", "eq", requester.id) })).toEqual([]);
  });

  it("includes what waits for a governance group of theirs", async () => {
    await using at = await sailPointTenant();
    const id = await at.born({ approverIds: [GROUPS.databaseOwners.id] });
    expect((await (await at.as(otherApprover.id)).approvals.list()).map((approval) => approval.id)).toEqual([id]);
  });
});
