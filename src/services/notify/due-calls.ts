import { notEnded } from "../access/grant.ts";
import type { RequestOverview } from "../access/overview.ts";
import type { Approval, Holder, Seat } from "../approvals/approval.ts";
import { seatsInTurn } from "../approvals/seats.ts";
import { heardAt } from "../approvals/timers.ts";
import { calledAdmins } from "./audiences.ts";
import type { CallKind } from "./notify-port.ts";

/** Something to be said to those who may decide, and the name under which it is remembered as said. */
export interface DueCall {
  readonly kind: CallKind;
  readonly key: string;
  readonly to: readonly Holder[];
  /** Whoever got their card after this instant has heard enough by the card itself; null calls everybody. */
  readonly since: Date | null;
}

/**
 * What those who can decide now are to hear, by the state alone: of several reminders only the latest, so that ticks missed while
 * nobody ran, or Slack was away, are one message. Nothing once the approval is settled.
 *
 * @param admins who is called when nobody is left to escalate to
 */
export function dueCalls(
  { request, approval, grants }: Pick<RequestOverview, "request" | "approval" | "grants">,
  now: Date,
  admins: readonly Holder[],
): readonly DueCall[] {
  const stuck = notEnded(grants);
  // One who is asked to see to it needs to know, whatever they have decided before.
  if (stuck !== null) return [{ kind: "not_ended", key: key("not_ended", request.id, stuck.reference), to: admins, since: null }];
  if (approval.status !== "PENDING") return [];
  const { remindersSent, lastReminderTick, nudges, lastNudge } = approval.timers;
  const inTurn = seatsInTurn(approval);
  const to = inTurn.map(({ holder }) => holder);
  const called = calledAdmins(approval, admins);
  const nudgeHeardAt = lastNudge === null ? null : heardAt(approval, lastNudge.at);
  return [
    ...inTurn.flatMap((seat): DueCall[] => {
      const since = turnSince(approval, seat);
      return since === null ? [] : [{ kind: "turn", key: key("turn", request.id, seat.id, since.getTime()), to: [seat.holder], since }];
    }),
    ...(called.length === 0 ? [] : [{ kind: "exhausted" as const, key: key("exhausted", request.id), to: called, since: null }]),
    ...(lastReminderTick === null
      ? []
      : [{ kind: "reminder" as const, key: key("reminder", request.id, remindersSent), to, since: heardAt(approval, lastReminderTick) }]),
    ...(nudgeHeardAt === null || nudgeHeardAt > now
      ? []
      : [{ kind: "nudge" as const, key: key("nudge", request.id, nudges), to, since: nudgeHeardAt }]),
  ];
}

const key = (kind: CallKind, ...marks: readonly (string | number)[]): string => [kind, ...marks].join(":");

/** Since when it is this holder's turn, where it was not from the opening on. */
function turnSince({ reassignmentHistory, criteria, seats }: Approval, seat: Seat): Date | null {
  const moves = reassignmentHistory.flatMap(({ seatId, at }) => (seatId === seat.id ? [at.getTime()] : []));
  const decisions = criteria.type === "SERIAL" ? seats.flatMap(({ decision }) => (decision === null ? [] : [decision.at.getTime()])) : [];
  const instants = [...moves, ...decisions];
  return instants.length === 0 ? null : new Date(Math.max(...instants));
}
