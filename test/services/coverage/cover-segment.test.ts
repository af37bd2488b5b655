import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { coverSegment, readCovered } from "../../../src/services/coverage/cover-segment.ts";
import { proposeCover } from "../../../src/services/coverage/propose-cover.ts";
import { readCoverage } from "../../../src/services/coverage/read-coverage.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";

/**
 * Contract: what was shown is what is made; a run that lost its answer or was cut off between its two calls is taken up by the next, and
 * there is one rule in the end; where the rules are not any more what was shown, nothing is made.
 */
describe("a rule for a segment", () => {
  let client: TenantClient;
  beforeEach(async () => {
    client = await tenantClient({ totalMilliseconds: 500 });
  });
  afterEach(() => client[Symbol.asyncDispose]());

  const idOf = async (name: string): Promise<string> =>
    (await client.zpa.segments.list()).find((segment) => segment.name === name)?.id ?? "";
  const propose = async (name: string) => proposeCover(client.zpa, { segmentId: await idOf(name), microtenantId: null });
  const rulesFor = async (name: string) =>
    (await client.zpa.policy.rules("ACCESS_POLICY")).filter((rule) => rule.name.startsWith(`Portcullis - ${name}`));
  const statusOf = async (name: string) =>
    (await readCoverage(client.zpa, { microtenantId: null })).find((segment) => segment.name === name)?.status;

  it.each([
    ["Energy", "uncovered", null],
    ["Building control", "shadowed", "Facility management"],
    ["Legacy", "shadowed", "Retired & kept for audits"],
  ] as const)("that %s needs is made, and covers it", async (name, before, stands) => {
    const shown = await propose(name);
    expect(shown.current.status).toBe(before);
    expect(shown.afterwards.status).toBe("covered");
    expect(shown.before?.name ?? null).toBe(stands);
    const { ruleId } = await coverSegment(client.zpa, shown);
    const { rule, coverage } = await readCovered(client.zpa, shown, ruleId);
    expect(coverage.status).toBe("covered");
    expect(rule).toMatchObject({ order: shown.order, action: "REQUIRE_APPROVAL", enabled: true });
    expect(await statusOf(name)).toBe("covered");
    await client.tenant.control.addApproval({ email: "mira@acme.example", minutes: 60, segmentId: shown.segment.id });
    expect(await client.tenant.control.access({ email: "mira@acme.example", segmentId: shown.segment.id })).toMatchObject({
      allowed: true,
    });
    expect(await client.tenant.control.access({ email: "ana@acme.example", segmentId: shown.segment.id })).toMatchObject({
      allowed: false,
    });
  });

  it("is made once although its answer was lost, and moved although that was cut off", async () => {
    const shown = await propose("Building control");
    await client.tenant.control.fault({ method: "POST", pathContains: "/rule", kind: "timeout-after-effect", times: 1 });
    await expect(coverSegment(client.zpa, shown)).rejects.toMatchObject({ code: "zpa_timeout" });
    expect(await statusOf("Building control")).toBe("shadowed");
    expect(await propose("Building control")).toMatchObject({ standingRuleId: expect.any(String), order: shown.order });
    await coverSegment(client.zpa, shown);
    expect(await rulesFor("Building control")).toHaveLength(1);
    expect(await statusOf("Building control")).toBe("covered");
  });

  it("is made once by two who confirm it at once: the second looks when the first is done", async () => {
    const shown = await propose("Building control");
    const outcomes = await Promise.allSettled([coverSegment(client.zpa, shown), coverSegment(client.zpa, shown)]);
    expect(outcomes).toMatchObject([{ status: "fulfilled" }, { status: "rejected", reason: { code: "coverage_not_needed" } }]);
    expect(await rulesFor("Building control")).toHaveLength(1);
    expect(await statusOf("Building control")).toBe("covered");
  });

  it("is said to stand out of its place when it was made and ZPA refuses to move it, and nothing waits for ever", async () => {
    const shown = await propose("Building control");
    await client.tenant.control.fault({ method: "PUT", pathContains: "/reorder", kind: "401", times: 9 });
    await expect(coverSegment(client.zpa, shown)).rejects.toMatchObject({
      code: "coverage_not_placed",
      details: { params: { reason: "zpa_not_permitted" } },
    });
    expect(await rulesFor("Building control")).toHaveLength(1);
  });

  it("is not made when the rules have changed since it was shown", async () => {
    const shown = await propose("Building control");
    const { id: setId } = await client.zpa.policy.set("ACCESS_POLICY");
    const last = (await client.zpa.policy.rules("ACCESS_POLICY")).at(-1);
    await client.zpa.policy.reorder(setId, last?.id ?? "", 2);
    await expect(coverSegment(client.zpa, shown)).rejects.toMatchObject({ code: "coverage_changed" });
    expect(await rulesFor("Building control")).toEqual([]);
  });

  it("is not offered where it is not needed, would not help, or where there is no such segment", async () => {
    await expect(propose("Databases production")).rejects.toMatchObject({ code: "coverage_not_needed" });
    // Its rule is for one group of people: one for everybody would let the others in by any approval.
    await expect(propose("Packaging supplier")).rejects.toMatchObject({
      code: "coverage_not_possible",
      details: { params: { segment: "Packaging supplier", reason: "approval_for_some" } },
    });
    await expect(proposeCover(client.zpa, { segmentId: "1", microtenantId: null })).rejects.toMatchObject({
      code: "coverage_segment_unknown",
    });
    const { id: setId } = await client.zpa.policy.set("ACCESS_POLICY");
    const someone = { objectType: "SCIM_GROUP", lhs: "216196257331370001", rhs: "9" };
    const draft = { name: "Contractors", description: null, action: "DENY", customMessage: null };
    const conditions = [{ operator: "OR", negated: false, operands: [someone] }] as const;
    const { id } = await client.zpa.policy.createRule(setId, { ...draft, conditions }, { version: 1 });
    await client.zpa.policy.reorder(setId, id, 2);
    await expect(propose("Databases production")).rejects.toMatchObject({
      code: "coverage_not_possible",
      details: { params: { reason: "earlier_rule_for_some" } },
    });
  });
});

describe("the tenant's access", () => {
  it("goes by its rules: an approval alone opens nothing, and where everybody is let in none is needed", async () => {
    await using client = await tenantClient();
    const segments = await client.zpa.segments.list();
    const allowed = async (name: string): Promise<boolean> => {
      const segmentId = segments.find((segment) => segment.name === name)?.id ?? "";
      await client.tenant.control.addApproval({ email: "mira@acme.example", minutes: 60, segmentId });
      return (await client.tenant.control.access({ email: "mira@acme.example", segmentId })).allowed;
    };
    expect(await allowed("Databases production")).toBe(true);
    expect(await allowed("Energy")).toBe(false);
    expect(await allowed("Legacy")).toBe(false);
    expect(await allowed("Building control")).toBe(true);
  });
});
