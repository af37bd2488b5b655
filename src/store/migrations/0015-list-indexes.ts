import { type Kysely, sql } from "kysely";

/** A person's lists cost what they show, not what the person has ever asked for. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index request_of_requester on request (requester_user_id, created_at desc)`.execute(db);
  await sql`create index request_of_beneficiary on request (beneficiary_user_id, window_end)`.execute(db);
}
