import { type Kysely, sql } from "kysely";

/** The reviews that whoever breaks the glass owes. One that is not answered yet keeps its person from the next use. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("break_glass_review")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("user_id", "text", (c) => c.notNull())
    .addColumn("zpa_user", "text", (c) => c.notNull())
    .addColumn("request_ids", "jsonb", (c) => c.notNull())
    .addColumn("opened_at", "timestamptz", (c) => c.notNull())
    .addColumn("asks", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("last_asked_at", "timestamptz")
    .addColumn("answer", "jsonb")
    .addColumn("answered_by", "text")
    .addColumn("answered_at", "timestamptz")
    .execute();
  await sql`create unique index break_glass_review_due_of_user on break_glass_review (user_id) where answered_at is null`.execute(db);
  await sql`create unique index break_glass_review_due_of_zpa_user on break_glass_review (zpa_user) where answered_at is null`.execute(db);
  await sql`create index break_glass_review_requests on break_glass_review using gin (request_ids)`.execute(db);
}
