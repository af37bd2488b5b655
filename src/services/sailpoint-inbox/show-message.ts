import { addSeconds } from "date-fns/addSeconds";
import { type Kysely, type Selectable, sql } from "kysely";
import { fromUnknown } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { SailPointMessageTable } from "../../store/tables/sailpoint.ts";
import { readSeen } from "./approval-rows.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { type CardPorts, loadCard } from "./load-card.ts";
import { DigestBody, type PostedMessage, type SailPointMessage, type SailPointMessagePort, UnmappedBody } from "./messages.ts";

export type ShowPorts = CardPorts & Pick<InboxPorts, "jobs" | "clock" | "ids" | "log"> & { readonly port: SailPointMessagePort };

type Row = Selectable<SailPointMessageTable>;

const COME_BACK_SECONDS = 1;
/** By the database's clock, which all replicas share. Longer than a message waits for its turn. */
const CLAIM = sql<Date>`now() + interval '90 seconds'`;
/** Names that a digest shows. */
const NAMED = 5;

/**
 * The job that brings one message up to its state: posts it, or changes what stands there. One worker at a time shows it, and reads after it
 * got the claim. Each attempt to post is on record before it is made; one whose outcome nobody noted is looked for before it is made again.
 */
export const showMessage =
  (ports: ShowPorts) =>
  async ({ messageId }: { readonly messageId: string }): Promise<void> => {
    const { db, ids, jobs, clock } = ports;
    const worker = ids.uuid();
    const row = await claimed(db, messageId, worker);
    if (row === null) {
      const startAfter = addSeconds(clock.now(), COME_BACK_SECONDS);
      return jobs.enqueueNow("show-sailpoint", { messageId }, { startAfter, singletonKey: messageId });
    }
    try {
      await bringUpToDate(ports, row);
    } finally {
      await release(db, messageId, worker);
    }
  };

async function bringUpToDate(ports: ShowPorts, row: Row): Promise<void> {
  const { db, port } = ports;
  const message = await messageOf(ports, row);
  if (message === null) return;
  const shown = await port.digest(row.user_id, message);
  if (row.shown === shown) return;
  const earlier = row.channel_id !== null && row.ts !== null ? { channelId: row.channel_id, ts: row.ts } : await postedEarlier(ports, row);
  const stands = earlier !== null && (await isUpdated(port, earlier, row.user_id, message)) ? earlier : null;
  const { channelId, ts } = stands ?? (await port.post(row.user_id, message, row.id));
  await change(db, row.id, { channel_id: channelId, ts, shown, posting_since: null });
}

async function messageOf(ports: ShowPorts, row: Row): Promise<SailPointMessage | null> {
  switch (row.kind) {
    case "CARD": {
      const card = await loadCard(ports, row.approval_id ?? "", row.user_id);
      return card === null ? null : { kind: "card", card };
    }
    case "UNMAPPED":
      return { kind: "unmapped", ...UnmappedBody.parse(row.body) };
    default: {
      const { count, approvalIds } = DigestBody.parse(row.body);
      const named = await Promise.all(approvalIds.slice(0, NAMED).map((id) => readSeen(ports.db, id)));
      return { kind: "digest", count, isFirst: row.kind === "FIRST", names: named.flatMap((seen) => seen?.approval.name ?? []) };
    }
  }
}

/** Slack says where the direct messages with a person are when it takes one. To whom none was ever recorded none can be looked for. */
async function postedEarlier({ db, port, log }: ShowPorts, row: Row): Promise<PostedMessage | null> {
  if (row.posting_since === null) {
    await db.updateTable("sailpoint_message").set({ posting_since: sql<Date>`now()` }).where("id", "=", row.id).execute();
    return null;
  }
  const place = await db
    .selectFrom("sailpoint_message")
    .select("channel_id")
    .where("user_id", "=", row.user_id)
    .where("channel_id", "is not", null)
    .limit(1)
    .executeTakeFirst();
  if (place?.channel_id == null) return null;
  try {
    return await port.findPosted({ channelId: place.channel_id, since: row.posting_since }, row.id);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "slack_refused") throw thrown;
    log.warn({ err: error, messageId: row.id }, "sailpoint.message-not-looked-for"); // two are better than none
    return null;
  }
}

/** `false` when the message is gone. */
async function isUpdated(port: SailPointMessagePort, posted: PostedMessage, userId: string, message: SailPointMessage): Promise<boolean> {
  try {
    await port.update(posted, userId, message);
    return true;
  } catch (thrown) {
    if (fromUnknown(thrown).details.params?.reason === "message_not_found") return false;
    throw thrown;
  }
}

async function claimed(db: Kysely<Database>, id: string, worker: string): Promise<Row | null> {
  const row = await db
    .updateTable("sailpoint_message")
    .set({ claimed_by: worker, claimed_until: CLAIM })
    .where("id", "=", id)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_until", "<", sql<Date>`now()`)]))
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

async function release(db: Kysely<Database>, id: string, worker: string): Promise<void> {
  await db
    .updateTable("sailpoint_message")
    .set({ claimed_by: null, claimed_until: null })
    .where("id", "=", id)
    .where("claimed_by", "=", worker)
    .execute();
}

const change = async (
  db: Kysely<Database>,
  id: string,
  values: Pick<Row, "channel_id" | "ts" | "shown" | "posting_since">,
): Promise<void> => {
  await db.updateTable("sailpoint_message").set(values).where("id", "=", id).execute();
};
