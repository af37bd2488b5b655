import { PortcullisError } from "../../errors.ts";
import { compareTerms, type Terms } from "../policy/terms.ts";
import type { Approval, Comment, Proposal } from "./approval.ts";
import type { ApprovalEvent } from "./approval-events.ts";
import type { Decider } from "./decide.ts";
import { refuseStale, requireComment, seatToDecide } from "./rights.ts";

/** An approver would approve more than was asked for. */
export interface ProposeChange {
  readonly kind: "propose";
  readonly by: Decider;
  readonly version: number | null;
  readonly proposalId: string;
  readonly before: Terms;
  readonly after: Terms;
  readonly comment: string | null;
}

/** The requester or the beneficiary answers. */
export interface AnswerProposal {
  readonly kind: "answer";
  readonly by: Decider;
  readonly proposalId: string;
  readonly answer: "ACCEPT" | "DECLINE";
  /** Looked up anew at the answer, for it is then that their yes counts; null for who has left. */
  readonly proposer: Decider | null;
}

/**
 * Writes a wish for more down; nothing is decided by it. Of two the later counts. What another seat has approved was less, so after
 * that nobody can wish for more.
 *
 * @throws PortcullisError `change_after_approval`, `comment_required`, and whatever speaks against the approver's own yes
 */
export function proposeChange(approval: Approval, command: ProposeChange, now: Date): ApprovalEvent {
  const { by, before, after } = command;
  seatToDecide(approval, by);
  refuseStale(approval, command.version);
  if (compareTerms(before, after) !== "wider") throw new PortcullisError("invalid_input", { params: { problem: "nothing is wider" } });
  // A seat that approved itself is the requester's own, and the requester is about to be asked.
  if (approval.seats.some(({ decision }) => decision?.verdict === "APPROVED" && decision.capacity !== "AUTO"))
    throw new PortcullisError("change_after_approval");
  const comment = command.comment?.trim() || null;
  if (comment === null) requireComment(approval, "APPROVED");
  const proposal = { id: command.proposalId, by: { teamId: by.teamId, userId: by.userId }, at: now, before, after, comment };
  return { kind: "approval.change_proposed", at: now, proposal };
}

/** The comment that came with a proposal; null where there was none, or where it is of before comments were recorded with them. */
export const commentOf = ({ comments }: Approval, { by, at, comment }: Proposal): Comment | null =>
  comments.find((each) => each.by.userId === by.userId && each.at.getTime() === at.getTime() && each.text === comment) ?? null;

export function declineProposal(approval: Approval, command: AnswerProposal, now: Date): ApprovalEvent[] {
  const { teamId, userId } = command.by;
  const proposal = proposalToAnswer(approval, command);
  return [{ kind: "approval.proposal_ended", at: now, by: { teamId, userId }, proposal, outcome: "DECLINED" }];
}

/**
 * The proposal, if this person may answer it. Nobody else's consent counts, an administrator's neither.
 * @throws PortcullisError `not_allowed` | `proposal_gone`
 */
export function proposalToAnswer(approval: Approval, { by, proposalId }: AnswerProposal): Proposal {
  if (by.userId !== approval.requesterUserId && by.userId !== approval.beneficiaryUserId) throw new PortcullisError("not_allowed");
  if (approval.proposal?.id !== proposalId) throw new PortcullisError("proposal_gone");
  return approval.proposal;
}
