import type { StoredRule, TenantWithPolicies } from "./policy-store.ts";

/** A thing of the tenant that rules may name. */
export interface UsedObject {
  readonly objectType: "CREDENTIAL" | "CONSOLE" | "APP" | "APP_GROUP";
  readonly id: string;
}

/** The rules, of whatever set, that name the object: while there are any, the tenant keeps it. */
export const rulesUsing = (tenant: TenantWithPolicies, used: UsedObject): readonly StoredRule[] =>
  tenant.policies.rules.filter((rule) =>
    used.objectType === "CREDENTIAL"
      ? usesCredential(tenant, rule, used.id)
      : rule.conditions.some(({ operands }) => operands.some(({ objectType, rhs }) => objectType === used.objectType && rhs === used.id)),
  );

/** By its id, or, as seeded, by its name. */
function usesCredential({ credentials }: TenantWithPolicies, { fields, microtenantId }: StoredRule, id: string): boolean {
  const { credential } = fields;
  if (typeof credential !== "object" || credential === null) return false;
  if ("id" in credential) return String(credential.id) === id;
  const known = credentials?.get(id);
  return known !== undefined && "name" in credential && credential.name === known.name && known.microtenantId === microtenantId;
}
