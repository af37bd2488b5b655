import type { Kysely } from "kysely";

/** Whether a privileged approval on a segment does anything, as of the last reading of ZPA's rules of access. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("segment_coverage")
    .addColumn("segment_id", "text", (c) => c.primaryKey())
    .addColumn("microtenant_id", "text")
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("rule_id", "text")
    .addColumn("reason", "jsonb", (c) => c.notNull())
    .addColumn("checked_at", "timestamptz", (c) => c.notNull())
    .execute();
}
