import { type Kysely, sql } from "kysely";

/** Each card of a batch names the others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index request_of_batch on request (batch_id) where batch_id is not null`.execute(db);
}
