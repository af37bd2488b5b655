import type { PolicyCondition, PolicyOperand, PolicyRule } from "../../../src/services/zpa/policy/policy.ts";

let last = 0;

/** An access rule with an id of its own; joined by AND, without conditions unless they are given. */
export function rule(action: string | null, changes: Partial<PolicyRule> = {}): PolicyRule {
  last += 1;
  return {
    id: `rule-${last}`,
    name: `Rule ${last}`,
    description: null,
    action,
    customMessage: null,
    order: last,
    enabled: true,
    isDefault: false,
    isRestricted: false,
    operator: "AND",
    conditions: [],
    microtenantId: null,
    raw: {},
    ...changes,
  };
}

export const any = (...operands: readonly PolicyOperand[]): PolicyCondition => ({ operator: "OR", negated: false, operands });
export const not = (condition: PolicyCondition): PolicyCondition => ({ ...condition, negated: !condition.negated });
const by =
  (objectType: string, lhs = "id") =>
  (rhs: string): PolicyOperand => ({ objectType, lhs, rhs, name: null });
export const app = by("APP");
export const group = by("APP_GROUP");
export const client = (type: string): PolicyOperand => by("CLIENT_TYPE")(`zpn_client_type_${type}`);
export const scimGroup = by("SCIM_GROUP", "idp-1");
