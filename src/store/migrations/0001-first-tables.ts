import { type CreateTableBuilder, type Kysely, sql } from "kysely";

/** A migration never imports the schema: it says what the tables were on its day. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createRequests(db);
  await createApprovals(db);
  await createGrants(db);
  await createLedger(db);
  await createCards(db);
  await createCatalog(db);
}

const now = sql`now()`;

async function createRequests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("request")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("number", sql`integer generated always as identity (start with 1001)`, (c) => c.notNull().unique())
    .addColumn("requester", "jsonb", (c) => c.notNull())
    .addColumn("beneficiary", "jsonb", (c) => c.notNull())
    .addColumn("requester_user_id", "text", (c) => c.notNull())
    .addColumn("beneficiary_user_id", "text", (c) => c.notNull())
    .addColumn("consoles", "jsonb", (c) => c.notNull())
    .addColumn("requested_time", "jsonb", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("window_start", "timestamptz")
    .addColumn("window_end", "timestamptz")
    .addColumn("failure", "jsonb")
    .addColumn("submission_key", "text", (c) => c.notNull().unique())
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addColumn("decided_at", "timestamptz")
    .execute();
  await index(db, "request", ["requester_user_id", "status"]);
  await index(db, "request", ["beneficiary_user_id", "status"]);
  await index(db, "request", ["status"]);
}

async function createApprovals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("approval")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("request_id", "uuid", (c) => c.notNull().references("request.id"))
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("body", "jsonb", (c) => c.notNull())
    .addColumn("requester_user_id", "text", (c) => c.notNull())
    .addColumn("beneficiary_user_id", "text", (c) => c.notNull())
    .addColumn("holder_keys", sql`text[]`, (c) => c.notNull())
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addColumn("completed_at", "timestamptz")
    .execute();
  await index(db, "approval", ["request_id"]);
  await sql`create index approval_pending on approval (created_at) where status = 'PENDING'`.execute(db);
  await sql`create index approval_holder_keys on approval using gin (holder_keys)`.execute(db);
}

async function createGrants(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("access_grant")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("request_id", "uuid", (c) => c.notNull().references("request.id"))
    .$call(withTarget)
    .addColumn("part", "integer", (c) => c.notNull())
    .addColumn("segment_ids", "jsonb", (c) => c.notNull())
    .addColumn("console_ids", "jsonb", (c) => c.notNull())
    .addColumn("working_hours", "jsonb")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("zpa_id", "text")
    .addColumn("failure", "jsonb")
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addColumn("updated_at", "timestamptz", (c) => c.notNull())
    .addUniqueConstraint("access_grant_once_per_microtenant", ["request_id", "microtenant_key", "part"])
    // ZPA has no idempotency key: these five are ours.
    .addUniqueConstraint("access_grant_key", ["email", "microtenant_key", "segment_key", "start_at", "end_at"])
    .execute();
  await index(db, "access_grant", ["status"]);

  await db.schema
    .createTable("grant_attempt")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("grant_id", "uuid", (c) => c.notNull().references("access_grant.id"))
    .$call(withTarget)
    .addColumn("attempted_at", "timestamptz", (c) => c.notNull())
    .execute();
  await index(db, "grant_attempt", ["grant_id"]);
}

/** What a privileged approval is recognised by. */
const withTarget = <Table extends string, Column extends string>(table: CreateTableBuilder<Table, Column>) =>
  table
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("microtenant_key", "text", (c) => c.notNull())
    .addColumn("segment_key", "text", (c) => c.notNull())
    .addColumn("start_at", "timestamptz", (c) => c.notNull())
    .addColumn("end_at", "timestamptz", (c) => c.notNull());

async function createLedger(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("ledger_event")
    .addColumn("id", sql`bigint generated always as identity`, (c) => c.primaryKey())
    .addColumn("at", "timestamptz", (c) => c.notNull())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("request_id", "uuid")
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("before", "jsonb")
    .addColumn("after", "jsonb")
    .execute();
  await index(db, "ledger_event", ["request_id"]);
  await sql`
    create function refuse_ledger_change() returns trigger language plpgsql as $$
    begin
      raise exception 'the ledger is append-only' using errcode = 'restrict_violation';
    end $$`.execute(db);
  // By statement: TRUNCATE has no rows, and an UPDATE that matches none is still refused.
  await sql`
    create trigger ledger_event_append_only before update or delete or truncate on ledger_event
    for each statement execute function refuse_ledger_change()`.execute(db);
}

async function createCards(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("card")
    .addColumn("id", "uuid", (c) => c.primaryKey())
    .addColumn("request_id", "uuid", (c) => c.notNull().references("request.id"))
    .addColumn("audience", "text", (c) => c.notNull())
    .addColumn("channel_id", "text", (c) => c.notNull())
    .addColumn("ts", "text")
    .addColumn("shown", "text")
    .addColumn("claimed_by", "text")
    .addColumn("claimed_until", "timestamptz")
    .addColumn("created_at", "timestamptz", (c) => c.notNull())
    .addUniqueConstraint("card_once_per_audience", ["request_id", "audience"])
    .execute();
  await db.schema
    .createTable("notice")
    .addColumn("key", "text", (c) => c.primaryKey())
    .addColumn("said_at", "timestamptz", (c) => c.notNull())
    .execute();
}

async function createCatalog(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("catalog")
    .addColumn("id", "integer", (c) => c.primaryKey().check(sql`id = 1`))
    .addColumn("snapshot", "jsonb", (c) => c.notNull())
    .addColumn("refreshed_at", "timestamptz", (c) => c.notNull())
    .execute();
  await db.schema
    .createTable("seen_event")
    .addColumn("event_id", "text", (c) => c.primaryKey())
    .addColumn("seen_at", "timestamptz", (c) => c.notNull().defaultTo(now))
    .execute();
  await index(db, "seen_event", ["seen_at"]);
}

const index = (db: Kysely<unknown>, table: string, columns: string[]): Promise<void> =>
  db.schema
    .createIndex([table, ...columns].join("_"))
    .on(table)
    .columns(columns)
    .execute();
