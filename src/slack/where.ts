import { z } from "zod";
import type { SlackActor } from "../services/directory/person.ts";

/** Where a person was when they did something, which is where an answer reaches them. */
export type Where =
  | { readonly kind: "command"; readonly channelId: string; readonly responseUrl: string }
  | { readonly kind: "message"; readonly channelId: string; readonly messageTs: string; readonly threadTs: string | null }
  /** An open modal: something in it was clicked. */
  | { readonly kind: "modal"; readonly triggerId: string }
  | { readonly kind: "submission"; readonly inputBlockIds: readonly string[] }
  /** App Home or a global shortcut. */
  | { readonly kind: "elsewhere"; readonly triggerId: string }
  | { readonly kind: "options" }
  /** An event or a closed form: nobody waits for an answer. */
  | { readonly kind: "nowhere" };

const signedUser = z.object({ id: z.string(), team_id: z.string().optional() });
const interaction = z.object({ user: signedUser, team: z.object({ id: z.string() }).nullish() });
const command = z.object({
  command: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  channel_id: z.string(),
  response_url: z.string(),
});
const event = z.object({ type: z.literal("event_callback"), team_id: z.string(), event: z.object({ user: z.string() }) });

const messageClick = z.object({
  type: z.literal("block_actions"),
  container: z.object({ type: z.literal("message"), channel_id: z.string(), message_ts: z.string(), thread_ts: z.string().optional() }),
});
const viewClick = z.object({
  type: z.literal("block_actions"),
  trigger_id: z.string(),
  view: z.object({ type: z.string() }),
});
const submission = z.object({
  type: z.literal("view_submission"),
  view: z.object({ blocks: z.array(z.object({ type: z.string(), block_id: z.string() })) }),
});
const shortcut = z.object({ type: z.literal("shortcut"), trigger_id: z.string() });
const suggestion = z.object({ type: z.literal("block_suggestion") });

/** Who acted, as Slack's signed payload says it; null when the payload names nobody. */
export const actorIn = (body: unknown): SlackActor | null => {
  const typed = command.safeParse(body);
  if (typed.success) return { teamId: typed.data.team_id, userId: typed.data.user_id };
  const happened = event.safeParse(body);
  if (happened.success) return { teamId: happened.data.team_id, userId: happened.data.event.user };
  const clicked = interaction.safeParse(body);
  if (!clicked.success) return null;
  const { user, team } = clicked.data;
  return { teamId: user.team_id ?? team?.id ?? "", userId: user.id };
};

/** Where the person is, out of any payload that Slack delivers. */
export const whereIn = (body: unknown): Where => {
  const typed = command.safeParse(body);
  if (typed.success) return { kind: "command", channelId: typed.data.channel_id, responseUrl: typed.data.response_url };
  const onMessage = messageClick.safeParse(body);
  if (onMessage.success) {
    const { channel_id: channelId, message_ts: messageTs, thread_ts: threadTs } = onMessage.data.container;
    return { kind: "message", channelId, messageTs, threadTs: threadTs ?? null };
  }
  const inView = viewClick.safeParse(body);
  if (inView.success) return { kind: inView.data.view.type === "modal" ? "modal" : "elsewhere", triggerId: inView.data.trigger_id };
  const submitted = submission.safeParse(body);
  if (submitted.success) {
    const inputs = submitted.data.view.blocks.filter(({ type }) => type === "input");
    return { kind: "submission", inputBlockIds: inputs.map(({ block_id }) => block_id) };
  }
  const called = shortcut.safeParse(body);
  if (called.success) return { kind: "elsewhere", triggerId: called.data.trigger_id };
  return suggestion.safeParse(body).success ? { kind: "options" } : { kind: "nowhere" };
};
