import { describe, expect, it } from "vitest";
import { looseningOfChange } from "../../../src/services/policy/loosening-of-change.ts";
import { groupByRules } from "../../../src/services/policy/resolve-rules.ts";
import { Rules } from "../../../src/services/policy/rules.ts";

/**
 * Contract: no change by which a request passes that did not pass before goes without a second administrator, also where it did not
 * pass because nobody could tell under which rules it falls.
 */
const rules = (approvals: number, more: object = {}) => {
  const approval = { calculationType: "COUNT", value: approvals };
  const criteria = { type: "PARALLEL", approval, rejection: { calculationType: "COUNT", value: 1 } };
  return Rules.parse({ criteria, approvers: ["U111", "U222"], ...more });
};
const tenant = { scope: "TENANT", scopeId: "", rules: rules(2) } as const;
const lines = { scope: "SEGMENT_GROUP", scopeId: "5", rules: rules(1) } as const;
const docks = { scope: "SEGMENT_GROUP", scopeId: "6", rules: rules(1) } as const;
const known = { settings: { approvers: [], selfApproval: false }, reach: { microtenantsOf: () => null, segmentGroupsOf: () => null } };
const ofUnknownGroup = { name: "hmi", segmentId: "1", segmentGroupId: null, microtenantId: null };
const passes = (written: readonly (typeof tenant | typeof lines | typeof docks)[]) => {
  const stored = written.map((each) => ({ ...each, revision: 1, body: each.rules }));
  return () => groupByRules([ofUnknownGroup], () => [ofUnknownGroup], stored);
};

describe("taking the rules of a segment group away", () => {
  it("loosens when they are the last: what was refused for want of its group passes then", () => {
    expect(passes([tenant, lines])).toThrow(expect.objectContaining({ code: "segment_group_unknown" }));
    expect(passes([tenant])).not.toThrow();
    expect(looseningOfChange({ ...lines, rules: null }, [tenant, lines], known)).toEqual(["circumvention_ended"]);
  });

  it("loosens nothing while another group has rules", () => {
    expect(looseningOfChange({ ...lines, rules: null }, [tenant, lines, docks], known)).toEqual([]);
    expect(looseningOfChange({ ...lines, rules: rules(2) }, [tenant, lines], known)).toEqual([]);
  });

  it("loosens nothing where nothing is granted then either", () => {
    const circumvented = { ...tenant, rules: rules(2, { approvalConfig: { circumventApprovalProcess: true } }) };
    const silent = { ...lines, rules: circumvented.rules };
    expect(looseningOfChange({ ...silent, rules: null }, [circumvented, silent], known)).toEqual([]);
  });
});
