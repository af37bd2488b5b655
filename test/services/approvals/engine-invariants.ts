import type { Approval, Seat } from "../../../src/services/approvals/approval.ts";
import type { Criterion } from "../../../src/services/approvals/approval-config.ts";
import type { ApprovalEvent } from "../../../src/services/approvals/approval-events.ts";
import type { Presence } from "../../../src/services/approvals/presence.ts";
import { holderKey } from "../../../src/services/approvals/seats.ts";

/**
 * What must be true of every approval at every moment, written down without the engine's own rules. Answers a sentence for each
 * thing that is not.
 */
export function problemsOf(approval: Approval, now: Date): string[] {
  const { seats, status, completedAt, comments, timers, config, criteria, version, createdAt, modifiedAt } = approval;
  const problems: string[] = [];
  const must = (holds: boolean, sentence: string) => void (holds || problems.push(sentence));
  must((status === "PENDING") === (completedAt === null), "is settled exactly when it has a time of completion");
  must(status !== "PENDING" || approval.settledBy === null, "nobody settled what is pending");
  must(seats.length > 0 || status === "PASSED", "has a seat");
  must(modifiedAt >= createdAt && modifiedAt <= now, "was changed between its opening and now");
  must(version >= 1, "has a version");

  must(isUnique(seats.map(({ id }) => id)), "no two seats share an id");
  must(isUnique(seats.map(({ holder }) => holderKey(holder))), "nobody holds two seats");
  must(isUnique(seats.flatMap(voiceOf)), "nobody is counted on two seats");
  must(isUnique(comments.map(({ id }) => id)), "no two comments share an id");
  must(
    comments.every(({ text }) => text.trim() !== ""),
    "no comment is blank",
  );

  const firstOpen = seats.findIndex(({ decision }) => decision === null);
  must(
    criteria.type === "PARALLEL" || firstOpen === -1 || seats.slice(firstOpen).every(({ decision }) => decision === null),
    "a chain is decided in its order",
  );
  must(seats.every(mayStand(approval)), "requester and requestee decide nothing, but by autoApprove");

  must(timers.remindersSent <= config.reminderConfig.maxReminders, "reminds at most as often as it may");
  must(timers.escalationStep <= config.escalationConfig.escalationChain.length, "escalates at most to the end of its chain");
  must(timers.remindersSent > 0 === (timers.lastReminderTick !== null), "remembers its last reminder");
  must(!timers.isEscalated || timers.escalationStep > 0, "is escalated by a step");
  must(stands(approval), `is rightly ${status}`);
  return problems;
}

const isUnique = (keys: readonly string[]): boolean => new Set(keys).size === keys.length;

/** Whom a seat counts for: who decided on it, else the person who holds it. */
const voiceOf = ({ decision, holder }: Seat): string[] =>
  decision !== null ? [decision.by.userId] : holder.kind === "person" ? [holder.userId] : [];

const mayStand =
  ({ config, requesterUserId, beneficiaryUserId }: Approval) =>
  ({ decision }: Seat): boolean => {
    if (decision === null || config.selfApproval === "ALLOWED") return true;
    const { userId } = decision.by;
    if (decision.capacity === "AUTO")
      return config.autoApprove !== "OFF" && userId === requesterUserId && requesterUserId !== beneficiaryUserId;
    return userId !== requesterUserId && userId !== beneficiaryUserId;
  };

/** Seats that a criterion wants: as many as it says, PERCENT rounded up; at least one, at most all. */
function wanted({ calculationType, value }: Criterion, all: number): number {
  let count = 0;
  if (calculationType === "COUNT") count = value;
  else while (count * 100 < all * value) count += 1;
  return count < 1 ? 1 : count > all ? all : count;
}

function stands({ status, seats, criteria, config, createdAt, completedAt }: Approval): boolean {
  const count = (verdict: string | undefined) => seats.filter(({ decision }) => decision?.verdict === verdict).length;
  const needed = wanted(criteria.approval, seats.length);
  const isApproved = count("APPROVED") >= needed;
  const isRejected = count("REJECTED") >= wanted(criteria.rejection, seats.length) || seats.length - count("REJECTED") < needed;
  const { enabled, daysUntilTimeout, timeoutResult } = config.timeoutConfig;
  const isTimedOut = enabled && completedAt?.getTime() === createdAt.getTime() + daysUntilTimeout * 86_400_000;
  switch (status) {
    case "PENDING":
      return !isApproved && !isRejected && !config.circumventApprovalProcess;
    case "APPROVED":
      return isApproved || (isTimedOut && timeoutResult === "APPROVED");
    case "REJECTED":
      return !isApproved && isRejected;
    case "EXPIRED":
      return !isApproved && !isRejected && isTimedOut && timeoutResult === "EXPIRED";
    case "CANCELLED":
      return !isApproved && !isRejected;
    case "PASSED":
      return config.circumventApprovalProcess;
  }
}

/** What must be true of the seats as they are laid out: nobody waits for a group that who asks, and seats of others, leave nobody in. */
export function problemsAtOpening(approval: Approval, groups: ReadonlyMap<string, readonly string[]>): string[] {
  const { seats, config, requesterUserId, beneficiaryUserId } = approval;
  const barred = config.selfApproval === "ALLOWED" ? [] : [requesterUserId, beneficiaryUserId];
  const seated = seats.flatMap(({ holder }) => (holder.kind === "person" ? [holder.userId] : []));
  return seats.flatMap(({ holder, decision, autoApproveFor }) => {
    if (holder.kind === "person" || decision !== null || autoApproveFor !== null) return [];
    const members = groups.get(holder.groupId) ?? [];
    const isEmptied = members.every((userId) => barred.includes(userId) || seated.includes(userId));
    return isEmptied && members.some((userId) => barred.includes(userId)) ? [`nobody could decide for ${holder.groupId}`] : [];
  });
}

/** What must be true of the seats that the clock, or somebody's leaving, moves. */
export function problemsOfHandovers(before: Approval, events: readonly ApprovalEvent[], presence: Presence): string[] {
  return events.flatMap((event) => {
    if (event.kind !== "approval.reassigned") return [];
    const { move } = event;
    const seat = before.seats.find(({ id }) => id === move.seatId);
    const to = presence.of(move.to);
    return [
      ...(seat?.autoApproveFor == null ? [] : ["a seat that will approve itself is moved"]),
      ...(move.kind === "AUTO_REASSIGNMENT" && (move.from === null || presence.of(move.from) !== "gone")
        ? ["a seat is taken from somebody who has not left"]
        : []),
      ...(to === "gone" || to === "unfit" || (move.kind === "AUTO_REASSIGNMENT" && to !== "here")
        ? [`a seat goes to ${holderKey(move.to)}, who could not decide`]
        : []),
    ];
  });
}

/** What must be true from one moment to the next. */
export function problemsBetween(before: Approval, after: Approval): string[] {
  const problems: string[] = [];
  const must = (holds: boolean, sentence: string) => void (holds || problems.push(sentence));
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const isPrefix = (a: readonly unknown[], b: readonly unknown[]) => same(a, b.slice(0, a.length));
  must(before.status === "PENDING" || same(before, after), "what is settled stays as it is");
  must(after.version >= before.version, "the version never falls");
  must(after.version > before.version || same(before.seats, after.seats), "the version rises when a seat changes");
  must(isPrefix(before.comments, after.comments), "no comment is lost or moved");
  must(isPrefix(before.reassignmentHistory, after.reassignmentHistory), "no reassignment is lost");
  must(
    isPrefix(
      before.seats.map(({ id }) => id),
      after.seats.map(({ id }) => id),
    ),
    "no seat is lost or moved",
  );
  must(
    before.seats.every((seat, index) => seat.decision === null || same(seat, after.seats[index])),
    "a decided seat never changes",
  );
  must(after.timers.escalationStep >= before.timers.escalationStep, "a chain is never gone back");
  must(after.timers.remindersSent - before.timers.remindersSent <= 1, "one moment reminds once");
  for (const name of ["lastReminderTick", "lastEscalationTick"] as const)
    must((after.timers[name]?.getTime() ?? 0) >= (before.timers[name]?.getTime() ?? 0), "ticks come in order");
  must(after.modifiedAt >= before.modifiedAt, "time never runs back");
  const { config, criteria, rules, createdAt, requesterUserId, beneficiaryUserId, interestedZpaUsers, id } = before;
  const frozen = { config, criteria, rules, createdAt, requesterUserId, beneficiaryUserId, interestedZpaUsers, id };
  must(same(frozen, Object.fromEntries(Object.keys(frozen).map((key) => [key, Reflect.get(after, key)]))), "what was frozen stays so");
  return problems;
}
