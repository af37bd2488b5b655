import { type Kysely, sql } from "kysely";
import type { Database } from "../../src/store/schema.ts";

/**
 * Stores requests that are over, with all that stays of them: copies of one that was asked for, approved, granted and ended. They
 * belong to many people; one in a thousand to the person whose lists are measured, who also decided one in a hundred.
 *
 * @param from how many of them are stored already
 * @param until how many there are to be
 */
export async function storeHistory(db: Kysely<Database>, template: Template, from: number, until: number): Promise<void> {
  for (let begin = from + 1; begin <= until; begin += BATCH) await storeBatch(db, template, begin, Math.min(until, begin + BATCH - 1));
}

export interface Template {
  readonly requestId: string;
  readonly requester: string;
  readonly approver: string;
}

const BATCH = 50_000;

async function storeBatch(db: Kysely<Database>, { requestId, requester, approver }: Template, from: number, until: number): Promise<void> {
  const numbers = sql`generate_series(${from}::bigint, ${until}::bigint) as n`;
  const requestOf = sql`uuid_in(overlay(overlay(md5('request' || n) placing '4' from 13) placing '8' from 17)::cstring)`;
  const grantOf = sql`uuid_in(overlay(overlay(md5('grant' || n) placing '4' from 13) placing '8' from 17)::cstring)`;
  const person = sql`case when n % 1000 = 0 then ${requester} else 'U' || (n % 5000) end`;
  const ago = sql`interval '1 minute' * (n + 10)`;
  await sql`
    insert into request (id, requester, beneficiary, requester_user_id, beneficiary_user_id, consoles, requested_time, reason, status,
      window_start, window_end, submission_key, created_at, decided_at)
    select ${requestOf}, t.requester, t.beneficiary, ${person}, ${person}, t.consoles, t.requested_time, 'OPS-' || n, 'ENDED',
      now() - ${ago} - interval '1 hour', now() - ${ago}, 'history:' || n, now() - ${ago} - interval '2 hours', now() - ${ago} - interval '1 hour'
    from request t, ${numbers} where t.id = ${requestId}`.execute(db);
  await sql`
    insert into approval (id, request_id, status, version, body, requester_user_id, beneficiary_user_id, holder_keys, barred_keys,
      seated_keys, created_at, completed_at)
    select gen_random_uuid(), ${requestOf}, 'APPROVED', 2, t.body, ${person}, ${person}, '{}'::text[], t.barred_keys,
      case when n % 100 = 0 then array['person:' || ${approver}::text] else array['person:U' || (n % 300)] end,
      now() - ${ago} - interval '2 hours', now() - ${ago} - interval '1 hour'
    from approval t, ${numbers} where t.request_id = ${requestId}`.execute(db);
  await sql`
    insert into access_grant (id, request_id, microtenant_key, part, email, segment_ids, segment_key, console_ids, start_at, end_at, status,
      zpa_id, created_at, updated_at)
    select ${grantOf}, ${requestOf}, '', 0, case when n % 1000 = 0 then t.email else 'person' || (n % 5000) || '@example.com' end,
      t.segment_ids, t.segment_key, t.console_ids, now() - ${ago} - interval '1 hour', now() - ${ago}, 'ENDED', (1000000 + n)::text,
      now() - ${ago} - interval '1 hour', now() - ${ago}
    from access_grant t, ${numbers} where t.request_id = ${requestId}`.execute(db);
  await sql`
    insert into grant_attempt (id, grant_id, email, segment_key, microtenant_key, start_at, end_at, attempted_at, outcome)
    select gen_random_uuid(), g.id, g.email, g.segment_key, g.microtenant_key, g.start_at, g.end_at, g.start_at, 'ANSWERED'
    from access_grant g, ${numbers} where g.id = ${grantOf}`.execute(db);
}
