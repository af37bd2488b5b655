import { PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import type { Approval, Decision, Holder, Reassignment, Seat } from "./approval.ts";
import { outcome } from "./quorum.ts";

/** Who acts, with the groups that count for this approval, both looked up at the click. */
export interface Decider extends SlackActor {
  /** What ZPA knows the person as. */
  readonly zpaUser: string;
  /** Of the groups that hold seats, those of which the person is a member now. */
  readonly groupIds: readonly string[];
}

interface Clicked {
  readonly by: Decider;
  /** The version on the card that was clicked. */
  readonly version: number;
}

export type ApprovalCommand =
  | (Clicked & { readonly kind: "approve"; readonly comment: string | null })
  | (Clicked & { readonly kind: "reject"; readonly comment: string | null })
  | (Clicked & { readonly kind: "reassign"; readonly to: Holder; readonly comment: string })
  | { readonly kind: "cancel"; readonly by: SlackActor };

export interface ApprovalEvent {
  readonly kind: "approval.approved" | "approval.rejected" | "approval.reassigned" | "approval.cancelled";
  readonly seatId: string | null;
  readonly comment: string | null;
}

export interface Decided {
  readonly approval: Approval;
  readonly event: ApprovalEvent;
}

/**
 * The rules of an approval: what one command makes of it. Pure; the use-case around it holds the row's lock.
 *
 * @param now instant of the decision
 * @throws PortcullisError `already_decided` (params: status, byUserId, atEpochSeconds) | `own_request` | `not_your_seat` | `card_stale` |
 *   `comment_required` | `reassign_to_same` | `reassign_not_possible` | `not_allowed`
 */
export function decide(approval: Approval, command: ApprovalCommand, now: Date): Decided {
  refuseSettled(approval);
  if (command.kind === "cancel") return cancel(approval, command.by, now);

  const seat = seatOf(approval, command.by);
  if (command.version !== approval.version) throw new PortcullisError("card_stale");
  if (command.kind === "reassign") return reassign(approval, seat, command, now);

  const verdict = command.kind === "approve" ? "APPROVED" : "REJECTED";
  const comment = command.comment?.trim() || null;
  if (comment === null && commentRequired(approval, verdict)) throw new PortcullisError("comment_required", { field: "comment" });
  const decision: Decision = { verdict, by: { teamId: command.by.teamId, userId: command.by.userId }, at: now, comment };
  const seats = approval.seats.map((each) => (each.id === seat.id ? { ...each, decision } : each));
  const status = outcome(approval.criteria, seats);
  return {
    approval: { ...approval, seats, status, version: approval.version + 1, completedAt: status === "PENDING" ? null : now },
    event: { kind: verdict === "APPROVED" ? "approval.approved" : "approval.rejected", seatId: seat.id, comment },
  };
}

/**
 * The seat through which the person may act now.
 * @throws PortcullisError `own_request` | `not_your_seat`
 */
function seatOf(approval: Approval, by: Decider): Seat {
  if (approval.config.selfApproval === "OFF" && isInterested(approval, by)) throw new PortcullisError("own_request");
  // One person is one voice, also when a reassignment or a group would give them a second seat.
  if (approval.seats.some((seat) => seat.decision?.by.userId === by.userId)) throw new PortcullisError("not_your_seat");
  const open = approval.seats.filter((seat) => seat.decision === null);
  const seat =
    open.find(({ holder }) => holder.kind === "person" && holder.userId === by.userId) ??
    open.find(({ holder }) => holder.kind === "group" && by.groupIds.includes(holder.groupId));
  if (seat === undefined) throw new PortcullisError("not_your_seat");
  return seat;
}

/** Requester and beneficiary, also when they act through another Slack account that ZPA knows as the same user. */
const isInterested = (approval: Approval, by: Decider): boolean =>
  by.userId === approval.requesterUserId || by.userId === approval.beneficiaryUserId || approval.interestedZpaUsers.includes(by.zpaUser);

/** The decision that settled an approval: the last one made. Null when no seat decided (cancelled). */
export const settledBy = (approval: Approval): Decision | null =>
  approval.seats
    .flatMap((seat) => (seat.decision === null ? [] : [seat.decision]))
    .reduce<Decision | null>((last, each) => (last === null || each.at >= last.at ? each : last), null);

function refuseSettled(approval: Approval): void {
  if (approval.status === "PENDING") return;
  const last = settledBy(approval);
  const at = last?.at ?? approval.completedAt ?? approval.createdAt;
  throw new PortcullisError("already_decided", {
    params: {
      status: approval.status,
      byUserId: last?.by.userId ?? approval.requesterUserId,
      atEpochSeconds: Math.floor(at.getTime() / 1000),
    },
  });
}

function cancel(approval: Approval, by: SlackActor, now: Date): Decided {
  if (by.userId !== approval.requesterUserId) throw new PortcullisError("not_allowed");
  return {
    approval: { ...approval, status: "CANCELLED", version: approval.version + 1, completedAt: now },
    event: { kind: "approval.cancelled", seatId: null, comment: null },
  };
}

function reassign(approval: Approval, seat: Seat, command: Extract<ApprovalCommand, { kind: "reassign" }>, now: Date): Decided {
  const comment = command.comment.trim();
  if (comment === "") throw new PortcullisError("comment_required", { field: "comment" });
  if (approval.seats.some((each) => sameHolder(each.holder, command.to)))
    throw new PortcullisError("reassign_to_same", { field: "assignee" });
  const barred = command.to.kind === "person" && [approval.requesterUserId, approval.beneficiaryUserId].includes(command.to.userId);
  if (barred && approval.config.selfApproval === "OFF") throw new PortcullisError("reassign_not_possible", { field: "assignee" });
  const entry: Reassignment = {
    seatId: seat.id,
    from: seat.holder,
    to: command.to,
    by: { teamId: command.by.teamId, userId: command.by.userId },
    at: now,
    comment,
    kind: "MANUAL_REASSIGNMENT",
  };
  return {
    approval: {
      ...approval,
      seats: approval.seats.map((each) => (each.id === seat.id ? { ...each, holder: command.to } : each)),
      reassignmentHistory: [...approval.reassignmentHistory, entry],
      version: approval.version + 1,
    },
    event: { kind: "approval.reassigned", seatId: seat.id, comment },
  };
}

const commentRequired = (approval: Approval, verdict: Decision["verdict"]): boolean =>
  approval.config.requiresComment === "ALL" || approval.config.requiresComment === (verdict === "APPROVED" ? "APPROVAL" : "REJECTION");

const sameHolder = (a: Holder, b: Holder): boolean => holderKey(a) === holderKey(b);

/** `person:U1` or `group:S1`: how a holder is indexed and compared. */
export const holderKey = (holder: Holder): string => (holder.kind === "person" ? `person:${holder.userId}` : `group:${holder.groupId}`);
