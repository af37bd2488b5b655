import type { Delivery, SlackControl } from "../control.ts";
import { APP, TEAM } from "../seed.ts";
import { changed, directMessages, viewPayload } from "../workspace.ts";
import { reply } from "./response-urls.ts";
import { envelope, type Stage, VERIFICATION_TOKEN } from "./stage.ts";

/** Slack's names for conversations without a name of their own. */
export const channelName = ({ kind, name }: { kind: string; name: string }): string =>
  kind === "im" ? "directmessage" : kind === "private" ? "privategroup" : name;

/** A person types a slash command; what the ack says is shown to them alone unless it says otherwise. */
export async function command(
  stage: Stage,
  { userId, channelId, command: name, text }: Parameters<SlackControl["command"]>[0],
): Promise<Delivery> {
  const { workspace } = stage;
  const user = workspace.users.get(userId);
  const channel = workspace.channels.get(channelId);
  if (!user || !channel?.members.includes(userId)) throw new Error(`${userId} is not in ${channelId}.`);
  const place = { channelId, userId, messageTs: null, threadTs: null };
  const delivery = await stage.deliver({
    type: "slash_commands",
    payload: {
      token: VERIFICATION_TOKEN,
      team_id: user.teamId,
      team_domain: TEAM.domain,
      channel_id: channelId,
      channel_name: channelName(channel),
      user_id: userId,
      user_name: user.name,
      command: name,
      text,
      api_app_id: APP.id,
      is_enterprise_install: "false",
      response_url: stage.responseUrls.issue(place),
      trigger_id: stage.triggers.issue(userId),
    },
  });
  if (delivery.status !== "acked") return delivery;
  const said = typeof delivery.body === "string" ? { text: delivery.body } : delivery.body;
  if (typeof said !== "object" || said === null || !("text" in said || "blocks" in said) || ("text" in said && said.text === ""))
    return delivery;
  const refusal = reply(workspace, place, said);
  if (!refusal) return delivery;
  workspace.refusals.push({ method: `ack of ${name}`, error: refusal.code, detail: refusal.messages.join("; ") });
  return { ...delivery, status: "refused" };
}

/** A person chooses a global shortcut. */
export const shortcut = (stage: Stage, { userId, callbackId }: Parameters<SlackControl["shortcut"]>[0]): Promise<Delivery> =>
  stage.deliver({
    type: "interactive",
    payload: {
      type: "shortcut",
      callback_id: callbackId,
      trigger_id: stage.triggers.issue(userId),
      action_ts: stage.workspace.timestamp(),
      ...envelope(stage, userId),
    },
  });

/** A person opens the app's Home tab. */
export function openHome(stage: Stage, { userId }: { userId: string }): Promise<Delivery> {
  const { workspace } = stage;
  if (!workspace.users.has(userId)) throw new Error(`There is no person ${userId}.`);
  const home = workspace.homes.get(userId);
  const timestamp = workspace.timestamp();
  const channel = directMessages(workspace, userId).id;
  changed(workspace);
  return stage.deliverEvent({
    type: "events_api",
    payload: {
      token: VERIFICATION_TOKEN,
      team_id: TEAM.id,
      api_app_id: APP.id,
      type: "event_callback",
      event_id: workspace.id("Ev"),
      event_time: Math.floor(workspace.clock.now().getTime() / 1000),
      is_ext_shared_channel: false,
      authorizations: [{ enterprise_id: null, team_id: TEAM.id, user_id: APP.botUserId, is_bot: true, is_enterprise_install: false }],
      event: { type: "app_home_opened", user: userId, channel, tab: "home", event_ts: timestamp, ...(home && { view: viewPayload(home) }) },
    },
  });
}
