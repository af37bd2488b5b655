import { type Kysely, sql } from "kysely";

/** Approvals of SailPoint's that become access: what of them was shown first, and what came of each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("governed_approval")
    .addColumn("sailpoint_id", "text", (c) => c.primaryKey())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("name", "text")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("seen_at", "timestamptz", (c) => c.notNull())
    .addColumn("seen_pending", "boolean", (c) => c.notNull())
    .addColumn("shown_digest", "text")
    .addColumn("shown_requestee_id", "text")
    .addColumn("shown_since", "timestamptz")
    .addColumn("shown_otherwise", "boolean", (c) => c.notNull().defaultTo(false))
    .addColumn("request_ids", "jsonb", (c) => c.notNull().defaultTo(sql`'[]'::jsonb`))
    .addColumn("refusal", "jsonb")
    .addColumn("requestee_user_id", "text")
    .addColumn("settled_at", "timestamptz")
    .execute();
  await sql`create index governed_approval_due on governed_approval (sailpoint_id) where status in ('DUE', 'WITHDRAWING')`.execute(db);
  await db.schema
    .createTable("governed_type")
    .addColumn("type", "text", (c) => c.primaryKey())
    .addColumn("since", "timestamptz", (c) => c.notNull())
    .addColumn("looked_at", "timestamptz")
    .execute();
}
