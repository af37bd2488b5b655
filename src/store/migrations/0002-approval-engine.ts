import { type Kysely, sql } from "kysely";

/** Deadlines, timers, rules by scope, comments and attributes. Approvals of before keep what they had and get what they lack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("approval")
    .addColumn("due_at", "timestamptz")
    .addColumn("urgency", "smallint", (column) => column.notNull().defaultTo(2))
    .execute();
  await db.schema
    .alterTable("request")
    .addColumn("batch_id", "uuid")
    .addColumn("batch_size", "integer", (column) => column.notNull().defaultTo(1))
    .execute();
  await db.schema
    .createTable("approval_rules")
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("scope_id", "text", (column) => column.notNull())
    .addColumn("body", "jsonb", (column) => column.notNull())
    .addColumn("revision", "integer", (column) => column.notNull())
    .addColumn("changed_by", "text", (column) => column.notNull())
    .addColumn("changed_at", "timestamptz", (column) => column.notNull())
    .addPrimaryKeyConstraint("approval_rules_pkey", ["scope", "scope_id"])
    .execute();
  await db.schema
    .createTable("rules_change")
    .addColumn("id", "uuid", (column) => column.primaryKey())
    .addColumn("scope", "text", (column) => column.notNull())
    .addColumn("scope_id", "text", (column) => column.notNull())
    .addColumn("base_revision", "integer", (column) => column.notNull())
    .addColumn("body", "jsonb")
    .addColumn("loosens", "jsonb", (column) => column.notNull())
    .addColumn("status", "text", (column) => column.notNull())
    .addColumn("proposed_by", "text", (column) => column.notNull())
    .addColumn("proposed_at", "timestamptz", (column) => column.notNull())
    .addColumn("settled_by", "text")
    .addColumn("settled_at", "timestamptz")
    .execute();
  await sql`create index rules_change_waiting on rules_change (scope, scope_id) where status = 'WAITING'`.execute(db);
  await sql`
    update approval set body = body
      || jsonb_build_object(
        'comments', '[]'::jsonb,
        'rules', '{"source":{"scope":"SETTINGS","scopeId":"","revision":0},"priority":"MEDIUM","notify":[],"quietHours":null,"passedMakesGrant":false}'::jsonb,
        'additionalAttributes', '{}'::jsonb,
        'modifiedAt', to_jsonb(coalesce(completed_at, created_at)),
        'timers', jsonb_build_object(
          'remindersSent', 0, 'lastReminderTick', null, 'escalationStep', 0, 'lastEscalationTick', null,
          'isEscalated', false, 'isChainExhausted', false),
        'seats', (
          select coalesce(jsonb_agg(
            seat || jsonb_build_object('insteadOf', null, 'autoApproveFor', null)
              || case when jsonb_typeof(seat -> 'decision') = 'object'
                   then jsonb_build_object('decision', seat -> 'decision' || '{"capacity":"APPROVER"}') else '{}' end
            order by place), '[]'::jsonb)
          from jsonb_array_elements(body -> 'seats') with ordinality as of_seats (seat, place)),
        'reassignmentHistory', (
          select coalesce(jsonb_agg(entry || '{"commentId":null}' order by place), '[]'::jsonb)
          from jsonb_array_elements(body -> 'reassignmentHistory') with ordinality as of_history (entry, place)))`.execute(db);
}
