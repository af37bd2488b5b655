import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/schema.ts";

/** A message in which an administrator is asked about a change. */
export interface ChangeCard {
  readonly userId: string;
  readonly channelId: string;
  readonly ts: string;
  /** Digest of what stands there. */
  readonly shown: string;
}

export async function changeCards(db: Kysely<Database>, changeId: string): Promise<readonly ChangeCard[]> {
  const rows = await db.selectFrom("rules_change_card").selectAll().where("change_id", "=", changeId).orderBy("user_id").execute();
  return rows.map(({ user_id, channel_id, ts, shown }) => ({ userId: user_id, channelId: channel_id, ts, shown }));
}

export async function noteChangeCard(db: Kysely<Database>, changeId: string, card: ChangeCard): Promise<void> {
  const where = { channel_id: card.channelId, ts: card.ts, shown: card.shown };
  await db
    .insertInto("rules_change_card")
    .values({ change_id: changeId, user_id: card.userId, ...where })
    .onConflict((conflict) => conflict.columns(["change_id", "user_id"]).doUpdateSet(where))
    .execute();
}

const CLAIM = sql<Date>`now() + interval '60 seconds'`;

/** Takes, or keeps, the right to show a change in Slack; `false` while another worker has it. A dead worker's claim runs out. */
export async function claimChange(db: Kysely<Database>, changeId: string, worker: string): Promise<boolean> {
  const claimed = await db
    .updateTable("rules_change")
    .set({ claimed_by: worker, claimed_until: CLAIM })
    .where("id", "=", changeId)
    .where((eb) => eb.or([eb("claimed_by", "is", null), eb("claimed_by", "=", worker), eb("claimed_until", "<", sql<Date>`now()`)]))
    .executeTakeFirst();
  return claimed.numUpdatedRows === 1n;
}

export async function releaseChange(db: Kysely<Database>, changeId: string, worker: string): Promise<void> {
  await db
    .updateTable("rules_change")
    .set({ claimed_by: null, claimed_until: null })
    .where("id", "=", changeId)
    .where("claimed_by", "=", worker)
    .execute();
}
