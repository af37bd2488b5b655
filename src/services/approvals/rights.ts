import { PortcullisError } from "../../errors.ts";
import type { Approval, Decision, Holder, Seat } from "./approval.ts";
import { commentRequired } from "./comment-required.ts";
import type { Decider } from "./decide.ts";
import { person, sameHolder, seatsInTurn } from "./seats.ts";

/**
 * The seat through which a person decides. Whoever holds a seat decides on that one and does not count for a group; a member decides
 * for the group; an administrator without either takes over the first seat that is still open.
 *
 * @throws PortcullisError `self_approval` | `already_decided` | `not_your_turn` | `not_allowed`
 */
export function seatToDecide(approval: Approval, by: Decider): { readonly seat: Seat; readonly isTakenOver: boolean } {
  const cast = decisionBy(approval, by);
  if (cast !== null) throw decidedAlready(cast);
  refuseInterested(approval, by);
  const held = seatHeldBy(approval, by);
  if (held !== null) return { seat: requireTurn(approval, held), isTakenOver: false };
  const [first] = seatsInTurn(approval);
  if (!by.isAdmin || first === undefined) throw new PortcullisError("not_allowed");
  return { seat: first, isTakenOver: true };
}

/**
 * The seat that a person may hand over: their own (or their group's) when its turn is; as administrator anyone's who is named. Null
 * when an administrator without a seat names none: then a seat is added (SailPoint, `reassignFrom` left blank).
 *
 * @throws PortcullisError `self_approval` | `already_decided` | `not_your_turn` | `not_allowed` | `invalid_input`
 */
export function seatToMove(approval: Approval, by: Decider, from: Holder | null): Seat | null {
  const isOwn = from === null || sameHolder(from, person(by.userId));
  if (isInterested(approval, by) && !by.isAdmin && !approval.seats.some(({ holder }) => isOrActsFor(by, holder)))
    throw new PortcullisError("not_allowed");
  refuseInterested(approval, by);
  // Who names somebody else's seat, and be it their group's, acts as the administrator they are.
  const held = isOwn || (isOrActsFor(by, from) && !by.isAdmin) ? seatHeldBy(approval, by, from) : null;
  if (held !== null && (isOwn || sameHolder(held.holder, from))) return requireTurn(approval, held);
  if (!by.isAdmin) throw new PortcullisError("not_allowed");
  if (from === null) return null;
  const named = approval.seats.filter(({ holder }) => sameHolder(holder, from));
  const open = named.find(({ decision }) => decision === null);
  if (open !== undefined) return open;
  const [decided] = named;
  if (decided?.decision) throw decidedAlready(decided.decision);
  throw new PortcullisError("invalid_input", { field: "assignee", params: { problem: "nobody of that name holds a seat" } });
}

/** @throws PortcullisError `not_allowed` for who has nothing to do with the approval */
export function requireParticipant(approval: Approval, by: Decider): void {
  const takesPart =
    by.isAdmin ||
    isInterested(approval, by) ||
    approval.seats.some(({ holder, decision }) => isOrActsFor(by, holder) || decision?.by.userId === by.userId);
  if (!takesPart) throw new PortcullisError("not_allowed");
}

/** @throws PortcullisError `card_stale` when the card is not of the approval as it stands; null where no card was */
export function refuseStale(approval: Approval, version: number | null): void {
  if (version !== null && version !== approval.version) throw new PortcullisError("card_stale");
}

/** @throws PortcullisError `comment_required` where the configuration asks for a comment with this verdict */
export function requireComment(approval: Approval, given: Decision["verdict"]): void {
  if (commentRequired(approval, given)) throw new PortcullisError("comment_required", { field: "comment" });
}

/**
 * @param named of several groups the one that is meant; null for the one whose turn it is
 * @throws PortcullisError `already_decided` when it is the person's and settled
 */
function seatHeldBy(approval: Approval, by: Decider, named: Holder | null = null): Seat | null {
  const { seats, criteria } = approval;
  const own = seats.find(({ holder }) => sameHolder(holder, person(by.userId)));
  const cast = own?.decision ?? decisionBy(approval, by);
  if (cast) throw decidedAlready(cast);
  if (own) return own;
  const groups = seats.filter(({ holder }) => isOrActsFor(by, holder) && (named?.kind !== "group" || sameHolder(holder, named)));
  const open = groups.filter(({ decision }) => decision === null);
  const [inTurn] = seatsInTurn({ seats, criteria }).filter((seat) => open.includes(seat));
  const seat = inTurn ?? open[0];
  if (seat) return seat;
  if (groups[0]?.decision) throw decidedAlready(groups[0].decision);
  return null;
}

/** One person is one voice, for whichever seat and from whichever of their Slack accounts it was given. */
const decisionBy = ({ seats }: Approval, by: Decider): Decision | null =>
  seats.find(({ decision }) => decision?.by.userId === by.userId || decision?.zpaUser === by.zpaUser)?.decision ?? null;

function requireTurn(approval: Approval, seat: Seat): Seat {
  if (!seatsInTurn(approval).includes(seat)) throw new PortcullisError("not_your_turn");
  return seat;
}

function refuseInterested(approval: Approval, by: Decider): void {
  if (approval.config.selfApproval === "OFF" && isInterested(approval, by)) throw new PortcullisError("self_approval");
}

/** Requester and beneficiary, also when they act through another Slack account that ZPA knows as the same user. */
const isInterested = (approval: Approval, by: Decider): boolean =>
  by.userId === approval.requesterUserId || by.userId === approval.beneficiaryUserId || approval.interestedZpaUsers.includes(by.zpaUser);

const isOrActsFor = (by: Decider, holder: Holder): boolean =>
  holder.kind === "person" ? holder.userId === by.userId : by.groupIds.includes(holder.groupId);

const decidedAlready = ({ verdict, by, at }: Decision): PortcullisError =>
  new PortcullisError("already_decided", {
    params: { status: verdict, byUserId: by.userId, atEpochSeconds: Math.floor(at.getTime() / 1000) },
  });
