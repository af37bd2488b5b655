import { EventEmitter } from "node:events";
import type { HomeView, ModalView } from "@slack/types";
import type { Clock } from "../../src/clock.ts";
import type { SimChannel, SimInput, SimMessage, SimState, SimUser } from "./control.ts";
import { APP, initialSeed, TEAM } from "./seed.ts";

/** A modal or App Home that stands in front of a person, with what they have put into it so far. */
export interface OpenView {
  readonly id: string;
  readonly rootViewId: string;
  readonly previousViewId: string | null;
  hash: string;
  view: ModalView | HomeView;
  values: SimInput;
}

/** All that the simulated workspace remembers. Only this program writes it; it is read through `GET /control/state`. */
export interface Workspace {
  readonly clock: Clock;
  readonly users: Map<string, SimUser>;
  readonly userGroups: Map<string, SimState["userGroups"][number]>;
  readonly channels: Map<string, SimChannel>;
  readonly messages: SimMessage[];
  /** By user id, bottom of the stack first. */
  readonly views: Map<string, OpenView[]>;
  readonly homes: Map<string, OpenView>;
  readonly calls: Map<string, number>;
  readonly refusals: SimState["refusals"];
  /** Tells everyone who watches (the page) that something is different now. */
  readonly changes: EventEmitter<{ changed: []; posted: [SimMessage]; rewritten: [SimMessage, before: Record<string, unknown>] }>;
  /** A fresh Slack-like id, e.g. `V00000001A`. */
  id(prefix: string): string;
  /** A message timestamp that no other message has: epoch seconds, a dot, six digits. */
  timestamp(): string;
}

/** A workspace with the people and channels of the seed. */
export function createWorkspace(clock: Clock): Workspace {
  let ids = 0;
  let lastMicroseconds = 0;
  const workspace: Workspace = {
    clock,
    users: new Map(),
    userGroups: new Map(),
    channels: new Map(),
    messages: [],
    views: new Map(),
    homes: new Map(),
    calls: new Map(),
    refusals: [],
    changes: new EventEmitter(),
    id: (prefix) => `${prefix}${(++ids).toString(36).toUpperCase().padStart(9, "0")}`,
    timestamp: () => {
      lastMicroseconds = Math.max(lastMicroseconds + 1, clock.now().getTime() * 1000);
      const seconds = Math.floor(lastMicroseconds / 1_000_000);
      return `${seconds}.${String(lastMicroseconds % 1_000_000).padStart(6, "0")}`;
    },
  };
  workspace.changes.setMaxListeners(0);
  applySeed(workspace, initialSeed());
  return workspace;
}

/** Says that something is different now; every change of the workspace ends with it. */
export const changed = (workspace: Workspace): boolean => workspace.changes.emit("changed");

/** Adds or replaces people, groups and channels. */
export function applySeed(workspace: Workspace, seed: Partial<Pick<SimState, "users" | "userGroups" | "channels">>): void {
  for (const user of seed.users ?? []) workspace.users.set(user.id, user);
  for (const group of seed.userGroups ?? []) workspace.userGroups.set(group.id, group);
  for (const channel of seed.channels ?? []) workspace.channels.set(channel.id, channel);
  changed(workspace);
}

/** The direct messages between the app and one person; opened on first use. */
export function directMessages(workspace: Workspace, userId: string): SimChannel {
  const known = [...workspace.channels.values()].find((channel) => channel.kind === "im" && channel.members.includes(userId));
  if (known) return known;
  const channel: SimChannel = {
    id: workspace.id("D"),
    kind: "im",
    name: "directmessage",
    members: [APP.botUserId, userId],
    isExternallyShared: false,
  };
  workspace.channels.set(channel.id, channel);
  return channel;
}

/** The message at a place, ephemeral ones included. */
export const findMessage = (workspace: Workspace, channelId: string, ts: string): SimMessage | undefined =>
  workspace.messages.find((message) => message.channel === channelId && message.ts === ts);

/** The modal that a person sees, if any. */
export const topView = (workspace: Workspace, userId: string): OpenView | undefined => workspace.views.get(userId)?.at(-1);

/** A view's version: another one after each change. */
export function newViewHash(workspace: Workspace): string {
  return `${Math.floor(workspace.clock.now().getTime() / 1000)}.${workspace.id("h").toLowerCase()}`;
}

/** A view as Slack answers and delivers it. */
export const viewPayload = (open: OpenView): Record<string, unknown> => ({
  private_metadata: "",
  callback_id: "",
  external_id: "",
  ...(open.view.type === "modal" && { close: null, submit: null }),
  clear_on_close: false,
  notify_on_close: false,
  ...open.view,
  id: open.id,
  team_id: TEAM.id,
  state: { values: open.values },
  hash: open.hash,
  previous_view_id: open.previousViewId,
  root_view_id: open.rootViewId,
  app_id: APP.id,
  app_installed_team_id: TEAM.id,
  bot_id: APP.botId,
});

/** Everything, as the control side answers it. */
export function snapshot(workspace: Workspace, connectedSockets: number): SimState {
  return {
    users: [...workspace.users.values()],
    userGroups: [...workspace.userGroups.values()],
    channels: [...workspace.channels.values()],
    messages: workspace.messages,
    views: Object.fromEntries([...workspace.views].map(([user, stack]) => [user, stack.map(({ id, hash, view }) => ({ id, hash, view }))])),
    homes: Object.fromEntries([...workspace.homes].map(([user, home]) => [user, home.view])),
    calls: Object.fromEntries(workspace.calls),
    refusals: workspace.refusals,
    connectedSockets,
  };
}
