import type { RequestOverview } from "../access/overview.ts";
import type { Holder } from "../approvals/approval.ts";
import type { Audience } from "./notify-port.ts";

/** The audience's name in the card table: `requester:U1`, `approver:U2`, `channel:C3`. */
export const audienceKey = (audience: Audience): string =>
  audience.kind === "channel" ? `channel:${audience.channelId}` : `${audience.kind}:${audience.userId}`;

/** The name of one more copy of a card: posted, but the process died before it could note where. */
export const copyKey = (audience: Audience, ts: string): string => `${audienceKey(audience)}:${ts}`;

/** The audience behind a name in the card table, a copy's included; null for what this version does not know. */
export const audienceOf = (key: string): Audience | null => {
  const [kind, id] = key.split(":");
  if (!id) return null;
  if (kind === "channel") return { kind, channelId: id };
  return kind === "requester" || kind === "approver" ? { kind, userId: id } : null;
};

/** A card for each person concerned: the requester first, then the beneficiary, each in their direct messages. */
export const personalAudiences = ({ request }: RequestOverview): readonly Audience[] =>
  [...new Set([request.requester.userId, request.beneficiary.userId])].map((userId) => ({ kind: "requester", userId }));

/**
 * Who holds a seat, person by person; a group's members as Slack knows them now. Requester and beneficiary have their own card
 * and are left out, unless they may decide themselves.
 */
export const deciders = async (
  { approval }: Pick<RequestOverview, "approval">,
  groupMembers: (groupId: string) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const asked = await Promise.all(approval.seats.map(({ holder }) => membersOf(holder, groupMembers)));
  const barred = approval.config.selfApproval === "ALLOWED" ? [] : [approval.requesterUserId, approval.beneficiaryUserId];
  return [...new Set(asked.flat())].filter((userId) => !barred.includes(userId));
};

/** Those who handed their seat over or lost it: it no longer waits for them. */
export const formerHolders = async (
  { approval }: Pick<RequestOverview, "approval">,
  groupMembers: (groupId: string) => Promise<readonly string[]>,
): Promise<readonly string[]> => {
  const former = approval.reassignmentHistory.flatMap(({ from }) => (from === null ? [] : [from]));
  return (await Promise.all(former.map((holder) => membersOf(holder, groupMembers)))).flat();
};

const membersOf = async (holder: Holder, groupMembers: (groupId: string) => Promise<readonly string[]>): Promise<readonly string[]> =>
  holder.kind === "person" ? [holder.userId] : groupMembers(holder.groupId);

/**
 * The cards that approvers decide on. With a channel that is its card; whoever a decision was handed to gets one of their own
 * beside it, so that they hear of it.
 */
export const approverAudiences = async (
  overview: Pick<RequestOverview, "approval">,
  {
    approvalsChannel,
    groupMembers,
  }: { readonly approvalsChannel: string | null; readonly groupMembers: (groupId: string) => Promise<readonly string[]> },
): Promise<readonly Audience[]> => {
  if (approvalsChannel === null) return (await deciders(overview, groupMembers)).map((userId): Audience => ({ kind: "approver", userId }));
  const handedTo = overview.approval.reassignmentHistory.map(({ to }) => to).filter((to) => to.kind === "person");
  const users = [...new Set(handedTo.map(({ userId }) => userId))];
  return [{ kind: "channel", channelId: approvalsChannel }, ...users.map((userId): Audience => ({ kind: "approver", userId }))];
};
