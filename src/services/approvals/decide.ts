import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import { refuseReserved } from "../policy/remark.ts";
import { refuseUnstorable } from "../policy/storable-text.ts";
import { compareTerms, type Terms } from "../policy/terms.ts";
import type { Approval, Comment, Decision, Holder, Reassignment, Seat } from "./approval.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import { nudge } from "./nudge.ts";
import { type AnswerProposal, commentOf, declineProposal, type ProposeChange, proposalToAnswer, proposeChange } from "./proposals.ts";
import { refuseStale, requireComment, requireParticipant, seatToDecide, seatToMove } from "./rights.ts";
import { earlierHolders, hasVoice, isBarred, person, sameHolder } from "./seats.ts";
import { autoApprovals, type Decided, settlement } from "./settle.ts";

/** Who acts, with the groups that count for this approval, all looked up at the click. */
export interface Decider extends SlackActor {
  /** What ZPA knows the person as. */
  readonly zpaUser: string;
  /** Of the groups that hold seats, those of which the person is a member now. */
  readonly groupIds: readonly string[];
  readonly isAdmin: boolean;
}

interface Acted {
  readonly by: Decider;
}

interface Verdict extends Acted {
  /** The version on the card that was clicked; null where no card was. */
  readonly version: number | null;
  readonly comment: string | null;
}

export type ApprovalCommand =
  | (Verdict & {
      readonly kind: "approve";
      readonly additionalAttributes?: Readonly<Record<string, string>>;
      /** Approves less than was asked for. */
      readonly change?: { readonly before: Terms; readonly after: Terms };
    })
  | (Verdict & { readonly kind: "reject" })
  | (Acted & {
      readonly kind: "reassign";
      readonly version: number | null;
      /** Whose seat; null for one's own, or, for an administrator without any, for a seat more. */
      readonly from: Holder | null;
      readonly to: Holder;
      readonly comment: string | null;
    })
  | (Acted & { readonly kind: "comment"; readonly comment: string })
  | (Acted & {
      readonly kind: "attributes";
      readonly set: Readonly<Record<string, string>>;
      readonly remove: readonly string[];
      readonly comment: string | null;
    })
  | ProposeChange
  | AnswerProposal
  | (Acted & { readonly kind: "nudge" })
  | (Acted & { readonly kind: "cancel"; readonly comment: string | null });

/**
 * The rules of an approval: what one command makes of it. Pure; the use-case around it holds the row's lock.
 *
 * @param now instant of the decision
 * @throws PortcullisError `already_decided` (params: status, byUserId, atEpochSeconds) | `self_approval` | `not_allowed` |
 *   `not_your_turn` | `card_stale` | `comment_required` | `already_approver` | `reassign_loop` | `change_after_approval` |
 *   `proposal_gone` | `nudge_too_soon` | `invalid_input`
 */
export function decide(approval: Approval, command: ApprovalCommand, now: Date): Decided {
  refuseSettled(approval);
  const events = eventsOf(approval, command, now);
  return { approval: events.reduce(evolve, approval), events };
}

function eventsOf(approval: Approval, command: ApprovalCommand, now: Date): ApprovalEvent[] {
  switch (command.kind) {
    case "approve": {
      const { change } = command;
      if (change && compareTerms(change.before, change.after) !== "narrower")
        throw new PortcullisError("invalid_input", { params: { problem: "a change that is not narrower needs consent" } });
      return verdict(approval, command, now);
    }
    case "reject":
      return verdict(approval, command, now);
    case "propose":
      return propose(approval, command, now);
    case "answer":
      return command.answer === "DECLINE" ? declineProposal(approval, command, now) : accept(approval, command, now);
    case "reassign":
      return reassign(approval, command, now);
    case "comment": {
      requireParticipant(approval, command.by);
      const comment = written(approval, command.by, command.comment, now);
      if (comment === null) throw new PortcullisError("comment_required", { field: "comment" });
      return [{ kind: "approval.commented", at: now, comment }];
    }
    case "attributes": {
      requireParticipant(approval, command.by);
      const { set, remove: removed } = command;
      refuseReserved(set);
      const comment = written(approval, command.by, command.comment, now);
      if (Object.keys(set).length + removed.length === 0) {
        if (comment === null) throw new PortcullisError("invalid_input", { params: { problem: "no attribute is named" } });
        return [{ kind: "approval.commented", at: now, comment }];
      }
      return [{ kind: "approval.attributes_changed", at: now, by: actor(command.by), set, removed, comment }];
    }
    case "nudge":
      return [nudge(approval, command.by, now)];
    case "cancel": {
      if (command.by.userId !== approval.requesterUserId && !command.by.isAdmin) throw new PortcullisError("not_allowed");
      const comment = written(approval, command.by, command.comment, now);
      return [{ kind: "approval.settled", at: now, status: "CANCELLED", by: actor(command.by), comment }];
    }
  }
}

/** @param said the reason, where it is a comment of the approval already */
function verdict(
  approval: Approval,
  command: Extract<ApprovalCommand, { readonly kind: "approve" | "reject" }>,
  now: Date,
  said: Comment | null = null,
): ApprovalEvent[] {
  const { by } = command;
  const { seat, isTakenOver } = seatToDecide(approval, by);
  refuseStale(approval, command.version);
  const given = command.kind === "approve" ? "APPROVED" : "REJECTED";
  const comment = said === null ? written(approval, by, command.comment, now) : null;
  const reason = said ?? comment;
  if (reason === null) requireComment(approval, given);

  const events: ApprovalEvent[] = [];
  if (command.kind === "approve" && command.change) events.push({ kind: "request.changed", at: now, by: actor(by), ...command.change });
  if (isTakenOver) events.push(move(seat, { to: person(by.userId), by: actor(by), at: now, comment: null }));
  const decision: Decision = {
    verdict: given,
    by: actor(by),
    zpaUser: by.zpaUser,
    at: now,
    comment: reason?.text ?? null,
    capacity: isTakenOver ? "ADMIN" : "APPROVER",
  };
  events.push({ kind: "approval.seat_decided", at: now, seatId: seat.id, decision, comment });
  const set = command.kind === "approve" ? (command.additionalAttributes ?? {}) : {};
  refuseReserved(set);
  if (Object.keys(set).length > 0)
    events.push({ kind: "approval.attributes_changed", at: now, by: actor(by), set, removed: [], comment: null });
  events.push(...autoApprovals(events.reduce(evolve, approval), now));
  events.push(...settlement(events.reduce(evolve, approval), events, now));
  return events;
}

/** What is wished for, and why: whatever becomes of the wish, the comment is said. */
function propose(approval: Approval, command: ProposeChange, now: Date): ApprovalEvent[] {
  const proposed = proposeChange(approval, command, now);
  const comment = written(approval, command.by, command.comment, now);
  return comment === null ? [proposed] : [proposed, { kind: "approval.commented", at: now, comment }];
}

/** Consent given: the request changes and the proposer's yes counts, if they may still give it. */
function accept(approval: Approval, command: AnswerProposal, now: Date): ApprovalEvent[] {
  const proposal = proposalToAnswer(approval, command);
  const { before, after, comment } = proposal;
  const ended = { kind: "approval.proposal_ended", at: now, by: actor(command.by), proposal } as const;
  try {
    if (command.proposer === null) throw new PortcullisError("not_allowed");
    const approve = { kind: "approve", by: command.proposer, version: null, comment, change: { before, after } } as const;
    return [{ ...ended, outcome: "ACCEPTED" }, ...verdict(approval, approve, now, commentOf(approval, proposal))];
  } catch (thrown) {
    if (thrown instanceof PortcullisError) return [{ ...ended, outcome: "LAPSED" }];
    throw thrown;
  }
}

function reassign(approval: Approval, command: Extract<ApprovalCommand, { readonly kind: "reassign" }>, now: Date): ApprovalEvent[] {
  const { by, to } = command;
  const seat = seatToMove(approval, by, command.from);
  refuseStale(approval, command.version);
  if (isBarred(approval, to)) throw new PortcullisError("self_approval", { field: "assignee" });
  if (hasVoice(approval, to)) throw new PortcullisError("already_approver", { field: "assignee" });
  if (seat !== null && earlierHolders(approval, seat.id).some((each) => sameHolder(each, to)))
    throw new PortcullisError("reassign_loop", { field: "assignee" });
  const comment = written(approval, by, command.comment, now);
  return [move(seat ?? nextSeatId(approval), { to, by: actor(by), at: now, comment })];
}

/** Seats that nobody could take were left out at the opening, so that there may be fewer seats than ids. */
const nextSeatId = ({ seats }: Approval): string => String(1 + Math.max(0, ...seats.map(({ id }) => Number(id))));

/** @param seat the seat that changes hands, or the id of one that is added */
function move(
  seat: Seat | string,
  { to, by, at, comment }: { readonly to: Holder; readonly by: SlackActor; readonly at: Date; readonly comment: Comment | null },
): ApprovalEvent {
  const where = typeof seat === "string" ? { seatId: seat, from: null } : { seatId: seat.id, from: seat.holder };
  const moved: Reassignment = {
    ...where,
    to,
    by,
    at,
    comment: comment?.text ?? null,
    commentId: comment?.id ?? null,
    kind: "MANUAL_REASSIGNMENT",
  };
  return { kind: "approval.reassigned", at, move: moved, insteadOf: null, comment, escalation: null };
}

/** The comment as it is kept; null when there is nothing to keep. @throws PortcullisError `invalid_input` when it cannot be kept */
function written(approval: Approval, by: SlackActor, comment: string | null, at: Date): Comment | null {
  const text = comment?.trim() ?? "";
  refuseUnstorable(text, "comment");
  return text === "" ? null : { id: String(approval.comments.length + 1), by: actor(by), at, text };
}

const actor = ({ teamId, userId }: SlackActor): SlackActor => ({ teamId, userId });

/** @throws PortcullisError `already_decided` (params: status, byUserId unless no person settled it, atEpochSeconds) unless it waits still */
export function refuseSettled({ status, settledBy, completedAt, createdAt }: Approval): void {
  if (status === "PENDING") return;
  const atEpochSeconds = Math.floor((completedAt ?? createdAt).getTime() / 1000);
  throw new PortcullisError("already_decided", {
    params: { status, atEpochSeconds, ...(settledBy === null ? {} : { byUserId: settledBy.userId }) },
  });
}
