import type { App } from "@slack/bolt";
import { z } from "zod";
import type { HeardMessage } from "../services/services.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";

/** Someone says something. All else (joins, topics, apps, deletions) is none of ours. */
const spoken = z.object({
  subtype: z.enum(["thread_broadcast", "file_share", "me_message"]).optional(),
  user: z.string(),
  text: z.string().default(""),
  ts: z.string(),
  thread_ts: z.string().optional(),
  team: z.string().optional(),
  user_team: z.string().optional(),
  /** Set by apps and workflows, our own messages included. */
  bot_id: z.undefined().optional(),
  files: z.array(z.unknown()).default([]),
});
const place = z.object({ channel: z.string(), channel_type: z.string().optional() });
const written = z.object({ event_id: z.string(), team_id: z.string(), event: spoken.extend(place.shape) });
const edited = z.object({
  event_id: z.string(),
  team_id: z.string(),
  event: place.extend({
    subtype: z.literal("message_changed"),
    message: spoken,
    previous_message: z.object({ text: z.string().optional() }).optional(),
  }),
});

/**
 * What people write in the threads of cards, or to the bot. It is written down before Slack is told that it arrived; whoever wrote it is
 * whom Slack's signed payload names.
 */
export const registerHearMessage = (app: App, deps: ListenerDeps): void => {
  app.event("message", async ({ body, context }) => {
    const message = heardIn(body);
    if (message !== null && message.by.userId !== context.botUserId) await deps.services.approvals.hear(message);
  });
};

/** Null for what is no message of a person. */
function heardIn(body: unknown): HeardMessage | null {
  const said = written.safeParse(body);
  if (said.success) {
    const { event_id: eventId, team_id: teamId, event } = said.data;
    return heard("written", { eventId, teamId, ...event });
  }
  const changed = edited.safeParse(body);
  if (!changed.success) return null;
  const { event_id: eventId, team_id: teamId, event } = changed.data;
  // Slack says so, too, when it unfolds a link or someone replies.
  if (event.message.text === event.previous_message?.text) return null;
  return heard("edited", { eventId, teamId, ...event.message, channel: event.channel, channel_type: event.channel_type });
}

type Event = z.infer<typeof spoken> & z.infer<typeof place> & { readonly eventId: string; readonly teamId: string };

const heard = (kind: HeardMessage["kind"], event: Event): HeardMessage => ({
  eventId: event.eventId,
  kind,
  by: { teamId: event.user_team ?? event.team ?? event.teamId, userId: event.user },
  channelId: event.channel,
  isDirect: event.channel_type === "im",
  threadTs: event.thread_ts === undefined || event.thread_ts === event.ts ? null : event.thread_ts,
  ts: event.ts,
  text: event.text.replaceAll("\0", "").toWellFormed(), // the database keeps neither
  hasFiles: event.files.length > 0,
});
