import { notEnded } from "../access/grant.ts";
import type { RequestOverview } from "../access/overview.ts";
import type { Approval, Holder, Seat } from "../approvals/approval.ts";
import { isBarred, person, sameHolder, seatsInTurn } from "../approvals/seats.ts";
import { holderOf } from "../policy/route.ts";
import type { Audience } from "./notify-port.ts";

type GroupMembers = (groupId: string) => Promise<readonly string[]>;
type OfApproval = Pick<RequestOverview, "approval"> & Partial<Pick<RequestOverview, "grants">>;

/** The audience's name in the card table: `requester:U1`, `approver:U2`, `channel:C3`, `reader:U4`, `reader_channel:C5`. */
export const audienceKey = (audience: Audience): string =>
  `${audience.kind}:${"channelId" in audience ? audience.channelId : audience.userId}`;

/** The name of one more copy of a card: posted, but the process died before it could note where. */
export const copyKey = (audience: Audience, ts: string): string => `${audienceKey(audience)}:${ts}`;

/** The audience behind a name in the card table, a copy's included; null for what this version does not know. */
export const audienceOf = (key: string): Audience | null => {
  const [kind, id] = key.split(":");
  if (!id) return null;
  if (kind === "channel" || kind === "reader_channel") return { kind, channelId: id };
  return kind === "requester" || kind === "approver" || kind === "reader" ? { kind, userId: id } : null;
};

/** A card for each person concerned: the requester first, then the beneficiary, each in their direct messages. */
export const personalAudiences = ({ request }: RequestOverview): readonly Audience[] =>
  [...new Set([request.requester.userId, request.beneficiary.userId])].map((userId) => ({ kind: "requester", userId }));

/** Whose decision was asked for: of a serial chain those who have decided and the one whose turn it is, nobody who comes later. */
const seatsAsked = (approval: Approval): readonly Seat[] => {
  const inTurn = seatsInTurn(approval);
  return approval.seats.filter((seat) => seat.decision !== null || inTurn.includes(seat));
};

/**
 * Who was asked to decide, person by person; a group's members as Slack knows them now. Requester and beneficiary have their own card
 * and are left out, unless they may decide themselves.
 */
export const deciders = ({ approval }: OfApproval, groupMembers: GroupMembers): Promise<readonly string[]> =>
  peopleBehind(
    approval,
    seatsAsked(approval).map(({ holder }) => holder),
    groupMembers,
  );

/** Those who handed their seat over or lost it: it no longer waits for them. */
export const formerHolders = ({ approval }: OfApproval, groupMembers: GroupMembers): Promise<readonly string[]> =>
  peopleBehind(
    approval,
    approval.reassignmentHistory.flatMap(({ from }) => (from === null ? [] : [from])),
    groupMembers,
  );

/** The people behind holders, without those whom the approval bars from deciding. */
export const peopleBehind = async (
  approval: Approval,
  holders: readonly Holder[],
  groupMembers: GroupMembers,
): Promise<readonly string[]> => {
  const people = await Promise.all(holders.map((holder) => (holder.kind === "person" ? [holder.userId] : groupMembers(holder.groupId))));
  return [...new Set(people.flat())].filter((userId) => !isBarred(approval, person(userId)));
};

/** The people who can decide now through a holder: whoever has a seat of their own, or has decided, does not count for a group. */
export const decidersThrough = async (approval: Approval, holder: Holder, groupMembers: GroupMembers): Promise<readonly string[]> => {
  const people = await peopleBehind(approval, [holder], groupMembers);
  if (holder.kind === "person") return people;
  const spoken = ({ holder: held, decision }: Seat, userId: string): boolean =>
    sameHolder(held, person(userId)) || decision?.by.userId === userId;
  return people.filter((userId) => !approval.seats.some((seat) => spoken(seat, userId)));
};

export interface ApproverPorts {
  readonly approvalsChannel: string | null;
  readonly groupMembers: GroupMembers;
  readonly admins: readonly Holder[];
}

/**
 * The cards that approvers decide on. With a channel that is its card; whoever a decision was handed to gets one of their own
 * beside it, so that they hear of it. Administrators get theirs when nobody is left to escalate to, and
 * when access that is to be over may still be open.
 */
export const approverAudiences = async (
  overview: OfApproval,
  { approvalsChannel, groupMembers, admins }: ApproverPorts,
): Promise<readonly Audience[]> => {
  const { approval } = overview;
  const own = (userIds: readonly string[]): readonly Audience[] => userIds.map((userId) => ({ kind: "approver", userId }));
  const stuck = notEnded(overview.grants ?? []) === null ? [] : admins;
  const called = await peopleBehind(approval, [...calledAdmins(approval, admins), ...stuck], groupMembers);
  // Whoever would have decided and was passed over hears of it in person, and keeps the card.
  const skipped = await peopleBehind(approval, (approval.rules.skipped ?? []).map(holderOf), groupMembers);
  if (approvalsChannel === null) return own([...new Set([...(await deciders(overview, groupMembers)), ...called, ...skipped])]);
  const handedTo = approval.reassignmentHistory.map(({ to }) => to);
  const asked = seatsAsked(approval).flatMap(({ holder }) =>
    holder.kind === "person" && handedTo.some((to) => sameHolder(to, holder)) ? [holder.userId] : [],
  );
  return [{ kind: "channel", channelId: approvalsChannel }, ...own([...new Set([...asked, ...called, ...skipped])])];
};

/** Administrators are asked once the escalation chain has run out while a decision is awaited. */
export const calledAdmins = ({ status, timers }: Approval, admins: readonly Holder[]): readonly Holder[] =>
  status === "PENDING" && timers.isChainExhausted ? admins : [];

/** Who is told by the rules and has no other card: people, members of groups, and channels. */
export const readerAudiences = async (
  { approval, request }: Pick<RequestOverview, "approval" | "request">,
  {
    approvalsChannel,
    groupMembers,
    otherCards,
  }: Pick<ApproverPorts, "approvalsChannel" | "groupMembers"> & {
    /** Names of cards that are there or about to be: who decides keeps the card to decide on. */
    readonly otherCards: readonly string[];
  },
): Promise<readonly Audience[]> => {
  const isChannel = (id: string): boolean => /^[CG]/.test(id);
  const { notify } = approval.rules;
  const channels = notify.filter((id) => isChannel(id) && id !== approvalsChannel);
  const holders = notify.filter((id) => !isChannel(id)).map(holderOf);
  const people = await Promise.all(holders.map((each) => (each.kind === "person" ? [each.userId] : groupMembers(each.groupId))));
  const concerned = [request.requester.userId, request.beneficiary.userId];
  const readers = people
    .flat()
    .filter((userId) => !concerned.includes(userId) && !otherCards.includes(audienceKey({ kind: "approver", userId })));
  return [
    ...[...new Set(channels)].map((channelId): Audience => ({ kind: "reader_channel", channelId })),
    ...[...new Set(readers)].map((userId): Audience => ({ kind: "reader", userId })),
  ];
};
