import type { MicrotenantOption } from "../zpa-client.ts";

/** Some sets go by two names. */
export const POLICY_TYPES = [
  "ACCESS_POLICY",
  "GLOBAL_POLICY",
  "TIMEOUT_POLICY",
  "REAUTH_POLICY",
  "SIEM_POLICY",
  "BYPASS_POLICY",
  "CLIENT_FORWARDING_POLICY",
  "INSPECTION_POLICY",
  "ISOLATION_POLICY",
  "REDIRECTION_POLICY",
  "CAPABILITIES_POLICY",
  "CREDENTIAL_POLICY",
  "CLIENTLESS_SESSION_PROTECTION_POLICY",
  "PROTECTION_POLICY",
  "PRIVILEGED_PORTAL_POLICY",
] as const;
export type PolicyType = (typeof POLICY_TYPES)[number];

/** The action without which a privileged approval does nothing ("Allow with Privileged Approval" in ZPA's portal). */
export const REQUIRE_APPROVAL = "REQUIRE_APPROVAL";

/** What clientless sessions are to ZPA ("Configuring Access Policies Using API": the exporter is "for Clientless"); PRA is one. */
export const CLIENTLESS = "zpn_client_type_exporter";

export interface PolicySet {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly enabled: boolean;
  /** ZPA's number for the type, such as "1" for access. */
  readonly typeCode: string | null;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** One value that is compared, such as APP `id` 2161…; POSTURE and SCIM_GROUP have the id of the profile or provider as `lhs`. */
export interface PolicyOperand {
  readonly objectType: string;
  /** Null where ZPA says none. */
  readonly lhs: string | null;
  readonly rhs: string | null;
  readonly name: string | null;
}

export interface PolicyCondition {
  /** How its operands are joined: AND, OR, or what a later version of ZPA says. OR where it says nothing. */
  readonly operator: string;
  readonly negated: boolean;
  readonly operands: readonly PolicyOperand[];
}

export interface PolicyRule {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** ALLOW, DENY, REQUIRE_APPROVAL, INJECT_CREDENTIALS, …; null where ZPA says none. */
  readonly action: string | null;
  readonly customMessage: string | null;
  /** Place in its set, from 1; null where ZPA says none. */
  readonly order: number | null;
  readonly enabled: boolean;
  /** The rule that ZPA puts last in some sets, and keeps there. */
  readonly isDefault: boolean;
  /** Made by another product (Deception): it can be neither changed, moved nor deleted. */
  readonly isRestricted: boolean;
  /** How its conditions are joined. AND where ZPA says nothing. */
  readonly operator: string;
  /** None: it applies to everything. */
  readonly conditions: readonly PolicyCondition[];
  readonly microtenantId: string | null;
  /** The rule as ZPA sent it: an update sends it back whole. */
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface OperandDraft {
  readonly objectType: string;
  readonly lhs: string;
  readonly rhs: string;
}

export interface ConditionDraft {
  readonly operator: "AND" | "OR";
  readonly negated: boolean;
  readonly operands: readonly OperandDraft[];
}

export interface PolicyRuleDraft {
  readonly name: string;
  readonly description: string | null;
  readonly action: string;
  readonly customMessage: string | null;
  /** Joined by AND. */
  readonly conditions: readonly ConditionDraft[];
  /** What else the type of policy wants, as ZPA calls it: `credential`, `privilegedCapabilities`, `appConnectorGroups`, … */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What is not named stays as it was read. */
export type PolicyRuleChange = Partial<PolicyRuleDraft>;

/** Version 1 writes one operand for each value; version 2 one for each kind of value. Reads are always of the first shape. */
export type PolicyVersion = 1 | 2;

export interface PolicyWriteOptions extends MicrotenantOption {
  readonly version: PolicyVersion;
}

export interface RuleListOptions extends MicrotenantOption {
  /** ZPA's filter expression. Of actions it documents `action EQ ALLOW` and `action EQ DENY`. */
  readonly search?: string;
}

/**
 * Policy sets and their rules ("Configuring Access Policies Using API"). Writes take turns, because ZPA refuses two at once; what it refuses
 * all the same for its own contention is tried again.
 *
 * Every method throws PortcullisError with a `zpa_*` code. A create whose answer was lost throws `zpa_timeout`: look before writing again.
 */
export interface PolicyApi {
  set(type: PolicyType, options?: MicrotenantOption): Promise<PolicySet>;
  /** Every page, in the order in which ZPA evaluates them. */
  rules(type: PolicyType, options?: RuleListOptions): Promise<readonly PolicyRule[]>;
  rule(setId: string, ruleId: string, options?: MicrotenantOption): Promise<PolicyRule>;
  /** The new rule stands last, before the default rule. The answer lacks its conditions: read back. */
  createRule(setId: string, draft: PolicyRuleDraft, options: PolicyWriteOptions): Promise<{ readonly id: string }>;
  /** PUT of the whole rule as it was read, the change over it. ZPA makes the ids of conditions and operands anew. */
  updateRule(setId: string, current: PolicyRule, change: PolicyRuleChange, options: Pick<PolicyWriteOptions, "version">): Promise<void>;
  /** Deleting what is already gone succeeds. */
  deleteRule(setId: string, ruleId: string, options?: MicrotenantOption): Promise<void>;
  /** @param order from 1 */
  reorder(setId: string, ruleId: string, order: number, options?: MicrotenantOption): Promise<void>;
  /** @param ruleIds all of the set, the default rule last */
  reorderAll(setId: string, ruleIds: readonly string[], options?: MicrotenantOption): Promise<void>;
  /** What ZPA calls a client type → what people call it. */
  clientTypes(options?: MicrotenantOption): Promise<Readonly<Record<string, string>>>;
  /** The same of operating systems. */
  platforms(options?: MicrotenantOption): Promise<Readonly<Record<string, string>>>;
  /**
   * One turn around several calls, such as a look and the write that goes by it: no other policy write of Portcullis comes between them.
   * The calls of what `work` is given take no turns of their own; through the outer object they would wait for this one for ever.
   */
  inOneTurn<T>(work: (policy: PolicyApi) => Promise<T>): Promise<T>;
}
