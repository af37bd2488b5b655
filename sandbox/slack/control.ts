import type { KnownBlock, View } from "@slack/types";

/**
 * The control side of the simulated Slack workspace: what the sandbox page, the story and the tests do as a person.
 * Served as JSON over HTTP under `/control` of the simulator (POST for verbs, GET `/control/state`), never under `/api`.
 * The bot cannot see it; it sees only what Slack would send it.
 */
export interface SimUser {
  id: string;
  teamId: string;
  name: string;
  realName: string;
  email: string | null;
  emailConfirmed: boolean;
  timeZone: string;
  locale: string;
  isBot: boolean;
  isRestricted: boolean;
  isDeleted: boolean;
  isStranger: boolean;
}

export interface SimChannel {
  id: string;
  kind: "channel" | "private" | "im";
  name: string;
  members: string[];
  isExternallyShared: boolean;
}

export interface SimMessage {
  channel: string;
  ts: string;
  threadTs: string | null;
  user: string;
  text: string;
  blocks: KnownBlock[];
  edited: boolean;
  /** Set for an ephemeral message: only this person sees it. */
  onlyFor: string | null;
  fileNames?: string[];
}

/** One open modal of one person; the last is on top. */
export interface SimView {
  id: string;
  hash: string;
  view: View;
}

export interface SimState {
  users: SimUser[];
  userGroups: { id: string; handle: string; name: string; users: string[]; isDisabled: boolean }[];
  channels: SimChannel[];
  messages: SimMessage[];
  /** By user id: the stack of open modals, bottom first. */
  views: Record<string, SimView[]>;
  /** By user id. */
  homes: Record<string, View>;
  /** Web API calls since the last reset, by method. */
  calls: Record<string, number>;
  /** Calls that Slack would have refused: schema, limits, missing fields. Must stay empty. */
  refusals: { method: string; error: string; detail: string }[];
  connectedSockets: number;
}

/** `view.state.values` as Slack sends it: block id → action id → element state. */
export type SimInput = Record<string, Record<string, unknown>>;

/** What happened to one delivery. What Slack's client does by itself, such as holding back an incomplete form, is none. */
export interface Delivery {
  /**
   * `refused`: the app answered with an HTTP error, or with an ack that Slack would not take (then it is in `refusals`), or
   * Slack's client did not send at all. `unreachable`: no connection.
   */
  status: "acked" | "timeout" | "refused" | "unreachable";
  httpStatus: number | null;
  milliseconds: number;
  /** The ack's body: `response_action`, options, or the command's reply. */
  body: unknown;
}

/**
 * Each verb is `POST /control/<verb>` with the argument as JSON, and answers the result as JSON; what a person could not do (an
 * element that is not there, a choice that is not offered) is HTTP 400 with `{"error"}`. `GET /control/events` is a stream of
 * server-sent events, one whenever anything has changed.
 */
export interface SlackControl {
  command(input: { userId: string; channelId: string; command: string; text: string }): Promise<Delivery>;
  /** A global shortcut. */
  shortcut(input: { userId: string; callbackId: string }): Promise<Delivery>;
  openHome(input: { userId: string }): Promise<Delivery>;
  /** A person writes: a message, or, with `threadTs`, a reply in a thread. The app hears of it when it has subscribed. */
  say(input: {
    userId: string;
    channelId: string;
    threadTs?: string;
    text: string;
    /** Also sent to the channel. */
    isBroadcast?: boolean;
    fileNames?: string[];
  }): Promise<Delivery>;
  /** A person changes a message of theirs. */
  edit(input: { userId: string; channelId: string; ts: string; text: string }): Promise<Delivery>;
  /** A person deletes a message of theirs. */
  unsay(input: { userId: string; channelId: string; ts: string }): Promise<Delivery>;
  /** A click or a choice on a message. `element` is the state the element has after it (`value`, `selected_option`, …). */
  messageAction(input: {
    userId: string;
    channelId: string;
    ts: string;
    blockId: string;
    actionId: string;
    element?: Record<string, unknown>;
  }): Promise<Delivery>;
  /** A click or a choice in the person's topmost modal, or in the App Home. `values` is the state of the whole view. */
  viewAction(input: {
    userId: string;
    surface: "modal" | "home";
    blockId: string;
    actionId: string;
    element?: Record<string, unknown>;
    values?: SimInput;
  }): Promise<Delivery>;
  /** Options of an external select, as a person types. */
  options(input: {
    userId: string;
    surface: "modal" | "home" | "message";
    channelId?: string;
    ts?: string;
    blockId: string;
    actionId: string;
    value: string;
  }): Promise<Delivery & { options: { text: string; value: string; description: string | null; group: string | null }[] }>;
  /**
   * Submits the topmost modal. Field errors, the app's or those of Slack's own client, come back as `errors` by block id and
   * the modal stays. `values` may leave out what the person has not touched, and name a choice by its value alone.
   */
  submit(input: { userId: string; values: SimInput }): Promise<Delivery & { errors: Record<string, string> | null }>;
  close(input: { userId: string }): Promise<Delivery>;
  /**
   * Faults for the next `times` matching Web API calls (`method` "*" for all). A call comes to grief before its effect unless
   * `when` says otherwise: then Slack has done it and the app does not hear of it.
   */
  fault(input: {
    method: string;
    kind: "429" | "500" | "timeout" | "reset";
    times: number;
    retryAfterSeconds?: number;
    when?: "before-effect" | "after-effect";
  }): Promise<void>;
  /** What was planned and has not come to pass does not come to pass any more. */
  clearFaults(input: Record<string, never>): Promise<void>;
  /** Ends all Socket Mode connections: Slack announces a refresh, or the network drops them. */
  disconnect(input: { how: "refresh" | "drop" }): Promise<void>;
  /** Adds or replaces people, groups and channels. */
  seed(input: Partial<Pick<SimState, "users" | "userGroups" | "channels">>): Promise<void>;
  resetCalls(input: Record<string, never>): Promise<void>;
  state(): Promise<SimState>;
}
