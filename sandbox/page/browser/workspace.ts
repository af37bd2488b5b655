import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Delivery, SimState, SimUser } from "../../slack/control.ts";
import type { Reader } from "./text/slack-date.ts";

/** What every part of the chat client knows: who looks, who else is here, and how to act. */
export interface Workspace {
  readonly slack: SimState;
  readonly me: SimUser;
  readonly botUserId: string;
  readonly reader: Reader;
  /** Runs one act of the person after those before it, and says so when the bot did not answer. Null: it could not be sent. */
  readonly perform: <Result extends Delivery>(what: string, act: () => Promise<Result>) => Promise<Result | null>;
  readonly say: (sentence: string) => void;
}

const WorkspaceContext = createContext<Workspace | null>(null);
export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("Drawn outside the workspace.");
  return workspace;
}

export const personName = (slack: SimState, userId: string): string => {
  const user = slack.users.find(({ id }) => id === userId);
  return user ? user.realName || user.name : userId;
};

/** What a direct message is called for one of its two members: the other's name. */
export function channelTitle(slack: SimState, channelId: string, viewerId: string): string {
  const channel = slack.channels.find(({ id }) => id === channelId);
  if (!channel) return channelId;
  if (channel.kind !== "im") return `#${channel.name}`;
  const other = channel.members.find((id) => id !== viewerId);
  return other ? personName(slack, other) : channel.name;
}

/** Two letters and one of six colours, the same for a person everywhere. */
export function avatarOf(name: string): { initials: string; tone: number } {
  const words = name.split(/\s+/).filter(Boolean);
  const initials = words.length > 1 ? `${words[0]?.[0] ?? ""}${words.at(-1)?.[0] ?? ""}` : name.slice(0, 2);
  const tone = [...name].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % 6;
  return { initials: initials.toUpperCase(), tone };
}
