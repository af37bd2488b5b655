import { type Kysely, sql } from "kysely";

/** What a waiting change of rules was compared with, and the messages in which administrators are asked about it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("rules_change")
    .addColumn("before", "jsonb")
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .execute();
  await db.schema
    .createTable("rules_change_card")
    .addColumn("change_id", "uuid", (column) => column.notNull().references("rules_change.id"))
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("channel_id", "text", (column) => column.notNull())
    .addColumn("ts", "text", (column) => column.notNull())
    .addColumn("shown", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("rules_change_card_pkey", ["change_id", "user_id"])
    .execute();
  // Rules that are taken away leave their last revision behind in the ledger.
  await sql`create index ledger_event_rules on ledger_event (subject) where kind = 'rules.deleted'`.execute(db);
}
