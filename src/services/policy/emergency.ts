import { PortcullisError } from "../../errors.ts";
import { ApprovalConfig } from "../approvals/approval-config.ts";
import { isGroupId, type Route } from "./route.ts";
import type { Rules } from "./rules.ts";
import { containsTicket } from "./ticket-pattern.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Access that comes without a second approver: from whoever is on call, or by breaking the glass. */
export type EmergencyKind = "ON_CALL" | "BREAK_GLASS";

/** What somebody gives, or breaks the glass for, and under whose rules it would else have been decided. */
export interface AskedInEmergency {
  readonly kind: EmergencyKind;
  readonly seconds: number;
  readonly reason: string;
  /** What the setting allows at most. */
  readonly mostSeconds: number;
  readonly rules: Pick<Rules, "longestWindowHours" | "ticketPattern">;
}

/**
 * Holds it to the setting's cap, to the longest window of the consoles' rules, and, from whoever is on call, to their ticket. Breaking
 * the glass waits for no ticket number: there may be none yet, and the review asks for the whole story. Who may ask and who may decide
 * by these rules is no question here.
 *
 * @throws PortcullisError `duration_over_limit` (params.limit in minutes) | `window_over_rules` (params.limit in hours) | `ticket_missing`
 */
export function checkEmergency({ kind, seconds, reason, mostSeconds, rules }: AskedInEmergency): void {
  if (seconds > mostSeconds)
    throw new PortcullisError("duration_over_limit", { field: "duration", params: { limit: Math.floor(mostSeconds / MINUTE) } });
  const { longestWindowHours, ticketPattern } = rules;
  if (longestWindowHours !== undefined && seconds > longestWindowHours * HOUR)
    throw new PortcullisError("window_over_rules", { field: "duration", params: { limit: longestWindowHours } });
  if (kind === "ON_CALL" && ticketPattern !== undefined && !containsTicket(ticketPattern, reason))
    throw new PortcullisError("ticket_missing", { field: "reason", params: { pattern: ticketPattern } });
}

/** How long it lasts where nothing is said: the cap, or the shortest longest window of the rules. Whole seconds. */
export const longestInEmergency = (mostSeconds: number, rules: readonly Pick<Rules, "longestWindowHours">[]): number =>
  Math.floor(Math.min(mostSeconds, ...rules.flatMap(({ longestWindowHours: hours }) => (hours === undefined ? [] : [hours * HOUR]))));

/**
 * The route of access that nobody else decides on, made of the one that the rules lay down.
 *
 * On call: one seat, the giver's, which approves itself (SailPoint's `autoApprove: DIRECT`), so that the ledger says who agreed. Break
 * glass: no seat at all and no yes of anybody; the approval is circumvented and stands as PASSED, which is what happened.
 *
 * @param skipped who would have decided, and is told
 */
export function emergencyRoute(kind: EmergencyKind, ruled: Route, giverUserId: string, skipped: readonly string[]): Route {
  const rules = { ...ruled.rules, skipped: [...skipped] };
  const one = { calculationType: "COUNT", value: 1 } as const;
  const criteria = { type: "PARALLEL", approval: one, rejection: one } as const;
  return kind === "ON_CALL"
    ? {
        approvers: [{ kind: "person", userId: giverUserId }],
        criteria,
        config: ApprovalConfig.parse({ autoApprove: "DIRECT" }),
        rules: { ...rules, approversFrom: "ON_CALL", passedMakesGrant: false },
      }
    : {
        approvers: [],
        criteria,
        config: ApprovalConfig.parse({ circumventApprovalProcess: true }),
        rules: { ...rules, passedMakesGrant: true },
      };
}

/** Who would have decided by the rules; of a broken glass the administrators are told as well. By Slack's ids, none twice. */
export function skippedBy(kind: EmergencyKind, { approvers }: Pick<Route, "approvers">, admins: readonly string[]): readonly string[] {
  const named = approvers.map((holder) => (holder.kind === "person" ? holder.userId : holder.groupId));
  return [...new Set(kind === "BREAK_GLASS" ? [...named, ...admins] : named)];
}

/**
 * Whether somebody is on call.
 * @param inGroups of the groups that ON_CALL names, those in which they are now
 */
export const isOnCall = (onCall: readonly string[], userId: string, inGroups: readonly string[]): boolean =>
  onCall.some((id) => (isGroupId(id) ? inGroups.includes(id) : id === userId));
