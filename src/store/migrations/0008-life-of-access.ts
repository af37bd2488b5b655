import { type Kysely, sql } from "kysely";

/** Where access comes from, how it changes, and how it ends before its time. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("request")
    .addColumn("origin", "text", (c) => c.notNull().defaultTo("REQUEST"))
    .addColumn("renews_id", "uuid", (c) => c.references("request.id"))
    .addColumn("ending", "jsonb")
    .addColumn("amendments", "jsonb", (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .execute();
  await db.schema.createIndex("request_renews_id").on("request").column("renews_id").execute();
  await db.schema.alterTable("access_grant").addColumn("changing_from", "jsonb").execute();
  await db.schema
    .alterTable("grant_attempt")
    .addColumn("outcome", "text", (c) => c.notNull().defaultTo("UNKNOWN"))
    .execute();
  // Until now nothing was noted: what has been read back was answered.
  await sql`
    update grant_attempt set outcome = 'ANSWERED'
    where grant_id in (select id from access_grant where status in ('GRANTED', 'ENDED'))`.execute(db);
  await sql`
    create index access_grant_in_work on access_grant (id)
    where status in ('PLANNED', 'ENDING') or changing_from is not null`.execute(db);
  // A change of the hours may end a half of overnight hours and plan it again: once of what stands.
  await db.schema.alterTable("access_grant").dropConstraint("access_grant_once_per_microtenant").execute();
  await sql`
    create unique index access_grant_once_per_microtenant on access_grant (request_id, microtenant_key, part)
    where status in ('PLANNED', 'GRANTED')`.execute(db);
  await db.schema.createIndex("access_grant_zpa_id").on("access_grant").column("zpa_id").execute();
}
