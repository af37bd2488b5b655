import type { Approval, Holder, Reassignment, Seat } from "./approval.ts";
import type { ApprovalCriteria, Link } from "./approval-config.ts";

/** `person:U1` or `group:S1`: how a holder is indexed and compared. */
export const holderKey = (holder: Holder): string => (holder.kind === "person" ? `person:${holder.userId}` : `group:${holder.groupId}`);

export const sameHolder = (a: Holder, b: Holder): boolean => holderKey(a) === holderKey(b);

export const person = (userId: string): Holder => ({ kind: "person", userId });

export const group = (groupId: string): Holder => ({ kind: "group", groupId });

/** Whom a link of an escalation chain names. */
export const holderOfLink = ({ identityId, identityType }: Link): Holder =>
  identityType === "GOVERNANCE_GROUP" ? group(identityId) : person(identityId);

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

/** Whether this holder has a seat, or, as a person, has decided already for a group: one person is one voice. */
export const hasVoice = ({ seats }: Pick<Approval, "seats">, holder: Holder): boolean =>
  seats.some((seat) => sameHolder(seat.holder, holder) || (seat.decision !== null && sameHolder(person(seat.decision.by.userId), holder)));

/** Who holds a seat as a person, or has decided: they decide for no group besides. */
export const voicedUserIds = ({ seats }: Pick<Approval, "seats">): string[] =>
  seats.flatMap(({ holder, decision }) => [
    ...(holder.kind === "person" ? [holder.userId] : []),
    ...(decision === null ? [] : [decision.by.userId]),
  ]);

/** The move by which an administrator took a seat over to decide on it; null where nobody did. */
export const takeover = ({ seats, reassignmentHistory }: Approval, seatId: string): Reassignment | null => {
  const decision = seats.find(({ id }) => id === seatId)?.decision;
  return decision?.capacity === "ADMIN" ? (reassignmentHistory.findLast((move) => move.seatId === seatId) ?? null) : null;
};

/** Who held this seat before, in order. */
export const earlierHolders = (approval: Approval, seatId: string): Holder[] =>
  approval.reassignmentHistory.flatMap(({ seatId: moved, from }) => (moved === seatId && from !== null ? [from] : []));

/** `zpa:ana@example.com`: what ZPA knows a person as, beside the keys of Slack's people. */
export const zpaKey = (zpaUser: string): string => `zpa:${zpaUser}`;

/**
 * Keys of those who may not decide, though a seat or a group's seat would be theirs: requester and beneficiary by any of their Slack
 * accounts, and whoever has decided already. A person may not when their own key, or that of their ZPA user, is here.
 */
export function barredKeys({ seats, config, requesterUserId, beneficiaryUserId, interestedZpaUsers }: Approval): string[] {
  const interested =
    config.selfApproval === "ALLOWED"
      ? []
      : [...[requesterUserId, beneficiaryUserId].map((userId) => holderKey(person(userId))), ...interestedZpaUsers.map(zpaKey)];
  const heard = seats.flatMap(({ decision }) => (decision === null ? [] : [holderKey(person(decision.by.userId))]));
  return [...new Set([...interested, ...heard])];
}

/** Keys of the people who hold a seat of their own, decided or not: they do not count for a group. */
export const seatedKeys = ({ seats }: Approval): string[] =>
  seats.flatMap(({ holder }) => (holder.kind === "person" ? [holderKey(holder)] : []));
