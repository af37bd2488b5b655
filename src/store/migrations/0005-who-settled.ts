import { type Kysely, sql } from "kysely";

/**
 * Approvals keep who settled them, because the clock may, or that somebody left. Until now it was whoever decided last, and the
 * requester who took a request back.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update approval set body = body || jsonb_build_object('settledBy', case
      when status in ('APPROVED', 'REJECTED') then (
        select seat -> 'decision' -> 'by' from jsonb_array_elements(body -> 'seats') seat
        where jsonb_typeof(seat -> 'decision') = 'object' order by seat -> 'decision' ->> 'at' desc limit 1)
      when status = 'CANCELLED' then (
        select jsonb_build_object('teamId', request.requester ->> 'teamId', 'userId', request.requester_user_id)
        from request where request.id = approval.request_id)
      end)
    where status <> 'PENDING'`.execute(db);
}
