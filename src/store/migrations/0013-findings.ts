import { type Kysely, sql } from "kysely";

/** What the reconciler found in ZPA that is not as it should be, where people were told, and what a pass must look up quickly. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("finding")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("microtenant_key", "text", (c) => c.notNull())
    .addColumn("zpa_id", "text")
    .addColumn("grant_id", "uuid", (c) => c.references("access_grant.id"))
    .addColumn("fingerprint", "text", (c) => c.notNull())
    .addColumn("body", "jsonb", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("wanted", "jsonb")
    .addColumn("failure", "jsonb")
    .addColumn("is_told", "boolean", (c) => c.notNull())
    .addColumn("settled_by", "text")
    .addColumn("reason", "text")
    .addColumn("owner", "text")
    .addColumn("found_at", "timestamptz", (c) => c.notNull())
    .addColumn("settled_at", "timestamptz")
    .addColumn("closed_at", "timestamptz")
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .execute();
  // Two passes, or a pass that is run again, find the same thing once; and of one thing one finding at a time waits for somebody.
  await sql`create unique index finding_once on finding (kind, subject, fingerprint) where closed_at is null`.execute(db);
  await sql`create unique index finding_open on finding (kind, subject) where status = 'OPEN'`.execute(db);
  await sql`create index finding_standing on finding (microtenant_key) where closed_at is null`.execute(db);
  await db.schema
    .createTable("finding_card")
    .addColumn("finding_id", "uuid", (c) => c.notNull().references("finding.id"))
    .addColumn("place", "text", (c) => c.notNull())
    .addColumn("channel_id", "text", (c) => c.notNull())
    .addColumn("ts", "text", (c) => c.notNull())
    .addColumn("shown", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("finding_card_pkey", ["finding_id", "place"])
    .execute();
  await db.schema
    .createTable("reconcile_pass")
    .addColumn("id", "integer", (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .addColumn("finished_at", "timestamptz")
    .addColumn("summary", "jsonb")
    .execute();
  await sql`insert into reconcile_pass (id) values (1)`.execute(db);
  // However many requests are stored, a pass reads the grants that stand and the attempts that fit what the tenant lists.
  await sql`create index access_grant_standing on access_grant (microtenant_key, end_at, id) where status = 'GRANTED'`.execute(db);
  await sql`create index grant_attempt_sent on grant_attempt (lower(email), start_at, end_at)`.execute(db);
}
