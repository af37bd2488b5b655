import { type Kysely, sql } from "kysely";

/** An attempt to post a card is on record before it is made: what came of one that was cut off is looked for before it is made again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table card add column posting_since timestamptz`.execute(db);
}
