import { describe, expect, it } from "vitest";
import type { FaultKind } from "../../../sandbox/sailpoint/control.ts";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { type SailPointTenant, sailPointTenant } from "./support/sailpoint-tenant.ts";

/**
 * Contract: readings and configurations get through what passes. A decision is sent again only when the failed attempt certainly had no
 * effect; otherwise it throws `sailpoint_timeout` after one POST, and nothing is decided twice.
 */
const { approver } = IDENTITIES;

/** A client that gives up soon where the fault is silence. */
const tenantFor = (kind: FaultKind): Promise<SailPointTenant> =>
  sailPointTenant(kind.startsWith("timeout") ? { totalMilliseconds: 800 } : {});

const passing: FaultKind[] = [
  "429",
  "500",
  "401",
  "timeout-before-effect",
  "timeout-after-effect",
  "reset",
  "reset-after-effect",
  "garbage",
];

describe("a decision", () => {
  it.each<FaultKind>(["429", "401"])("is sent again after %s, which had no effect", async (kind) => {
    await using at = await tenantFor(kind);
    const id = await at.born();
    await at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind, times: 1 });
    await at.sailpoint.approvals.approve(id);
    expect(await at.calls("POST")).toBe(2);
    expect(await at.stored(id)).toMatchObject({ status: "APPROVED" });
  });

  it.each<[FaultKind, string]>([
    ["500", "PENDING"],
    ["timeout-before-effect", "PENDING"],
    ["reset", "PENDING"],
    ["timeout-after-effect", "APPROVED"],
    ["reset-after-effect", "APPROVED"],
    ["garbage", "APPROVED"],
  ])("is sent once, and its effect called unknown, after %s (it is %s)", async (kind, status) => {
    await using at = await tenantFor(kind);
    const id = await at.born();
    await at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind, times: 1 });
    await expect(at.sailpoint.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_timeout" });
    expect(await at.calls("POST")).toBe(1);
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({ status });
  });

  it("that the caller makes again after a lost answer is refused, and stands once", async () => {
    await using at = await tenantFor("reset-after-effect");
    const id = await at.born();
    await at.tenant.control.fault({ method: "POST", pathContains: "/reject", kind: "reset-after-effect", times: 1 });
    await expect(at.sailpoint.approvals.reject(id, { comment: "no" })).rejects.toMatchObject({ code: "sailpoint_timeout" });
    await expect(at.sailpoint.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_refused" });
    expect(await at.stored(id)).toMatchObject({ status: "REJECTED", rejectedBy: [{}], approvedBy: [], comments: [{ comment: "no" }] });
  });

  it("that was taken elsewhere meanwhile is refused, with SailPoint's words", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await at.tenant.control.decide({ id, by: approver.id, verdict: "REJECTED" });
    const error = await at.sailpoint.approvals.approve(id).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "sailpoint_refused", details: { params: { status: 400, id: "400.1 Bad Request Content" } } });
    expect(error).toMatchObject({ details: { params: { reason: expect.stringContaining("REJECTED") } } });
  });

  it("on what is not there is not found, and on what another decides is not permitted", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await expect(at.sailpoint.approvals.approve("5a11b01d-nobody")).rejects.toMatchObject({ code: "sailpoint_not_found" });
    const asRequester = await at.as(IDENTITIES.requester.id);
    await expect(asRequester.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_not_permitted" });
    await expect(asRequester.bulk.approve([id])).resolves.toMatchObject([
      { outcome: "undone", error: { code: "sailpoint_not_permitted" } },
    ]);
    expect(await at.stored(id)).toMatchObject({ status: "PENDING" });
  });

  it("that never reached SailPoint is no unknown effect", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await at.sailpoint.check();
    await at.tenant.close();
    await expect(at.sailpoint.approvals.approve(id)).rejects.toMatchObject({ code: "sailpoint_unreachable" });
  });
});

describe("a reading", () => {
  it.each<FaultKind>(passing)("gets through %s", async (kind) => {
    await using at = await tenantFor(kind);
    const id = await at.born();
    await at.tenant.control.fault({ method: "GET", kind, times: 1 });
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({ id });
  });

  it("waits as long as Retry-After says", async () => {
    await using at = await sailPointTenant();
    await at.tenant.control.fault({ method: "GET", kind: "429", times: 1 });
    await at.sailpoint.approvals.list();
    expect(at.slept).toEqual([3_125]);
  });

  it.each<[FaultKind, string, number]>([
    ["500", "sailpoint_busy", 5],
    ["429", "sailpoint_rate_limited", 5],
    ["reset", "sailpoint_unreachable", 5],
    ["garbage", "sailpoint_answer_not_understood", 5],
    ["401", "sailpoint_not_permitted", 2],
  ])("that meets nothing but %s ends as %s", async (kind, code, attempts) => {
    await using at = await tenantFor(kind);
    await at.tenant.control.fault({ method: "GET", kind, times: 99 });
    await expect(at.sailpoint.approvals.list()).rejects.toMatchObject({ code });
    expect(await at.calls("GET")).toBe(attempts);
  });
});

describe("a configuration", () => {
  it.each<FaultKind>(passing)("is written through %s", async (kind) => {
    await using at = await tenantFor(kind);
    await at.tenant.control.fault({ method: "PUT", kind, times: 1 });
    const place = { id: "GENERIC_APPROVAL", scope: "APPROVAL_TYPE" } as const;
    await at.sailpoint.configs.put(place, { requiresComment: "ALL" });
    expect(await at.sailpoint.configs.get(place.id)).toMatchObject({ requiresComment: "ALL" });
  });
});

describe("a bulk decision", () => {
  const born = async (at: SailPointTenant, count: number): Promise<readonly string[]> => {
    const input = { name: "one of many", requesterId: IDENTITIES.requester.id, approverIds: [approver.id] };
    return (await at.tenant.control.createApprovals({ approvals: Array.from({ length: count }, () => input) })).ids;
  };

  it("of more than 50 goes in parts of 50, each id once", async () => {
    await using at = await sailPointTenant();
    const ids = await born(at, 120);
    const parts = await at.sailpoint.bulk.approve([...ids, ...ids.slice(0, 7)]);
    expect(parts.map(({ outcome, ids: part }) => [outcome, part.length])).toEqual([
      ["accepted", 50],
      ["accepted", 50],
      ["accepted", 20],
    ]);
    await at.tenant.control.settleBulk({});
    expect((await at.sailpoint.approvals.listByIds(ids)).filter(({ status }) => status === "APPROVED")).toHaveLength(120);
  });

  it("of nothing sends nothing", async () => {
    await using at = await sailPointTenant();
    expect(await at.sailpoint.bulk.cancel([])).toEqual([]);
    expect(await at.calls("POST")).toBe(0);
  });

  it("goes on when its token ends in the middle, and nothing is sent twice", async () => {
    await using at = await sailPointTenant();
    const ids = await born(at, 120);
    await at.tenant.control.fault({ method: "POST", pathContains: "/bulk-", kind: "401", after: 1, times: 1 });
    const parts = await at.sailpoint.bulk.reject(ids);
    expect(parts.map(({ outcome }) => outcome)).toEqual(["accepted", "accepted", "accepted"]);
    expect(await at.calls("POST")).toBe(4);
    const { bulkWaiting, authCalls } = await at.tenant.control.state();
    expect([bulkWaiting, authCalls]).toEqual([3, 2]);
  });

  it.each<[FaultKind, string]>([
    ["reset-after-effect", "unknown"],
    ["500", "unknown"],
  ])("whose answer was lost by %s says which part, and leaves the rest undone", async (kind, outcome) => {
    await using at = await sailPointTenant();
    const ids = await born(at, 120);
    await at.tenant.control.fault({ method: "POST", pathContains: "/bulk-", kind, after: 1, times: 1 });
    const parts = await at.sailpoint.bulk.approve(ids);
    expect(parts.map((part) => part.outcome)).toEqual(["accepted", outcome, "undone"]);
    expect(parts.flatMap((part) => part.ids)).toEqual(ids);
    expect(await at.calls("POST")).toBe(2);
  });

  it("accepted for ids that are not there changes nothing: 202 proves nothing", async () => {
    await using at = await sailPointTenant();
    const decided = await at.born();
    await at.tenant.control.decide({ id: decided, by: approver.id, verdict: "REJECTED" });
    const ids = ["5a11b01d-nobody", decided];
    expect(await at.sailpoint.bulk.approve(ids)).toEqual([{ outcome: "accepted", ids }]);
    await at.tenant.control.settleBulk({});
    expect((await at.sailpoint.approvals.listByIds(ids)).map(({ id, status }) => [id, status])).toEqual([[decided, "REJECTED"]]);
  });
});

describe("an id that would climb out of its path", () => {
  it.each(["", ".", "..", "\ud83d"])("%j is refused before anything is sent", async (id) => {
    await using at = await sailPointTenant();
    await expect(at.sailpoint.approvals.approve(id)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(at.sailpoint.approvals.get("../config/x")).rejects.toMatchObject({ code: "sailpoint_not_found" });
    expect(await at.calls("POST")).toBe(0);
  });
});
