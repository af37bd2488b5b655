import type { ErrorCode, ErrorDetails } from "../../errors.ts";
import type { Rules } from "./rules.ts";
import { containsTicket } from "./ticket-pattern.ts";

/** What of a request the rules have a say in. */
export interface AskedUnderRules {
  readonly requesterUserId: string;
  readonly beneficiaryUserId: string;
  /** Of the groups that the rules name, those of which the requester is a member now. */
  readonly requesterGroupIds: readonly string[];
  readonly reason: string;
  /** From the first instant asked for to the last, working hours or not. */
  readonly windowMilliseconds: number;
}

type AskingRules = Pick<Rules, "ask" | "longestWindowHours" | "ticketPattern">;

/** What the rules have against a request, and at which field. */
export interface RulesRefusal extends Pick<Required<ErrorDetails>, "field">, Pick<ErrorDetails, "params"> {
  readonly code: Extract<ErrorCode, "ask_not_allowed" | "ask_for_others_not_allowed" | "window_over_rules" | "ticket_missing">;
  /** Whom the rules would let ask, by Slack's ids. */
  readonly insteadIds?: readonly string[];
}

const HOUR = 60 * 60 * 1000;

/** The user groups that these rules name: in which of them the requester is has to be asked of Slack. */
export const namedGroups = ({ ask }: Pick<Rules, "ask">): readonly string[] =>
  [...(ask.who ?? []), ...(ask.forOthers ?? [])].filter((id) => id.startsWith("S"));

/**
 * The first thing that the rules have against a request: who asks, for whom, for how long, without which ticket. Null when nothing.
 * An absent list is everyone, an empty one nobody. Whoever asks for somebody else must also be one who may ask. Approvers and
 * administrators are held to it like everyone else.
 */
export function refusalByRules({ ask, longestWindowHours, ticketPattern }: AskingRules, asked: AskedUnderRules): RulesRefusal | null {
  const isOneOf = (ids: readonly string[]): boolean =>
    ids.includes(asked.requesterUserId) || ids.some((id) => asked.requesterGroupIds.includes(id));
  if (ask.who !== undefined && !isOneOf(ask.who)) return { code: "ask_not_allowed", field: "consoles", insteadIds: ask.who };
  const forSomebodyElse = asked.beneficiaryUserId !== asked.requesterUserId;
  if (forSomebodyElse && ask.forOthers !== undefined && !isOneOf(ask.forOthers))
    return { code: "ask_for_others_not_allowed", field: "beneficiary", insteadIds: ask.forOthers };
  return refusalOfTerms({ longestWindowHours, ticketPattern }, asked);
}

/** The same, of the terms alone: whoever asks, for whom. */
export function refusalOfTerms(
  { longestWindowHours, ticketPattern }: Pick<Rules, "longestWindowHours" | "ticketPattern">,
  asked: Pick<AskedUnderRules, "windowMilliseconds" | "reason">,
): RulesRefusal | null {
  if (longestWindowHours !== undefined && asked.windowMilliseconds > longestWindowHours * HOUR)
    return { code: "window_over_rules", field: "end", params: { limit: longestWindowHours } };
  if (ticketPattern !== undefined && !containsTicket(ticketPattern, asked.reason))
    return { code: "ticket_missing", field: "reason", params: { pattern: ticketPattern } };
  return null;
}
