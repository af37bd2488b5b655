import type { Approval, Holder, Seat } from "./approval.ts";
import type { Link } from "./approval-config.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import type { Presence } from "./presence.ts";
import { seatsNeeded } from "./quorum.ts";
import { earlierHolders, hasVoice, holderOfLink, isBarred, person, sameHolder, seatsInTurn } from "./seats.ts";
import type { Decided } from "./settle.ts";

interface HandOn {
  readonly now: Date;
  readonly presence: Presence;
  /** The fallback approver first, then the administrators. */
  readonly fallback: Holder | null;
  readonly admins: readonly Holder[];
  /** Under which the log says that nobody is left. */
  readonly reference: string;
}

/**
 * What becomes of a pending approval when people have left Slack. Requester or beneficiary gone: it is closed. A holder gone: the seat
 * goes to the fallback approver, else to the next link of the escalation chain, else to an administrator, whichever is here, may decide
 * and holds no seat. Where nobody is left and the approval could therefore never be given, that is said, once.
 *
 * Whoever nobody could ask about keeps the seat, and gets none.
 */
export function handOn(before: Approval, by: HandOn): Decided {
  if (before.status !== "PENDING") return { approval: before, events: [] };
  const { now, presence } = by;
  const interested = [before.requesterUserId, before.beneficiaryUserId].map(person);
  if (interested.some((each) => presence.of(each) === "gone")) {
    const closed: ApprovalEvent = { kind: "approval.settled", at: now, status: "CANCELLED", by: null, comment: null };
    return { approval: evolve(before, closed), events: [closed] };
  }
  let approval = before;
  const events: ApprovalEvent[] = [];
  const happens = (event: ApprovalEvent): void => {
    events.push(event);
    approval = evolve(approval, event);
  };
  for (const seat of abandoned(before, presence)) {
    const to = successor(approval, seat, by);
    if (to !== undefined) happens(handedOn(seat, to, now));
  }
  if (approval.timers.stranded === null && isOutOfReach(approval, presence))
    happens({ kind: "approval.stranded", at: now, reference: by.reference });
  return { approval, events };
}

/** Open seats whose holder has left. One that will approve itself needs nobody. */
const abandoned = ({ seats }: Approval, presence: Presence): Seat[] =>
  seats.filter(({ decision, autoApproveFor, holder }) => decision === null && autoApproveFor === null && presence.of(holder) === "gone");

function successor(approval: Approval, seat: Seat, { presence, fallback, admins }: HandOn): Holder | undefined {
  const { escalationConfig } = approval.config;
  const links: readonly Link[] = escalationConfig.enabled ? escalationConfig.escalationChain.slice(approval.timers.escalationStep) : [];
  const usable = [...(fallback === null ? [] : [fallback]), ...links.map(holderOfLink), ...admins].filter(
    (each) => presence.of(each) === "here" && !isBarred(approval, each) && !hasVoice(approval, each),
  );
  // Better somebody who once passed the decision on than nobody.
  return usable.find((each) => !earlierHolders(approval, seat.id).some((earlier) => sameHolder(earlier, each))) ?? usable[0];
}

const handedOn = (seat: Seat, to: Holder, now: Date): ApprovalEvent => ({
  kind: "approval.reassigned",
  at: now,
  move: { seatId: seat.id, from: seat.holder, to, by: null, at: now, comment: null, commentId: null, kind: "AUTO_REASSIGNMENT" },
  insteadOf: seat.holder,
  comment: null,
  escalation: null,
});

/** Whether too few of those who have not left are there for the approval ever to be given. */
function isOutOfReach(approval: Approval, presence: Presence): boolean {
  const gone = abandoned(approval, presence);
  const { seats, criteria } = approval;
  if (criteria.type === "SERIAL") return gone.some((seat) => seatsInTurn(approval).includes(seat));
  const approvals = seats.filter(({ decision }) => decision?.verdict === "APPROVED").length;
  const open = seats.filter(({ decision }) => decision === null).length - gone.length;
  return gone.length > 0 && approvals + open < seatsNeeded(criteria.approval, seats.length);
}
