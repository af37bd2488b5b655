import type { Approval, Holder, Seat } from "./approval.ts";
import type { ApprovalCriteria, Link } from "./approval-config.ts";

/** `person:U1` or `group:S1`: how a holder is indexed and compared. */
export const holderKey = (holder: Holder): string => (holder.kind === "person" ? `person:${holder.userId}` : `group:${holder.groupId}`);

export const sameHolder = (a: Holder, b: Holder): boolean => holderKey(a) === holderKey(b);

export const person = (userId: string): Holder => ({ kind: "person", userId });

export const group = (groupId: string): Holder => ({ kind: "group", groupId });

/** Whom a link of an escalation chain names. */
export const holderOfLink = ({ identityId, identityType }: Link): Holder =>
  identityType === "GOVERNANCE_GROUP" ? group(identityId) : person(identityId);

/** Whether they hold a seat, or have decided on one: one person is one voice. */
export const isTaken = ({ seats }: Pick<Approval, "seats">, by: Holder): boolean =>
  seats.some(({ holder, decision }) => sameHolder(holder, by) || (decision !== null && sameHolder(person(decision.by.userId), by)));

/** Seats that wait for a decision now: all that are open, in a serial chain only the first of them. */
export const seatsInTurn = ({ seats, criteria }: { readonly seats: readonly Seat[]; readonly criteria: ApprovalCriteria }): Seat[] => {
  const open = seats.filter(({ decision }) => decision === null);
  return criteria.type === "SERIAL" ? open.slice(0, 1) : open;
};

/** Whether this holder, as a person, is requester or beneficiary and may therefore not decide. */
export const isBarred = (
  { requesterUserId, beneficiaryUserId, config }: Pick<Approval, "requesterUserId" | "beneficiaryUserId" | "config">,
  holder: Holder,
): boolean => config.selfApproval === "OFF" && holder.kind === "person" && [requesterUserId, beneficiaryUserId].includes(holder.userId);

/** Who held this seat before, in order. */
export const earlierHolders = (approval: Approval, seatId: string): Holder[] =>
  approval.reassignmentHistory.flatMap(({ seatId: moved, from }) => (moved === seatId && from !== null ? [from] : []));
