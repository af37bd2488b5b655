import type { Holder } from "../approvals/approval.ts";
import type { ApprovalConfig, ApprovalCriteria } from "../approvals/approval-config.ts";
import { type FrozenRules, Rules, type RulesSource } from "./rules.ts";

/** Ids of Slack user groups begin with S, of users with U or W. */
export const isGroupId = (id: string): boolean => id.startsWith("S");

export const holderOf = (id: string): Holder => (isGroupId(id) ? { kind: "group", groupId: id } : { kind: "person", userId: id });

/** Who decides on a request, and by which rules. */
export interface Route {
  readonly approvers: readonly Holder[];
  readonly criteria: ApprovalCriteria;
  readonly config: ApprovalConfig;
  readonly rules: FrozenRules;
}

/** What the settings say where no rules do. */
export interface RouteSettings {
  readonly approvers: readonly string[];
  readonly selfApproval: boolean;
}

/** Nothing is written down: every entry of `APPROVERS` holds one seat, any one yes approves, any one no rejects. */
export const SETTINGS_SOURCE: RulesSource = { scope: "SETTINGS", scopeId: "", revision: 0 };
export const SETTINGS_RULES: Rules = Rules.parse({});

/**
 * The route that rules lay down. Approvers come from the rules, else from a serial chain of their configuration, else from the
 * setting APPROVERS.
 */
export function routeFor(settings: RouteSettings, rules: Rules = SETTINGS_RULES, source: RulesSource = SETTINGS_SOURCE): Route {
  const { approvalConfig: config, criteria, priority, notify, quietHours, passedMakesGrant, longestWindowHours = null } = rules;
  const chain = criteria.type === "SERIAL" ? config.serialChain.map(({ identityId }) => identityId) : [];
  const ids = rules.approvers ?? (chain.length > 0 ? chain : settings.approvers);
  const approversFrom = rules.approvers ? "RULES" : chain.length > 0 ? "SERIAL_CHAIN" : "SETTING";
  return {
    approvers: ids.map(holderOf),
    criteria,
    config: settings.selfApproval ? { ...config, selfApproval: "ALLOWED" } : config,
    rules: { source, priority, notify, quietHours: quietHours ?? null, passedMakesGrant, longestWindowHours, approversFrom },
  };
}
