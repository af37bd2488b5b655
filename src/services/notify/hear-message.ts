import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Payload } from "../../jobs/queues.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import { isRecorded, type recordRemark } from "../approvals/record-remark.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { HeardMessage } from "../services.ts";
import { claimNotice, unclaimNotice } from "./card-rows.ts";
import { mentionedIn, plainText } from "./plain-text.ts";
import { claimEvent, forgetOldEvents } from "./seen-events.ts";
import type { TalkAnswer, TalkPort } from "./talk-port.ts";

/**
 * Writes a person's message down if it may concern an approval: it stands in the thread of a card, or was written to the bot. The event
 * counts as seen exactly when its job exists.
 */
export const hearMessage =
  ({ db, jobs }: { readonly db: Kysely<Database>; readonly jobs: Jobs }) =>
  async ({ eventId, ...message }: HeardMessage): Promise<void> => {
    if (!message.isDirect && (await approvalAt(db, message)) === null) return;
    await db.transaction().execute(async (trx) => {
      if (await claimEvent(trx, eventId)) await jobs.enqueue(trx, "heard-message", message);
    });
  };

export interface HeardPorts {
  readonly db: Kysely<Database>;
  readonly record: ReturnType<typeof recordRemark>;
  readonly talk: Pick<TalkPort, "answer" | "nameOf">;
  readonly clock: Clock;
  readonly log: Log;
}

/** The job behind a message: a reply in a card's thread becomes a comment; whatever does not is answered with why, to its writer alone. */
export const runHeardMessage =
  (ports: HeardPorts) =>
  async (message: Payload<"heard-message">): Promise<void> => {
    const { db, record, talk } = ports;
    await forgetOldEvents(db);
    const { by, channelId, threadTs, ts } = message;
    if (message.kind === "edited") {
      if (await isRecorded(db, message)) await answerOnce(ports, message, "editNotTaken");
      return;
    }
    const approvalId = await approvalAt(db, message);
    if (approvalId === null || threadTs === null) {
      if (message.isDirect) await answerOnce(ports, message, "onlyInThreads");
      return;
    }
    const names = new Map(await Promise.all(mentionedIn(message.text).map(async (id) => [id, await talk.nameOf(id)] as const)));
    const text = plainText(message.text, (userId) => names.get(userId) ?? null);
    if (text !== "") {
      const refused = await refusalOf(() =>
        record({ approvalId, by, text, set: {}, remove: [], kind: "reply", message: { channelId, threadTs, ts } }),
      );
      if (refused !== null) return answerOnce(ports, message, refused);
    }
    if (message.hasFiles) await answerOnce(ports, message, "filesStay");
  };

/** Null when it was recorded. Faults are thrown: the job is tried again. */
async function refusalOf(record: () => Promise<void>): Promise<TalkAnswer | null> {
  try {
    await record();
    return null;
  } catch (thrown) {
    const { code } = fromUnknown(thrown);
    if (code === "already_decided") return "tooLate";
    if (code === "text_too_long") return "tooLong";
    if (code === "not_allowed" || isVerdictOnPerson(code)) return "notConcerned";
    throw thrown;
  }
}

/** An answer that Slack refuses for good is let go: it was for the writer's convenience alone. */
async function answerOnce({ db, talk, clock, log }: HeardPorts, message: Payload<"heard-message">, answer: TalkAnswer): Promise<void> {
  const { by, channelId, threadTs, ts } = message;
  const key = `answered:${channelId}:${ts}:${answer}`;
  if (!(await claimNotice(db, key, clock.now()))) return;
  try {
    await talk.answer(by, { channelId, threadTs }, answer);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    log.warn({ err: error, channelId, ts, answer }, "message.not-answered");
    if (error.code === "slack_refused") return;
    await unclaimNotice(db, key);
    throw thrown;
  }
}

/** The approval on whose card's thread a message stands; null for every other message. */
async function approvalAt(
  db: Kysely<Database>,
  { channelId, threadTs }: { readonly channelId: string; readonly threadTs: string | null },
): Promise<string | null> {
  if (threadTs === null) return null;
  const found = await db
    .selectFrom("card")
    .innerJoin("approval", "approval.request_id", "card.request_id")
    .select("approval.id")
    .where("card.channel_id", "=", channelId)
    .where("card.ts", "=", threadTs)
    .executeTakeFirst();
  return found?.id ?? null;
}
