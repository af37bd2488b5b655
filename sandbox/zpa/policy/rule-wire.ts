import type { MicrotenantId } from "../tenant.ts";
import {
  policySets,
  rulesOf,
  type StoredCondition,
  type StoredOperand,
  type StoredPolicySet,
  type StoredRule,
  type TenantWithPolicies,
} from "./policy-store.ts";

type Wire = Record<string, unknown>;

const modifiedBy = "216196257331400001";
const createdAt = "1735689600";

/** ZPA escapes what is not a letter, a digit, a blank, `-` or `_`. */
const escaped = (text: string): string =>
  text.replace(/[^\p{L}\p{N} _-]/gu, (character) => `&#x${(character.codePointAt(0) ?? 0).toString(16)};`);

export const setOf = ({ id, title, description, typeCode }: StoredPolicySet): Wire => ({
  id,
  modifiedTime: createdAt,
  creationTime: createdAt,
  modifiedBy,
  name: title,
  enabled: true,
  description: escaped(description),
  policyType: typeCode,
  sorted: true,
});

/** Answer to a create: no conditions, and a priority of 1 whatever its place. */
export function createdRule(tenant: TenantWithPolicies, rule: StoredRule): Wire {
  const { modifiedTime: _, ...fields } = fieldsOf(tenant, rule);
  return { ...fields, priority: "1", policySetId: rule.setId, auditMessage: audited(rule) };
}

/** An item of a list. */
export const ruleOf = (tenant: TenantWithPolicies, rule: StoredRule): Wire => ({
  ...fieldsOf(tenant, rule),
  ...(rule.conditions.length === 0 ? {} : { conditions: conditionsOf(tenant, rule) }),
  restrictedEntity: rule.isRestricted,
  ...(rule.isRestricted ? { readOnly: true } : {}),
});

/** The rule by itself. */
export const wholeRuleOf = (tenant: TenantWithPolicies, rule: StoredRule): Wire => ({
  ...ruleOf(tenant, rule),
  policySetId: rule.setId,
  auditMessage: audited(rule),
});

function fieldsOf(tenant: TenantWithPolicies, rule: StoredRule): Wire {
  const { id, name, description, action, customMsg, disabled, isDefault, microtenantId, setId, creationTime, modifiedTime } = rule;
  const all = rulesOf(tenant, setId, microtenantId);
  const order = all.findIndex((each) => each.id === id) + 1;
  return {
    ...rule.fields,
    ...credentialIn(tenant, rule),
    id,
    modifiedTime: String(modifiedTime),
    creationTime: String(creationTime),
    modifiedBy,
    name: escaped(name),
    ...(description === null ? {} : { description: escaped(description) }),
    ruleOrder: String(order),
    priority: String(all.length - order + 1),
    policyType: policySets.find((set) => set.id === setId)?.typeCode,
    operator: "AND",
    action,
    ...(customMsg === null ? {} : { customMsg: escaped(customMsg) }),
    disabled: disabled ? "1" : "0",
    defaultRule: isDefault,
    ...inMicrotenant(microtenantId),
  };
}

/** Printed as a bare number, beyond what a double holds. */
const inMicrotenant = (microtenantId: MicrotenantId): Wire => (microtenantId === null ? {} : { microtenantId: BigInt(microtenantId) });

/** Seeded rules name their credential, whose id the tenant's own credentials say. */
function credentialIn({ credentials }: TenantWithPolicies, { fields, microtenantId }: StoredRule): Wire {
  const { credential } = fields;
  if (typeof credential !== "object" || credential === null || !("name" in credential) || "id" in credential) return {};
  const known = [...(credentials?.values() ?? [])].find((each) => each.name === credential.name && each.microtenantId === microtenantId);
  return { credential: { id: known?.id ?? "0", name: credential.name } };
}

function conditionsOf(tenant: TenantWithPolicies, { conditions, conditionsFrom, creationTime, modifiedTime }: StoredRule): readonly Wire[] {
  let next = conditionsFrom;
  const head = () => {
    const id = String(next);
    next += 1;
    return { id, modifiedTime: String(modifiedTime), creationTime: String(creationTime), modifiedBy };
  };
  return conditions.map(({ operator, negated, operands }: StoredCondition) => ({
    ...head(),
    operator,
    negated,
    operands: operands.map((operand) => ({ ...head(), ...operand, ...nameOf(tenant, operand) })),
  }));
}

function nameOf({ objects }: TenantWithPolicies, { objectType, rhs }: StoredOperand): Wire {
  const places: Readonly<Record<string, ReadonlyMap<string, { readonly name: string }>>> = {
    APP: objects.segments,
    APP_GROUP: objects.segmentGroups,
    CONSOLE: objects.consoles,
  };
  const known = places[objectType]?.get(rhs);
  return known === undefined ? {} : { name: escaped(known.name) };
}

/** JSON in a text, as recorded. */
const audited = ({ name, description, action }: StoredRule): string => JSON.stringify({ name, description, action });
