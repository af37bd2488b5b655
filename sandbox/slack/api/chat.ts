import type { KnownBlock } from "@slack/types";
import { z } from "zod";
import { checkMessageBlocks } from "../blocks/check-blocks.ts";
import { withIds } from "../blocks/elements.ts";
import { totalText } from "../blocks/surface-rules.ts";
import type { SimMessage } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import { changed, findMessage, type Workspace } from "../workspace.ts";
import { postable, visibleChannel } from "./conversations.ts";
import { flag, type Method, method, needScope, page, paging, refuse, structure } from "./method.ts";

/** Characters after which Slack cuts a message's text. */
const TEXT_LIMIT = 40_000;
/** Characters of all blocks of a message together (bolt-js#2867: refused somewhere between 12 and 13 thousand). */
const BLOCKS_TEXT_LIMIT = 12_000;

const content = {
  text: z.string().optional(),
  blocks: structure.optional(),
  attachments: structure.optional(),
  metadata: structure.optional(),
  parse: z.string().optional(),
  link_names: flag.optional(),
  mrkdwn: flag.optional(),
  unfurl_links: flag.optional(),
  unfurl_media: flag.optional(),
};

/** Blocks that Slack would accept, with ids on all of them; refuses in Slack's words otherwise. */
export function acceptedBlocks(workspace: Workspace, given: unknown): KnownBlock[] {
  if (given === undefined || given === null) return [];
  if (!Array.isArray(given)) return refuse("invalid_blocks_format");
  const checked = checkMessageBlocks(given);
  if (!checked.ok) {
    return refuse(
      "invalid_blocks",
      checked.complaints.map(({ message, pointer }) => `[ERROR] ${message} [json-pointer:${pointer}]`),
    );
  }
  const characters = totalText(checked.value);
  if (characters > BLOCKS_TEXT_LIMIT) return refuse("msg_blocks_too_long", [`[ERROR] ${characters} characters in all blocks`]);
  return withIds(checked.value, () => workspace.id("b").slice(-5).toLowerCase());
}

/** A message as Slack answers and delivers it. */
export const messagePayload = (message: SimMessage): Record<string, unknown> => ({
  type: "message",
  user: message.user,
  ts: message.ts,
  team: TEAM.id,
  text: message.text,
  ...(message.user === APP.botUserId && { bot_id: APP.botId, app_id: APP.id }),
  ...(message.threadTs !== null && { thread_ts: message.threadTs }),
  ...(message.blocks.length > 0 && { blocks: message.blocks }),
  ...(message.edited && { edited: { user: message.user, ts: message.ts } }),
});

/** Puts a message of the app into the workspace. */
export function postAsApp(
  workspace: Workspace,
  { channel, threadTs, onlyFor, text, blocks }: Pick<SimMessage, "channel" | "threadTs" | "onlyFor" | "text" | "blocks">,
): SimMessage {
  if (!text && blocks.length === 0) refuse("no_text");
  const message = {
    channel,
    ts: workspace.timestamp(),
    threadTs,
    user: APP.botUserId,
    text: text.slice(0, TEXT_LIMIT),
    blocks,
    edited: false,
    onlyFor,
  };
  workspace.messages.push(message);
  changed(workspace);
  if (onlyFor === null) workspace.changes.emit("posted", message);
  return message;
}

function ownMessage(workspace: Workspace, channelId: string, ts: string, foreign: string): SimMessage {
  const { id } = visibleChannel(workspace, channelId);
  const message = findMessage(workspace, id, ts);
  if (!message || message.onlyFor !== null) return refuse("message_not_found");
  return message.user === APP.botUserId ? message : refuse(foreign);
}

/** Scope by kind of conversation. */
const HISTORY = { channel: "channels:history", private: "groups:history", im: "im:history" } as const;

const scopes = ["chat:write"];

export const chat: Readonly<Record<string, Method>> = {
  "chat.postMessage": method(
    { scopes, args: z.object({ ...content, channel: z.string(), thread_ts: z.string().optional(), reply_broadcast: flag.optional() }) },
    ({ channel, text = "", blocks, thread_ts }, { workspace }) => {
      const { id } = postable(workspace, channel);
      if (thread_ts && !findMessage(workspace, id, thread_ts)) refuse("thread_not_found");
      const message = postAsApp(workspace, {
        channel: id,
        threadTs: thread_ts ?? null,
        onlyFor: null,
        text,
        blocks: acceptedBlocks(workspace, blocks),
      });
      return { channel: id, ts: message.ts, message: messagePayload(message) };
    },
  ),
  "chat.postEphemeral": method(
    { scopes, args: z.object({ ...content, channel: z.string(), user: z.string(), thread_ts: z.string().optional() }) },
    ({ channel, user, text = "", blocks, thread_ts }, { workspace }) => {
      const { id, members } = postable(workspace, channel);
      if (!members.includes(user)) refuse("user_not_in_channel");
      const message = postAsApp(workspace, {
        channel: id,
        threadTs: thread_ts ?? null,
        onlyFor: user,
        text,
        blocks: acceptedBlocks(workspace, blocks),
      });
      return { message_ts: message.ts };
    },
  ),
  "chat.update": method(
    { scopes, args: z.object({ ...content, channel: z.string(), ts: z.string() }) },
    ({ channel, ts, text, blocks }, { workspace }) => {
      const message = ownMessage(workspace, channel, ts, "cant_update_message");
      if (text === undefined && blocks === undefined) refuse("no_text");
      const before = messagePayload(message);
      // Without `blocks` the old ones stay; an empty list drops them.
      if (blocks !== undefined) message.blocks = acceptedBlocks(workspace, blocks);
      if (text !== undefined) message.text = text.slice(0, TEXT_LIMIT);
      message.edited = true;
      changed(workspace);
      workspace.changes.emit("rewritten", message, before);
      return { channel: message.channel, ts, text: message.text, message: messagePayload(message) };
    },
  ),
  "chat.delete": method({ scopes, args: z.object({ channel: z.string(), ts: z.string() }) }, ({ channel, ts }, { workspace }) => {
    const message = ownMessage(workspace, channel, ts, "cant_delete_message");
    workspace.messages.splice(workspace.messages.indexOf(message), 1);
    changed(workspace);
    return { channel: message.channel, ts };
  }),
  "conversations.replies": method(
    { args: z.object({ ...paging, channel: z.string(), ts: z.string() }) },
    ({ channel: id, ts, ...args }, { workspace, scopes }) => {
      const channel = visibleChannel(workspace, id);
      needScope(scopes, [HISTORY[channel.kind]]);
      if (!channel.members.includes(APP.botUserId)) refuse("not_in_channel");
      if (!findMessage(workspace, id, ts)) refuse("thread_not_found");
      const thread = workspace.messages.filter(
        (each) => each.channel === id && each.onlyFor === null && (each.ts === ts || each.threadTs === ts),
      );
      const { items, response_metadata } = page(thread, args);
      return { messages: items.map(messagePayload), has_more: response_metadata.next_cursor !== "", response_metadata };
    },
  ),
  "conversations.history": method(
    { args: z.object({ ...paging, channel: z.string(), oldest: z.coerce.number().default(0), latest: z.coerce.number().optional() }) },
    ({ channel: id, oldest, latest = Number.POSITIVE_INFINITY, ...args }, { workspace, scopes }) => {
      const channel = visibleChannel(workspace, id);
      needScope(scopes, [HISTORY[channel.kind]]);
      if (!channel.members.includes(APP.botUserId)) refuse("not_in_channel");
      const between = workspace.messages.filter(
        ({ channel: place, onlyFor, threadTs, ts }) =>
          place === id && onlyFor === null && threadTs === null && Number(ts) > oldest && Number(ts) < latest,
      );
      const { items, response_metadata } = page(between.toReversed(), args);
      return { messages: items.map(messagePayload), has_more: response_metadata.next_cursor !== "", response_metadata };
    },
  ),
  "chat.getPermalink": method(
    { args: z.object({ channel: z.string(), message_ts: z.string() }) },
    ({ channel, message_ts }, { workspace }) => {
      const { id } = visibleChannel(workspace, channel);
      if (!findMessage(workspace, id, message_ts)) refuse("message_not_found");
      return { channel: id, permalink: `https://${TEAM.domain}.slack.com/archives/${id}/p${message_ts.replace(".", "")}` };
    },
  ),
};
