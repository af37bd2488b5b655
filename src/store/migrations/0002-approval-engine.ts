import { type Kysely, sql } from "kysely";

/** Deadlines, timers, comments and attributes. Approvals of before keep what they had and get what they lack. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("approval").addColumn("due_at", "timestamptz").execute();
  await sql`
    update approval set body = body
      || jsonb_build_object(
        'comments', '[]'::jsonb,
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
