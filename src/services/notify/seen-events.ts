import { type Kysely, sql } from "kysely";
import type { Database } from "../../store/schema.ts";

/** Remembers an event of Slack's as seen; `false` when it was already, on whatever replica. */
export async function claimEvent(db: Kysely<Database>, eventId: string): Promise<boolean> {
  const claimed = await db
    .insertInto("seen_event")
    .values({ event_id: eventId })
    .onConflict((conflict) => conflict.column("event_id").doNothing())
    .executeTakeFirst();
  return claimed.numInsertedOrUpdatedRows === 1n;
}

/** Slack delivers an event up to four times within six minutes; a day is ample. */
export async function forgetOldEvents(db: Kysely<Database>): Promise<void> {
  await db.deleteFrom("seen_event").where("seen_at", "<", sql<Date>`now() - interval '1 day'`).execute();
}
