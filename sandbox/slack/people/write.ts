import { messagePayload } from "../api/chat.ts";
import type { Delivery, SimMessage, SlackControl } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import { changed, findMessage } from "../workspace.ts";
import { type Stage, VERIFICATION_TOKEN } from "./stage.ts";

/** What Slack calls a kind of conversation, and what an app must have to hear of messages there. */
const KINDS = {
  channel: { type: "channel", subscription: "message.channels", scope: "channels:history" },
  private: { type: "group", subscription: "message.groups", scope: "groups:history" },
  im: { type: "im", subscription: "message.im", scope: "im:history" },
} as const;

/** What Slack's client does when nothing has to be told to the app. */
const UNHEARD: Delivery = { status: "acked", httpStatus: null, milliseconds: 0, body: null };

/** A person writes a message, in a channel or as a reply in a thread. */
export function say(stage: Stage, input: Parameters<SlackControl["say"]>[0]): Promise<Delivery> {
  const { userId, channelId, threadTs = null, text, isBroadcast = false, fileNames = [] } = input;
  const { workspace } = stage;
  const channel = workspace.channels.get(channelId);
  if (!channel?.members.includes(userId)) throw new Error(`${userId} is not in ${channelId}.`);
  if (threadTs !== null && !findMessage(workspace, channelId, threadTs))
    throw new Error(`There is no message ${threadTs} in ${channelId}.`);
  if (text === "" && fileNames.length === 0) throw new Error("There is nothing to send.");
  const message: SimMessage = {
    ...{ channel: channelId, ts: workspace.timestamp(), threadTs, user: userId, text, blocks: [], edited: false, onlyFor: null },
    fileNames: [...fileNames],
  };
  workspace.messages.push(message);
  changed(workspace);
  const subtype = fileNames.length > 0 ? "file_share" : isBroadcast ? "thread_broadcast" : undefined;
  const files = fileNames.map((name) => ({ id: workspace.id("F"), name }));
  return tell(stage, message, { ...said(stage, message), ...(subtype && { subtype }), ...(files.length > 0 && { files }) });
}

/** A person changes what they wrote. */
export function edit(stage: Stage, { userId, channelId, ts, text }: Parameters<SlackControl["edit"]>[0]): Promise<Delivery> {
  const { workspace } = stage;
  const message = findMessage(workspace, channelId, ts);
  if (message?.user !== userId) throw new Error(`${userId} has written no message ${ts} in ${channelId}.`);
  const before = said(stage, message);
  message.text = text;
  message.edited = true;
  changed(workspace);
  return tellOfChange(stage, message, before);
}

/** A person takes back what they wrote. */
export function unsay(stage: Stage, { userId, channelId, ts }: Parameters<SlackControl["unsay"]>[0]): Promise<Delivery> {
  const { workspace } = stage;
  const message = findMessage(workspace, channelId, ts);
  if (message?.user !== userId) throw new Error(`${userId} has written no message ${ts} in ${channelId}.`);
  workspace.messages.splice(workspace.messages.indexOf(message), 1);
  changed(workspace);
  const payload = { type: "message", subtype: "message_deleted", hidden: true, deleted_ts: ts, previous_message: said(stage, message) };
  return tell(stage, message, { ...payload, ts: workspace.timestamp() });
}

/** Slack tells an app of its own messages like of everyone's. */
export const tellOfOwn = (stage: Stage, message: SimMessage): Promise<Delivery> => tell(stage, message, said(stage, message));

export function tellOfChange(stage: Stage, message: SimMessage, before: Record<string, unknown>): Promise<Delivery> {
  const { workspace } = stage;
  const payload = { type: "message", subtype: "message_changed", hidden: true, message: said(stage, message), previous_message: before };
  return tell(stage, message, { ...payload, ts: workspace.timestamp() });
}

/** A message as an event carries it. */
function said({ workspace }: Stage, message: SimMessage): Record<string, unknown> {
  const author = workspace.users.get(message.user);
  const root = message.threadTs === null ? undefined : findMessage(workspace, message.channel, message.threadTs);
  return {
    ...messagePayload(message),
    team: author?.teamId ?? TEAM.id,
    ...(author?.isBot && author.id !== APP.botUserId && { bot_id: `B${author.id.slice(1)}` }),
    ...(root && { parent_user_id: root.user }),
  };
}

/** Only an app that is in the conversation, has subscribed to its kind and may read it hears of a message. */
function tell(stage: Stage, { channel: channelId }: SimMessage, event: Record<string, unknown>): Promise<Delivery> {
  const { workspace, subscriptions, scopes } = stage;
  const channel = workspace.channels.get(channelId);
  if (!channel?.members.includes(APP.botUserId)) return Promise.resolve(UNHEARD);
  const { type, subscription, scope } = KINDS[channel.kind];
  if (!subscriptions.includes(subscription) || !scopes.includes(scope)) return Promise.resolve(UNHEARD);
  return stage.deliverEvent({
    type: "events_api",
    payload: {
      token: VERIFICATION_TOKEN,
      team_id: TEAM.id,
      api_app_id: APP.id,
      type: "event_callback",
      event_id: workspace.id("Ev"),
      event_time: Math.floor(workspace.clock.now().getTime() / 1000),
      is_ext_shared_channel: channel.isExternallyShared,
      authorizations: [{ enterprise_id: null, team_id: TEAM.id, user_id: APP.botUserId, is_bot: true, is_enterprise_install: false }],
      event: { ...event, channel: channelId, channel_type: type, event_ts: event.ts },
    },
  });
}
