import { type Kysely, sql } from "kysely";

/** Approvals of SailPoint's that were seen, whose they are in Slack, what was said about them there, and what was decided. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table sailpoint_approval (
      id text primary key,
      status text not null,
      version integer not null,
      fingerprint text not null,
      body jsonb not null,
      assignee_ids text[] not null,
      urgency smallint not null,
      words text not null,
      was_there boolean not null,
      created_at timestamptz,
      modified_at timestamptz,
      due_at timestamptz,
      decided_at timestamptz,
      read_at timestamptz not null,
      seen_at timestamptz not null
    )`.execute(db);
  await sql`create index sailpoint_approval_asked on sailpoint_approval using gin (assignee_ids) where status = 'PENDING'`.execute(db);
  await sql`
    create table sailpoint_identity (
      id text primary key,
      type text,
      name text,
      email text,
      user_id text,
      problem text,
      looked_at timestamptz,
      told_at timestamptz
    )`.execute(db);
  await sql`create index sailpoint_identity_user on sailpoint_identity (user_id) where user_id is not null`.execute(db);
  await sql`create index sailpoint_identity_email on sailpoint_identity (email)`.execute(db);
  await sql`
    create table sailpoint_message (
      id uuid primary key,
      kind text not null,
      user_id text not null,
      approval_id text references sailpoint_approval,
      body jsonb not null,
      channel_id text,
      ts text,
      shown text,
      posting_since timestamptz,
      claimed_by text,
      claimed_until timestamptz,
      created_at timestamptz not null
    )`.execute(db);
  await sql`create unique index sailpoint_message_card on sailpoint_message (approval_id, user_id) where kind = 'CARD'`.execute(db);
  // For what was there when the tenant was connected nobody hears twice.
  await sql`create unique index sailpoint_message_first on sailpoint_message (user_id) where kind = 'FIRST'`.execute(db);
  await sql`create index sailpoint_message_user on sailpoint_message (user_id) where channel_id is not null`.execute(db);
  await sql`
    create table sailpoint_told (
      approval_id text not null references sailpoint_approval,
      user_id text not null,
      message_id uuid not null references sailpoint_message,
      primary key (approval_id, user_id)
    )`.execute(db);
  await sql`
    create table sailpoint_decision (
      id uuid primary key,
      approval_id text not null references sailpoint_approval,
      version integer not null,
      deed jsonb not null,
      by_actor jsonb not null,
      by_user_id text not null,
      place jsonb not null,
      state text not null,
      seat_id text,
      looks integer not null default 0,
      failure jsonb,
      sent_at timestamptz,
      created_at timestamptz not null,
      settled_at timestamptz,
      told_at timestamptz
    )`.execute(db);
  // One write at a time is on its way for an approval, whatever replica and worker it is in; and one wish of each person.
  await sql`
    create unique index sailpoint_decision_sending on sailpoint_decision (approval_id)
    where state in ('TAKING', 'TAKEN', 'SENDING', 'SENT')`.execute(db);
  await sql`create unique index sailpoint_decision_open on sailpoint_decision (approval_id, by_user_id) where settled_at is null`.execute(
    db,
  );
  await sql`
    create table sailpoint_poll (
      id integer primary key,
      claimed_by text,
      claimed_until timestamptz,
      first_done_at timestamptz,
      good_at timestamptz,
      failed_since timestamptz,
      failure text,
      pending integer
    )`.execute(db);
}
