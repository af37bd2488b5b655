import type { SimMessage, SimState } from "../../slack/control.ts";

/** Timestamp of the newest message that a person has seen, by `person channel`. */
export type ReadMarks = Readonly<Record<string, number>>;

export const readKey = (userId: string, channelId: string): string => `${userId} ${channelId}`;

const isVisibleTo = ({ onlyFor }: SimMessage, userId: string): boolean => onlyFor === null || onlyFor === userId;

export const messagesIn = (slack: SimState, channelId: string, viewerId: string): SimMessage[] =>
  slack.messages
    .filter((message) => message.channel === channelId && isVisibleTo(message, viewerId))
    .sort((one, other) => Number(one.ts) - Number(other.ts));

/** Public channels, and the private ones and direct messages that the person is in. */
export const channelsOf = (slack: SimState, userId: string): SimState["channels"] =>
  slack.channels.filter(({ kind, members }) => kind === "channel" || members.includes(userId));

export function unreadIn(slack: SimState, channelId: string, userId: string, marks: ReadMarks): number {
  const seen = marks[readKey(userId, channelId)] ?? 0;
  return messagesIn(slack, channelId, userId).filter(({ ts, user }) => user !== userId && Number(ts) > seen).length;
}

/** What waits for a person in channels that are theirs: what a mark beside their name counts. */
export const unreadOf = (slack: SimState, userId: string, marks: ReadMarks): number =>
  slack.channels.filter(({ members }) => members.includes(userId)).reduce((sum, { id }) => sum + unreadIn(slack, id, userId, marks), 0);
