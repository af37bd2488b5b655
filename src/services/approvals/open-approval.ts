import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import type { FrozenRules } from "../policy/rules.ts";
import type { Approval, Holder, Seat } from "./approval.ts";
import type { ApprovalConfig, ApprovalCriteria } from "./approval-config.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import { holderKey, isBarred, sameHolder } from "./seats.ts";
import { autoApprovals, type Decided, settlement } from "./settle.ts";

/** Who shall hold a seat. */
export interface Candidate {
  readonly holder: Holder;
  /** Of a group: its members at the opening. */
  readonly members: readonly string[];
  /** False for someone who has left Slack, and for a group that is switched off. */
  readonly isHere: boolean;
}

export interface Opening {
  readonly id: string;
  readonly requestId: string;
  readonly requester: SlackActor;
  readonly beneficiaryUserId: string;
  readonly interestedZpaUsers: readonly string[];
  /** In the order of the chain, where it is serial. */
  readonly approvers: readonly Candidate[];
  /** Who sits where requester, beneficiary or someone who is gone would sit: `fallbackApprover` first, then the administrators. */
  readonly standIns: readonly Candidate[];
  readonly criteria: ApprovalCriteria;
  readonly config: ApprovalConfig;
  readonly rules: FrozenRules;
}

/**
 * Opens an approval: who sits where, and what settles at once.
 *
 * `autoApprove` (SailPoint, 2026-08): under OFF, requester and beneficiary hold no seat; a stand-in does, also for a group in which, without
 * them and without those who have a seat of their own, nobody is left. Under DIRECT, when
 * requester and beneficiary differ, the requester's own seat approves itself when its turn comes; under INDIRECT a group's seat with
 * the requester among its members does, too. `circumventApprovalProcess` ends it at once as PASSED.
 *
 * @throws PortcullisError `no_approver` when too few seats are left for the approval ever to be given
 */
export function openApproval(opening: Opening, now: Date): Decided {
  const { config, criteria } = opening;
  const seats = seatsOf(opening);
  if (!config.circumventApprovalProcess) refuseTooFew(seats, opening);
  const blank: Approval = {
    id: opening.id,
    requestId: opening.requestId,
    status: "PENDING",
    version: 1,
    seats,
    criteria,
    config,
    rules: opening.rules,
    requesterUserId: opening.requester.userId,
    beneficiaryUserId: opening.beneficiaryUserId,
    interestedZpaUsers: opening.interestedZpaUsers,
    reassignmentHistory: [],
    comments: [],
    additionalAttributes: {},
    timers: {
      remindersSent: 0,
      lastReminderTick: null,
      escalationStep: 0,
      lastEscalationTick: null,
      isEscalated: false,
      isChainExhausted: false,
      nudges: 0,
      lastNudge: null,
      stranded: null,
    },
    changes: [],
    proposal: null,
    createdAt: now,
    modifiedAt: now,
    completedAt: null,
    settledBy: null,
  };
  const opened: ApprovalEvent = { kind: "approval.opened", at: now, approval: blank };
  if (config.circumventApprovalProcess) {
    const passed: ApprovalEvent = { kind: "approval.settled", at: now, status: "PASSED", by: null, comment: null };
    return { approval: evolve(blank, passed), events: [opened, passed] };
  }
  const auto = autoApprovals(blank, now);
  const settled = settlement(auto.reduce(evolve, blank), auto, now);
  const events = [opened, ...auto, ...settled];
  return { approval: [...auto, ...settled].reduce(evolve, blank), events };
}

/** Whoever stands in on one seat no longer counts for their group, and may leave it without anybody: then that needs a stand-in, too. */
function seatsOf(opening: Opening): Seat[] {
  for (let seated: ReadonlySet<string> = new Set(); ; ) {
    const seats = seatsBeside(opening, seated);
    const persons = seats.flatMap(({ holder }) => (holder.kind === "person" ? [holder.userId] : []));
    if (persons.every((userId) => seated.has(userId))) return seats;
    seated = new Set([...seated, ...persons]);
  }
}

/** @param seated user ids of those who have a seat of their own: for their group they do not count */
function seatsBeside(opening: Opening, seated: ReadonlySet<string>): Seat[] {
  const { config, requester, beneficiaryUserId } = opening;
  const rules = { config, requesterUserId: requester.userId, beneficiaryUserId };
  const approvesItself = config.autoApprove !== "OFF" && requester.userId !== beneficiaryUserId && config.selfApproval === "OFF";
  const mayNot = (userId: string): boolean => isBarred(rules, { kind: "person", userId });
  // A group of nobody but people with seats was written down as it is. One that is emptied by who asks was not.
  const isEmptied = (members: readonly string[]): boolean =>
    members.every(mayNot) || (members.some(mayNot) && members.every((userId) => mayNot(userId) || seated.has(userId)));
  const cannotDecide = ({ holder, members, isHere }: Candidate): boolean =>
    !isHere || (holder.kind === "person" ? isBarred(rules, holder) : isEmptied(members));
  const autoFor = ({ holder, members }: Candidate): boolean =>
    approvesItself &&
    (holder.kind === "person"
      ? holder.userId === requester.userId
      : config.autoApprove === "INDIRECT" && members.includes(requester.userId));

  const approvers = distinct(opening.approvers);
  const standIns = distinct(opening.standIns).filter(
    (each) => !cannotDecide(each) && !approvers.some(({ holder }) => sameHolder(holder, each.holder)),
  );
  let autoUsed = false; // one person is one voice: the requester's own seat first
  const ownSeat = approvers.some(({ holder }) => holder.kind === "person" && holder.userId === requester.userId);
  return approvers.flatMap((candidate, index): Seat[] => {
    const seat = { id: String(index + 1), decision: null, insteadOf: null, autoApproveFor: null };
    if (autoFor(candidate) && !autoUsed && (candidate.holder.kind === "person" || !ownSeat)) {
      autoUsed = true;
      return [{ ...seat, holder: candidate.holder, autoApproveFor: requester }];
    }
    if (!cannotDecide(candidate)) return [{ ...seat, holder: candidate.holder }];
    const standIn = standIns.shift();
    return standIn === undefined ? [] : [{ ...seat, holder: standIn.holder, insteadOf: candidate.holder }];
  });
}

/** A seat without anyone to sit on it is left out, but never so that fewer voices than wanted would do. */
function refuseTooFew(seats: readonly Seat[], { criteria, approvers }: Opening): void {
  const { calculationType, value } = criteria.approval;
  const wanted = calculationType === "COUNT" ? Math.min(value, distinct(approvers).length) : 1;
  if (seats.length < Math.max(wanted, 1)) throw new PortcullisError("no_approver");
}

const distinct = (candidates: readonly Candidate[]): Candidate[] =>
  [...new Map(candidates.toReversed().map((each) => [holderKey(each.holder), each])).values()].toReversed();
