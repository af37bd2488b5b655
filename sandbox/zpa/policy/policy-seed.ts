import type { MicrotenantId, TenantObjects } from "../tenant.ts";
import {
  nextRuleId,
  type PolicyStore,
  policySets,
  type StoredCondition,
  type StoredOperand,
  type StoredRule,
  takeConditionIds,
} from "./policy-store.ts";

interface RuleSeed {
  readonly name: string;
  readonly description?: string;
  readonly action: string;
  readonly conditions: readonly StoredCondition[];
  readonly disabled?: true;
  readonly isRestricted?: true;
  readonly fields?: Readonly<Record<string, unknown>>;
}

const seededAt = 1_735_689_600;
const firstRuleId = 216_196_257_331_381_001n;
const firstConditionId = 635_818;
const accessSet = "216196257331380001";
const credentialSet = "216196257331380007";

const one = (operands: readonly StoredOperand[]): StoredCondition => ({ operator: "OR", negated: false, operands });
const client = (type: string): StoredCondition => one([{ objectType: "CLIENT_TYPE", lhs: "id", rhs: type }]);
/** Deception's segments are in no list of the API. */
const decoy: StoredOperand = { objectType: "APP", lhs: "id", rhs: "216196257331399999" };
const browser = client("zpn_client_type_exporter");

/**
 * The rules of a new tenant. Privileged approvals work for whatever stands in a segment group but
 *
 * - *Energy* (Substation Süd, Boiler house panel): uncovered, because no rule with REQUIRE_APPROVAL names it: its group's rule negates it
 * - *Building control* (bms-server): shadowed, because an earlier rule lets everybody in without an approval
 * - *Legacy* (db-legacy, mainframe-gateway): shadowed, because an earlier rule blocks it for everybody
 * - *Packaging supplier* (Palletizer): unknown, because the rule that asks for an approval is for one group of people
 *
 * and but the microtenant Nordwind Logistics, which has no rules, as it has no privileged approvals.
 */
export function seedPolicies(objects: TenantObjects): PolicyStore {
  const store: PolicyStore = { rules: [], nextRuleId: firstRuleId, nextConditionId: firstConditionId, isWriting: false };
  const add = (setId: string, microtenantId: MicrotenantId, seed: RuleSeed & { readonly isDefault?: true }): void => {
    const { description = null, disabled = false, isRestricted = false, isDefault = false, fields = {}, ...same } = seed;
    const rule: StoredRule = {
      ...{ ...same, setId, microtenantId, description, disabled, isRestricted, isDefault, fields },
      id: nextRuleId(store),
      customMsg: null,
      conditionsFrom: takeConditionIds(store, seed.conditions),
      creationTime: seededAt,
      modifiedTime: seededAt,
    };
    store.rules = [...store.rules, rule];
  };
  for (const microtenant of objects.microtenants.values()) {
    const microtenantId = microtenant.id === "0" ? null : microtenant.id;
    for (const seed of accessRules(objects, microtenantId)) add(accessSet, microtenantId, seed);
    for (const seed of credentialRules(objects, microtenantId)) add(credentialSet, microtenantId, seed);
    for (const { id, defaultAction } of policySets) {
      if (defaultAction !== null) add(id, microtenantId, { name: "Default_Rule", action: defaultAction, conditions: [], isDefault: true });
    }
  }
  return store;
}

function accessRules(objects: TenantObjects, microtenantId: MicrotenantId): readonly RuleSeed[] {
  const mine = [...objects.segments.values()].filter((segment) => segment.microtenantId === microtenantId);
  const apps = (...names: readonly string[]): readonly StoredOperand[] =>
    mine.filter(({ name }) => names.includes(name)).map(({ id }) => ({ objectType: "APP", lhs: "id", rhs: id }));
  const groupsOf = (isWanted: (name: string) => boolean): readonly StoredOperand[] => {
    const ids = new Set(mine.map(({ groupId }) => groupId).filter((id) => isWanted(objects.segmentGroups.get(id)?.name ?? "")));
    return [...ids].map((id) => ({ objectType: "APP_GROUP", lhs: "id", rhs: id }));
  };
  if (objects.microtenants.get(microtenantId ?? "0")?.privilegedApprovalsEnabled === false) return [];
  const rule = (name: string, action: string, ...conditions: readonly StoredCondition[]): RuleSeed => ({ name, action, conditions });
  const seeds: readonly RuleSeed[] = [
    { ...rule("Decoys", "DENY", one([decoy])), isRestricted: true, description: "Made by Deception" },
    rule("Facility management", "ALLOW", one(apps("Building control"))),
    rule("Retired & kept for audits", "DENY", one(apps("Legacy"))),
    { ...rule("Energy, until the audit", "REQUIRE_APPROVAL", one(apps("Energy"))), disabled: true },
    // Only sessions from Client Connector: those of the portal are not among them.
    rule("Operators on site", "ALLOW", one(apps("SCADA", "Bottling HMI")), client("zpn_client_type_zapp")),
    rule(
      "Packaging supplier with approval",
      "REQUIRE_APPROVAL",
      one(apps("Packaging supplier")),
      one([{ objectType: "SCIM_GROUP", lhs: "216196257331370001", rhs: "3251059" }]),
    ),
    rule(
      "Suppliers with approval",
      "REQUIRE_APPROVAL",
      one(groupsOf((name) => name === "Suppliers")),
      { ...one(apps("Packaging supplier")), negated: true },
      browser,
    ),
    rule(
      "Plant with approval",
      "REQUIRE_APPROVAL",
      one(groupsOf((name) => name === "Plant")),
      { ...one(apps("Energy")), negated: true },
      browser,
    ),
    rule("Everything else with approval", "REQUIRE_APPROVAL", one(groupsOf((name) => name !== "Plant" && name !== "Suppliers")), browser),
  ];
  // A smaller tenant lacks segments, and a condition about none of them would be about nothing.
  return seeds.flatMap((seed) =>
    seed.conditions[0]?.operands.length === 0
      ? []
      : [{ ...seed, conditions: seed.conditions.filter(({ operands }) => operands.length > 0) }],
  );
}

/** Which credential is typed in on which console, both by name: the credentials of the tenant have ids of their own. */
function credentialRules(objects: TenantObjects, microtenantId: MicrotenantId): readonly RuleSeed[] {
  const consolesNamed = (...names: readonly string[]): readonly StoredOperand[] =>
    [...objects.consoles.values()]
      .filter((each) => each.microtenantId === microtenantId && names.includes(each.name))
      .map(({ id }) => ({ objectType: "CONSOLE", lhs: "id", rhs: id }));
  const injected = (name: string, credential: string, ...consoles: readonly string[]): RuleSeed => ({
    name,
    action: "INJECT_CREDENTIALS",
    conditions: [one(consolesNamed(...consoles))],
    fields: { credential: { name: credential } },
  });
  return [
    injected("Databases", "db-prod maintenance", "db-prod", "db-prod-replica"),
    injected("Panels", "HMI panels", "HMI Line 1", "HMI Line 2", "HMI Line 3 & 4"),
    injected("Domain controllers", "Domain admin break-glass", "dc-fra-1", "dc-iad-1"),
    injected("Crane", "RTM crane panel", "RTM crane panel"),
  ].filter(({ conditions }) => conditions[0]?.operands.length !== 0);
}
