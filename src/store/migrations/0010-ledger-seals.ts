import { type Kysely, sql } from "kysely";

/**
 * The ledger's events are chained by one sealer, after they were committed. What waits for it is marked in the transaction that writes
 * the event, so that an event is unmarked exactly when it is sealed, in whatever order transactions commit.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("ledger_seal")
    .addColumn("number", "bigint", (c) => c.primaryKey())
    .addColumn("event_id", "bigint", (c) => c.notNull().unique())
    .addColumn("mac", "text", (c) => c.notNull())
    .addColumn("key_id", "text", (c) => c.notNull())
    .execute();
  await sql`
    create trigger ledger_seal_append_only before update or delete or truncate on ledger_seal
    for each statement execute function refuse_ledger_change()`.execute(db);
  await sql`create index ledger_event_at on ledger_event (at, id)`.execute(db);

  await db.schema
    .createTable("ledger_unsealed")
    .addColumn("event_id", "bigint", (c) => c.primaryKey())
    .execute();
  await sql`insert into ledger_unsealed (event_id) select id from ledger_event`.execute(db);
  await sql`
    create function mark_ledger_unsealed() returns trigger language plpgsql as $$
    begin
      insert into ledger_unsealed (event_id) select id from added;
      return null;
    end $$`.execute(db);
  await sql`
    create trigger ledger_event_unsealed after insert on ledger_event
    referencing new table as added for each statement execute function mark_ledger_unsealed()`.execute(db);

  await db.schema
    .createTable("siem_cursor")
    .addColumn("id", "integer", (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn("shipped", "bigint", (c) => c.notNull())
    .addColumn("batch_end", "bigint")
    .addColumn("shipped_at", "timestamptz")
    .addColumn("failures", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("last_failure", "text")
    .addColumn("next_at", "timestamptz")
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .execute();
}
