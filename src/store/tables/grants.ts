import type { ColumnType, Generated } from "kysely";
import type { Instant, InstantOrNull, Json, JsonOrNull } from "./columns.ts";

export interface GrantTable {
  id: string; // uuid, primary key
  request_id: string; // references request; unique (request_id, microtenant_key, part)
  microtenant_key: string; // microtenant id, '' for Default
  part: number; // 0; 1 is the second half of overnight hours that are split at midnight
  email: string;
  segment_ids: Json; // string[], sorted
  segment_key: string; // sorted ids joined by ','
  console_ids: Json;
  start_at: Instant; // unique (email, microtenant_key, segment_key, start_at, end_at)
  end_at: Instant;
  working_hours: JsonOrNull; // with the crons
  changing_from: ColumnType<object | null, string | null | undefined, string | null>; // GrantTerms that stand in ZPA while a change is written
  status: string; // indexed
  zpa_id: string | null;
  failure: JsonOrNull;
  claimed_by: string | null; // the run that works on it; two runs at once would write two privileged approvals
  claimed_until: InstantOrNull; // by the database's clock; a claim of a dead run runs out
  created_at: Instant;
  updated_at: Instant;
}

export interface GrantAttemptTable {
  id: string; // uuid
  grant_id: string; // references access_grant, indexed
  email: string;
  segment_key: string;
  microtenant_key: string;
  start_at: Instant;
  end_at: Instant;
  attempted_at: Instant;
  outcome: Generated<string>; // UNKNOWN until ZPA's answer is: ANSWERED, REFUSED
}
