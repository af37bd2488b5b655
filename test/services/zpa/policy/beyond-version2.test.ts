import { describe, expect, it } from "vitest";
import type { PolicyRule } from "../../../../src/services/zpa/policy/policy.ts";
import { tenantClient } from "../support/tenant-client.ts";
import { asking, placesOf } from "./drafts.ts";

type Part = Record<string, unknown>;

/**
 * Contract: an update never changes a condition that it does not name. Version 2 has conditions in another shape, so where something in them
 * has no known place there, it is refused before anything is sent; version 1 sends them back as they were read.
 */
describe("an update that leaves conditions alone", () => {
  const made = async (client: Awaited<ReturnType<typeof tenantClient>>) => {
    const { policy } = client.zpa;
    const [segmentId = ""] = (await placesOf(client)).segmentIds;
    const { id: setId } = await policy.set("ACCESS_POLICY");
    const { id } = await policy.createRule(setId, asking(segmentId), { version: 1 });
    return { setId, rule: await policy.rule(setId, id) };
  };
  const operand: Part = { objectType: "APP", lhs: "id", rhs: "1" };
  const withConditions = (rule: PolicyRule, conditions: unknown): PolicyRule => ({ ...rule, raw: { ...rule.raw, conditions } });

  it.each<[string, string, Part]>([
    ["an unknown field of a condition", "schedule", { operator: "OR", negated: false, operands: [operand], schedule: { from: "18:00" } }],
    ["an unknown field of an operand", "rhsList", { operator: "OR", negated: false, operands: [{ ...operand, rhsList: ["2"] }] }],
    ["a flag that is off", "inverted", { operator: "OR", negated: false, operands: [{ ...operand, inverted: false }] }],
    ["an operand without a key", "lhs", { operator: "OR", negated: false, operands: [{ objectType: "APP", lhs: null, rhs: "1" }] }],
    ["an operand without a value", "rhs", { operator: "OR", negated: false, operands: [{ objectType: "APP", lhs: "id" }] }],
  ])("is refused by version 2 for %s, and nothing is sent", async (_, field, condition) => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { setId, rule } = await made(client);
    const current = withConditions(rule, [condition]);
    await expect(policy.updateRule(setId, current, { name: "Other" }, { version: 2 })).rejects.toMatchObject({
      code: "zpa_conditions_not_kept",
      details: { params: { rule: "Approval needed", field } },
    });
    expect((await client.tenant.control.state()).calls.PUT ?? 0).toBe(0);
    expect((await policy.rule(setId, rule.id)).name).toBe("Approval needed");
  });

  it("is done by version 2 when the conditions are named, or hold nothing more than empty fields", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { setId, rule } = await made(client);
    const strange = withConditions(rule, [{ operator: "OR", negated: false, operands: [{ ...operand, rhsList: ["2"] }] }]);
    await policy.updateRule(setId, strange, { conditions: asking("").conditions.slice(1) }, { version: 2 });
    expect((await policy.rule(setId, rule.id)).conditions).toHaveLength(1);
    const { conditions } = rule.raw;
    if (!Array.isArray(conditions)) throw new Error("no conditions");
    const empty = withConditions(
      rule,
      conditions.map((each) => ({ ...each, note: "", list: [], later: null })),
    );
    await policy.updateRule(setId, empty, { name: "Other" }, { version: 2 });
    expect(await policy.rule(setId, rule.id)).toMatchObject({ name: "Other", conditions: rule.conditions });
  });
});
