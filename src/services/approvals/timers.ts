import { addMilliseconds } from "date-fns/addMilliseconds";
import { parseTicks, tickAtOrAfter } from "../schedule/ticks.ts";
import { DAY } from "../schedule/zone.ts";
import type { Approval, Holder } from "./approval.ts";
import { timerZone } from "./approval-config.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import { hasVoice, isBarred } from "./seats.ts";
import type { Decided } from "./settle.ts";

/** When the approval times out; null when it waits for ever. A day is 24 hours. */
export const dueAt = ({ config: { timeoutConfig }, createdAt }: Approval): Date | null =>
  timeoutConfig.enabled ? addMilliseconds(createdAt, timeoutConfig.daysUntilTimeout * DAY) : null;

/** The next instant at which the clock alone changes something; null when nothing is left to come. */
export function nextDue(approval: Approval): Date | null {
  if (approval.status !== "PENDING") return null;
  const due = [dueAt(approval), nextReminder(approval), nextEscalation(approval)].filter((at) => at !== null);
  return due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime())));
}

/**
 * What the clock has done by now: time out, else remind and escalate. Ticks that were missed while nobody ran count as one. An
 * approval times out at its deadline, however late that is noticed: nobody is reminded or escalated to from that instant on.
 *
 * @param standIns who takes a seat that requester or beneficiary would be escalated to: the fallback, then the administrators
 */
export function passTime(approval: Approval, now: Date, standIns: readonly Holder[]): Decided {
  if (approval.status !== "PENDING") return { approval, events: [] };
  const timeout = dueAt(approval);
  if (timeout !== null && timeout <= now) {
    const status = approval.config.timeoutConfig.timeoutResult;
    const events: ApprovalEvent[] = [{ kind: "approval.settled", at: timeout, status, by: null, comment: null }];
    return { approval: events.reduce(evolve, approval), events };
  }
  const events: ApprovalEvent[] = [];
  const reminder = lastTickBy(approval, now, nextReminder);
  if (reminder !== null) events.push({ kind: "approval.reminded", at: now, tick: reminder });
  const escalation = lastTickBy(approval, now, nextEscalation);
  if (escalation !== null) events.push(escalate(approval, escalation, now, standIns));
  return { approval: events.reduce(evolve, approval), events };
}

/** The latest of the ticks that are due; null when none is. */
function lastTickBy(approval: Approval, now: Date, next: typeof nextReminder): Date | null {
  let last: Date | null = null;
  for (let tick = next(approval); tick !== null && tick <= now; tick = next(approval, tick)) last = tick;
  return last;
}

function nextReminder({ config: { reminderConfig: reminders, ...config }, timers, createdAt }: Approval, after = timers.lastReminderTick) {
  if (!reminders.enabled || timers.remindersSent >= reminders.maxReminders) return null;
  return nextTick(reminders.reminderCronSchedule, {
    base: addMilliseconds(createdAt, reminders.daysUntilFirstReminder * DAY),
    after,
    zone: timerZone({ ...config, reminderConfig: reminders }),
  });
}

function nextEscalation({ config, timers, createdAt }: Approval, after = timers.lastEscalationTick): Date | null {
  const { enabled, escalationCronSchedule, daysUntilFirstEscalation } = config.escalationConfig;
  if (!enabled || timers.isChainExhausted) return null;
  return nextTick(escalationCronSchedule, {
    base: addMilliseconds(createdAt, daysUntilFirstEscalation * DAY),
    after,
    zone: timerZone(config),
  });
}

function nextTick(
  schedule: string,
  { base, after, zone }: { readonly base: Date; readonly after: Date | null; readonly zone: ReturnType<typeof timerZone> },
): Date | null {
  const ticks = parseTicks(schedule);
  if (ticks === null) return null;
  return tickAtOrAfter(ticks, { timeZone: zone, base, at: after === null ? base : addMilliseconds(after, 1) });
}

/** The first open seat goes to the next link of the chain that can take it; when none is left, that is said, once. */
function escalate(approval: Approval, tick: Date, now: Date, standIns: readonly Holder[]): ApprovalEvent {
  const seat = approval.seats.find(({ decision }) => decision === null);
  const chain = approval.config.escalationConfig.escalationChain;
  const isTaken = (holder: Holder): boolean => hasVoice(approval, holder);
  for (let step = approval.timers.escalationStep + 1; seat !== undefined && step <= chain.length; step++) {
    const link = chain[step - 1];
    if (link === undefined) break;
    const named: Holder =
      link.identityType === "GOVERNANCE_GROUP" ? { kind: "group", groupId: link.identityId } : { kind: "person", userId: link.identityId };
    const to = isBarred(approval, named) ? standIns.find((each) => !isBarred(approval, each) && !isTaken(each)) : named;
    if (to === undefined || isTaken(to)) continue;
    return {
      kind: "approval.reassigned",
      at: now,
      move: { seatId: seat.id, from: seat.holder, to, by: null, at: now, comment: null, commentId: null, kind: "ESCALATION" },
      insteadOf: to === named ? null : named,
      comment: null,
      escalation: { tick, step },
    };
  }
  return { kind: "approval.escalation_exhausted", at: now, tick };
}
