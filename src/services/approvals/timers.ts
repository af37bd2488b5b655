import { addMilliseconds } from "date-fns/addMilliseconds";
import { quietUntil } from "../schedule/quiet-hours.ts";
import { parseTicks, tickAtOrAfter } from "../schedule/ticks.ts";
import { DAY } from "../schedule/zone.ts";
import type { Approval, Holder } from "./approval.ts";
import { type ApprovalConfig, timerZone } from "./approval-config.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import { NOBODY_ASKED, type Presence } from "./presence.ts";
import { hasVoice, holderOfLink, isBarred, sameHolder } from "./seats.ts";
import type { Decided } from "./settle.ts";

/** When the approval times out; null when it waits for ever. A day is 24 hours. */
export const dueAt = ({ config: { timeoutConfig }, createdAt }: Approval): Date | null =>
  timeoutConfig.enabled ? addMilliseconds(createdAt, timeoutConfig.daysUntilTimeout * DAY) : null;

/** Whether the deadline gave the approval, or let it expire. */
export const isTimedOut = ({ status, settledBy, config: { timeoutConfig } }: Approval): boolean =>
  settledBy === null && timeoutConfig.enabled && timeoutConfig.timeoutResult === status;

/** When what falls on an instant is said to approvers: then, or when the quiet hours around it are over. */
export const heardAt = ({ config, rules }: Pick<Approval, "config" | "rules">, instant: Date): Date =>
  quietUntil(rules.quietHours, timerZone(config), instant) ?? instant;

/**
 * The next instant at which the clock alone changes something; null when nothing is left to come.
 *
 * @param now a reminder that is overdue within quiet hours is due when they end; left out, no reminder is taken for overdue
 */
export function nextDue(approval: Approval, now?: Date): Date | null {
  if (approval.status !== "PENDING") return null;
  const tick = nextReminder(approval);
  const reminder = tick === null ? null : heardAt(approval, tick);
  const reminderDue = reminder !== null && now !== undefined && reminder <= now ? heardAt(approval, now) : reminder;
  const due = [dueAt(approval), reminderDue, nextEscalation(approval)].filter((at) => at !== null);
  return due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime())));
}

/**
 * What the clock has done by now: time out, else remind and escalate. Ticks that were missed while nobody ran count as one, and so do
 * reminders of one night that quiet hours keep back; escalations and time-outs wait for no quiet hours. An approval times out at its
 * deadline, however late that is noticed: nobody is reminded or escalated to from that instant on.
 *
 * @param standIns who takes a seat that requester or beneficiary would be escalated to: the fallback, then the administrators
 * @param presence who has left, or could not decide, is skipped; whoever nobody could ask about is not
 */
export function passTime(approval: Approval, now: Date, standIns: readonly Holder[], presence: Presence = NOBODY_ASKED): Decided {
  if (approval.status !== "PENDING") return { approval, events: [] };
  const timeout = dueAt(approval);
  if (timeout !== null && timeout <= now) {
    const status = approval.config.timeoutConfig.timeoutResult;
    const events: ApprovalEvent[] = [{ kind: "approval.settled", at: timeout, status, by: null, comment: null }];
    return { approval: events.reduce(evolve, approval), events };
  }
  const events: ApprovalEvent[] = [];
  const isQuiet = heardAt(approval, now) > now;
  const reminder = isQuiet ? null : lastTickBy(approval, now, nextReminder);
  if (reminder !== null) events.push({ kind: "approval.reminded", at: now, tick: reminder });
  const escalation = lastTickBy(approval, now, nextEscalation);
  if (escalation !== null) events.push(escalate(approval, escalation, { now, standIns, presence }));
  return { approval: events.reduce(evolve, approval), events };
}

/** The latest of the ticks that are due; null when none is. */
function lastTickBy(approval: Approval, now: Date, next: typeof nextReminder): Date | null {
  let last: Date | null = null;
  for (let tick = next(approval); tick !== null && tick <= now; tick = next(approval, tick)) last = tick;
  return last;
}

function nextReminder({ config, timers, createdAt }: Approval, after = timers.lastReminderTick) {
  const { enabled, maxReminders, reminderCronSchedule, daysUntilFirstReminder } = config.reminderConfig;
  if (!enabled || timers.remindersSent >= maxReminders) return null;
  return nextTick(reminderCronSchedule, config, { base: addMilliseconds(createdAt, daysUntilFirstReminder * DAY), after });
}

function nextEscalation({ config, timers, createdAt }: Approval, after = timers.lastEscalationTick): Date | null {
  const { enabled, escalationCronSchedule, daysUntilFirstEscalation } = config.escalationConfig;
  if (!enabled || timers.isChainExhausted) return null;
  return nextTick(escalationCronSchedule, config, { base: addMilliseconds(createdAt, daysUntilFirstEscalation * DAY), after });
}

function nextTick(
  schedule: string,
  config: ApprovalConfig,
  { base, after }: { readonly base: Date; readonly after: Date | null },
): Date | null {
  const ticks = parseTicks(schedule);
  if (ticks === null) return null;
  return tickAtOrAfter(ticks, { timeZone: timerZone(config), base, at: after === null ? base : addMilliseconds(after, 1) });
}

/** The first open seat goes to the next link of the chain that can take it; when none is left, that is said, once. */
function escalate(
  approval: Approval,
  tick: Date,
  { now, standIns, presence }: { readonly now: Date; readonly standIns: readonly Holder[]; readonly presence: Presence },
): ApprovalEvent {
  const seat = approval.seats.find(({ decision }) => decision === null);
  const chain = approval.config.escalationConfig.escalationChain;
  const isFree = (holder: Holder): boolean => !hasVoice(approval, holder) && !["gone", "unfit"].includes(presence.of(holder));
  for (let step = approval.timers.escalationStep + 1; seat !== undefined && step <= chain.length; step++) {
    const link = chain[step - 1];
    if (link === undefined) break;
    const named = holderOfLink(link);
    const to = isBarred(approval, named) ? standIns.find((each) => !isBarred(approval, each) && isFree(each)) : named;
    if (to === undefined || !isFree(to)) continue;
    return {
      kind: "approval.reassigned",
      at: now,
      move: { seatId: seat.id, from: seat.holder, to, by: null, at: now, comment: null, commentId: null, kind: "ESCALATION" },
      insteadOf: sameHolder(to, named) ? null : named,
      comment: null,
      escalation: { tick, step },
    };
  }
  return { kind: "approval.escalation_exhausted", at: now, tick };
}
