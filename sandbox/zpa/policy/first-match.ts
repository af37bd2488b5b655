import { rulesOf, type StoredCondition, type StoredOperand, type StoredRule, type TenantWithPolicies } from "./policy-store.ts";

const accessSet = "216196257331380001";

/**
 * The rule of access by which the tenant judges a session of the portal, top down, the first that matches; null when none does, which blocks.
 * The tenant knows nobody's groups, devices or countries: conditions about those match nobody.
 */
export function firstMatch(tenant: TenantWithPolicies, segmentId: string): StoredRule | null {
  const segment = tenant.objects.segments.get(segmentId);
  if (segment === undefined) return null;
  const holds = ({ objectType, rhs }: StoredOperand): boolean => {
    if (objectType === "APP") return rhs === segment.id;
    if (objectType === "APP_GROUP") return rhs === segment.groupId;
    return objectType === "CLIENT_TYPE" && rhs === "zpn_client_type_exporter";
  };
  const matches = ({ operator, negated, operands }: StoredCondition): boolean =>
    (operator === "AND" ? operands.every(holds) : operands.some(holds)) !== negated;
  const rules = rulesOf(tenant, accessSet, segment.microtenantId);
  return rules.find(({ disabled, conditions }) => !disabled && conditions.every(matches)) ?? null;
}
