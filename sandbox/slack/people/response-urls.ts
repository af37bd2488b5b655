import { z } from "zod";
import { acceptedBlocks, postAsApp } from "../api/chat.ts";
import { ApiRefusal } from "../api/method.ts";
import type { SimMessage } from "../control.ts";
import { TEAM } from "../seed.ts";
import { changed, findMessage, type Workspace } from "../workspace.ts";

const LIFE_MILLISECONDS = 30 * 60_000;
const USES = 5;

/** Where an answer goes: the place and person of the interaction, and its message if it came from one. */
export interface ReplyPlace {
  readonly channelId: string;
  readonly userId: string;
  readonly messageTs: string | null;
  readonly threadTs: string | null;
}

/** What may be said to a response_url, and in the ack of a command. */
const Reply = z.object({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(["ephemeral", "in_channel"]).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

/** Addresses at which the app can answer an interaction: five times in thirty minutes. */
export interface ResponseUrls {
  issue(place: ReplyPlace): string;
  use(id: string, body: unknown): { status: 200 | 400 | 404; text: string };
}

export function createResponseUrls(workspace: Workspace, url: () => string): ResponseUrls {
  const issued = new Map<string, { place: ReplyPlace; at: number; uses: number }>();
  return {
    issue: (place) => {
      const id = workspace.id("r").toLowerCase();
      issued.set(id, { place, at: workspace.clock.now().getTime(), uses: 0 });
      return `${url()}/response/${TEAM.id}/${id}`;
    },
    use: (id, body) => {
      const known = issued.get(id);
      if (!known) return { status: 404, text: "invalid_url" };
      if (workspace.clock.now().getTime() - known.at > LIFE_MILLISECONDS) return { status: 404, text: "expired_url" };
      if (known.uses >= USES) return { status: 404, text: "used_url" };
      known.uses += 1;
      const refusal = reply(workspace, known.place, body);
      if (!refusal) return { status: 200, text: "ok" };
      workspace.refusals.push({ method: "response_url", error: refusal.code, detail: refusal.messages.join("; ") });
      return { status: 400, text: refusal.code };
    },
  };
}

/** Carries out an answer. @returns why Slack would refuse it, or null */
export function reply(workspace: Workspace, place: ReplyPlace, body: unknown): ApiRefusal | null {
  const parsed = Reply.safeParse(body);
  if (!parsed.success) return new ApiRefusal("invalid_payload", [parsed.error.message]);
  const { text = "", blocks, response_type, replace_original, delete_original, thread_ts } = parsed.data;
  const original = place.messageTs === null ? undefined : findMessage(workspace, place.channelId, place.messageTs);
  try {
    if (delete_original && original) remove(workspace, original);
    else if (replace_original && original) Object.assign(original, { text, blocks: acceptedBlocks(workspace, blocks), edited: true });
    else {
      postAsApp(workspace, {
        channel: place.channelId,
        threadTs: thread_ts ?? place.threadTs,
        onlyFor: response_type === "in_channel" ? null : place.userId,
        text,
        blocks: acceptedBlocks(workspace, blocks),
      });
    }
    changed(workspace);
    return null;
  } catch (cause) {
    if (cause instanceof ApiRefusal) return cause;
    throw cause;
  }
}

function remove(workspace: Workspace, message: SimMessage): void {
  workspace.messages.splice(workspace.messages.indexOf(message), 1);
}
