import { type Kysely, sql } from "kysely";

/** Which chain was shipped: numbers alone come again when the end of the chain is cut off. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("siem_cursor")
    .addColumn("shipped_mac", "text")
    .addColumn("fork_after", "bigint")
    .addColumn("fork_shipped", "bigint")
    .addColumn("fork_at", "timestamptz")
    .execute();
  await db.schema
    .createTable("siem_shipped")
    .addColumn("number", "bigint", (c) => c.primaryKey())
    .addColumn("mac", "text", (c) => c.notNull())
    .execute();
  await sql`
    update siem_cursor set shipped_mac = (select mac from ledger_seal where number = siem_cursor.shipped)`.execute(db);
  await sql`insert into siem_shipped (number, mac) select shipped, shipped_mac from siem_cursor where shipped_mac is not null`.execute(db);
}
