import type { MicrotenantId, TenantObjects } from "../tenant.ts";

export interface StoredOperand {
  readonly objectType: string;
  readonly lhs: string;
  readonly rhs: string;
}

export interface StoredCondition {
  readonly operator: "AND" | "OR";
  readonly negated: boolean;
  readonly operands: readonly StoredOperand[];
}

export interface StoredRule {
  readonly id: string;
  readonly setId: string;
  readonly microtenantId: MicrotenantId;
  readonly name: string;
  readonly description: string | null;
  readonly action: string;
  readonly customMsg: string | null;
  readonly disabled: boolean;
  readonly isDefault: boolean;
  /** Made by Deception. */
  readonly isRestricted: boolean;
  readonly conditions: readonly StoredCondition[];
  /** Numbers the ids that are printed of conditions and operands: every write takes new ones. */
  readonly conditionsFrom: number;
  /** What else was sent, such as `credential` or `appConnectorGroups`. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly creationTime: number;
  readonly modifiedTime: number;
}

export interface StoredPolicySet {
  readonly id: string;
  readonly names: readonly string[];
  readonly typeCode: string;
  readonly title: string;
  readonly description: string;
  /** What a rule of it may do; the first where none is said. */
  readonly actions: readonly string[];
  /** What the rule does that stands last and stays there; null where the set has none. */
  readonly defaultAction: string | null;
}

/** Ids beyond what a double holds. All microtenants write into the same sets, each its own rules. */
export const policySets: readonly StoredPolicySet[] = [
  {
    id: "216196257331380001",
    names: ["ACCESS_POLICY", "GLOBAL_POLICY"],
    typeCode: "1",
    title: "Global_Policy",
    description: "Global policy set",
    actions: ["ALLOW", "DENY", "REQUIRE_APPROVAL"],
    defaultAction: null, // what no rule allows is blocked
  },
  {
    id: "216196257331380002",
    names: ["TIMEOUT_POLICY", "REAUTH_POLICY"],
    typeCode: "2",
    title: "ReAuth_Policy",
    description: "Timeouts",
    actions: ["RE_AUTH"],
    defaultAction: "RE_AUTH",
  },
  {
    id: "216196257331380003",
    names: ["CLIENT_FORWARDING_POLICY", "BYPASS_POLICY"],
    typeCode: "4",
    title: "Bypass_Policy",
    description: "Client forwarding",
    actions: ["BYPASS", "INTERCEPT", "INTERCEPT_ACCESSIBLE"],
    defaultAction: "INTERCEPT",
  },
  {
    id: "216196257331380004",
    names: ["ISOLATION_POLICY"],
    typeCode: "5",
    title: "Isolation_Policy",
    description: "Isolation",
    actions: ["ISOLATE", "BYPASS_ISOLATE"],
    defaultAction: "BYPASS_ISOLATE",
  },
  {
    id: "216196257331380005",
    names: ["INSPECTION_POLICY"],
    typeCode: "6",
    title: "Inspection_Policy",
    description: "AppProtection",
    actions: ["INSPECT", "BYPASS_INSPECT"],
    defaultAction: null,
  },
  {
    id: "216196257331380006",
    names: ["CAPABILITIES_POLICY"],
    typeCode: "7",
    title: "Capabilities_Policy",
    description: "Capabilities",
    actions: ["CHECK_CAPABILITIES"],
    defaultAction: null,
  },
  {
    id: "216196257331380007",
    names: ["CREDENTIAL_POLICY"],
    typeCode: "8",
    title: "Credential_Policy",
    description: "Credentials",
    actions: ["INJECT_CREDENTIALS"],
    defaultAction: null,
  },
  {
    id: "216196257331380008",
    names: ["REDIRECTION_POLICY"],
    typeCode: "9",
    title: "Redirection_Policy",
    description: "Redirection",
    actions: ["REDIRECT_DEFAULT", "REDIRECT_PREFERRED", "REDIRECT_ALWAYS"],
    defaultAction: null,
  },
  {
    id: "216196257331380009",
    names: ["CLIENTLESS_SESSION_PROTECTION_POLICY", "PROTECTION_POLICY"],
    typeCode: "10",
    title: "Protection_Policy",
    description: "Protection of clientless sessions",
    actions: ["MONITOR", "DO_NOT_MONITOR"],
    defaultAction: null,
  },
  {
    id: "216196257331380010",
    names: ["PRIVILEGED_PORTAL_POLICY"],
    typeCode: "11",
    title: "Privileged_Portal_Policy",
    description: "Portals",
    actions: ["CHECK_PRIVILEGED_PORTAL_CAPABILITIES"],
    defaultAction: null,
  },
  {
    id: "216196257331380011",
    names: ["SIEM_POLICY"],
    typeCode: "3",
    title: "Siem_Policy",
    description: "Log streaming",
    actions: ["LOG"],
    defaultAction: null,
  },
];

/** Every rule of the tenant: those of one set and microtenant in the order in which they are evaluated, the default one last. */
export interface PolicyStore {
  rules: readonly StoredRule[];
  nextRuleId: bigint;
  nextConditionId: number;
  /** A write is under way: another one at the same time is refused. */
  isWriting: boolean;
}

/** What is needed of a tenant to look at its policies. */
export interface TenantWithPolicies {
  readonly objects: TenantObjects;
  readonly policies: PolicyStore;
  /** Those that rules inject, by id. */
  readonly credentials?: ReadonlyMap<string, { readonly name: string; readonly id: string; readonly microtenantId: MicrotenantId }>;
}

export const rulesOf = ({ policies }: Pick<TenantWithPolicies, "policies">, setId: string, microtenantId: MicrotenantId) =>
  policies.rules.filter((rule) => rule.setId === setId && rule.microtenantId === microtenantId);

/** Puts the rules of one set and microtenant in the place of those before. */
export function putRules(
  { policies }: Pick<TenantWithPolicies, "policies">,
  { setId, microtenantId }: Pick<StoredRule, "setId" | "microtenantId">,
  rules: readonly StoredRule[],
): void {
  const others = policies.rules.filter((rule) => rule.setId !== setId || rule.microtenantId !== microtenantId);
  policies.rules = [...others, ...rules];
}

export function nextRuleId(policies: PolicyStore): string {
  const id = String(policies.nextRuleId);
  policies.nextRuleId += 1n;
  return id;
}

/** Ids of conditions and operands are numbers in sequence, new ones with each write. */
export function takeConditionIds(policies: PolicyStore, conditions: readonly StoredCondition[]): number {
  const from = policies.nextConditionId;
  policies.nextConditionId += conditions.reduce((sum, { operands }) => sum + 1 + operands.length, 0);
  return from;
}
