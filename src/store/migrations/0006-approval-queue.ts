import { type Kysely, sql } from "kysely";

/**
 * What waits for a person is one look-up: `holder_keys` names only seats whose turn it is, `barred_keys` who may not decide although a
 * seat would be theirs, `seated_keys` who has a seat of their own and therefore does not count for a group. Where people stand in their
 * lists, and decisions made for many at once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("approval")
    .addColumn("barred_keys", sql`text[]`, (column) => column.notNull().defaultTo(sql`'{}'`))
    .addColumn("seated_keys", sql`text[]`, (column) => column.notNull().defaultTo(sql`'{}'`))
    .execute();
  await sql`
    update approval set
      holder_keys = case when body -> 'criteria' ->> 'type' = 'SERIAL' then holder_keys[1:1] else holder_keys end,
      barred_keys = array(
        select 'person:' || (seat -> 'decision' -> 'by' ->> 'userId') from jsonb_array_elements(body -> 'seats') seat
        where jsonb_typeof(seat -> 'decision') = 'object'
        union select key from unnest(array['person:' || requester_user_id, 'person:' || beneficiary_user_id]) key
        where body -> 'config' ->> 'selfApproval' is distinct from 'ALLOWED'
        union select 'zpa:' || zpa_user from jsonb_array_elements_text(body -> 'interestedZpaUsers') zpa_user
        where body -> 'config' ->> 'selfApproval' is distinct from 'ALLOWED'),
      seated_keys = array(
        select 'person:' || (seat -> 'holder' ->> 'userId') from jsonb_array_elements(body -> 'seats') seat
        where seat -> 'holder' ->> 'kind' = 'person')
    where status = 'PENDING'`.execute(db);
  await sql`
    create index approval_queue on approval (coalesce(due_at, 'infinity'::timestamptz), urgency, created_at, id)
    where status = 'PENDING'`.execute(db);
  await sql`drop index approval_holder_keys`.execute(db);
  await sql`create index approval_holder_keys on approval using gin (holder_keys) where status = 'PENDING'`.execute(db);
  await db.schema
    .createTable("queue_view")
    .addColumn("user_id", "text", (column) => column.notNull())
    .addColumn("surface", "text", (column) => column.notNull())
    .addColumn("view_id", "text")
    .addColumn("place", "jsonb", (column) => column.notNull())
    .addColumn("drawn_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("queue_view_pkey", ["user_id", "surface"])
    .execute();
  await db.schema
    .createTable("bulk_command")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("submission_key", "text", (column) => column.notNull().unique())
    .addColumn("body", "jsonb", (column) => column.notNull())
    .addColumn("results", "jsonb", (column) => column.notNull().defaultTo(sql`'{}'`))
    .addColumn("created_at", "timestamptz", (column) => column.notNull())
    .addColumn("finished_at", "timestamptz")
    .execute();
}
