import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Instant, InstantOrNull, Json, JsonOrNull } from "./columns.ts";

export interface RequestTable {
  id: string; // uuid, primary key
  number: GeneratedAlways<number>; // identity from 1001, unique
  requester: Json; // Person at the time of asking
  beneficiary: Json;
  requester_user_id: string; // indexed with status
  beneficiary_user_id: string; // indexed with status
  consoles: Json; // CatalogConsole[] as they were shown to the requester and the approvers
  requested_time: Json;
  reason: string;
  status: string; // indexed
  window_start: InstantOrNull;
  window_end: InstantOrNull;
  failure: JsonOrNull;
  submission_key: string; // unique: one submission of one view makes one request
  batch_id: ColumnType<string | null, string | null | undefined, string | null>; // shared by the requests that one submission made
  batch_size: Generated<number>; // how many those are
  origin: Generated<string>; // REQUEST, ON_CALL, BREAK_GLASS, RENEWAL, SAILPOINT
  renews_id: ColumnType<string | null, string | null | undefined, string | null>; // references request
  ending: ColumnType<object | null, string | null | undefined, string | null>; // who ended the access before its time, and why
  amendments: ColumnType<object, string | undefined, string>; // Amendment[], the oldest first
  created_at: Instant;
  decided_at: InstantOrNull;
}

export interface ApprovalTable {
  id: string; // uuid, primary key
  request_id: string; // references request, indexed
  status: string; // partial index where PENDING
  version: number;
  body: Json; // all that has no column: seats, criteria, config, comments, timers …
  requester_user_id: string;
  beneficiary_user_id: string;
  holder_keys: ColumnType<string[], string[], string[]>; // text[] of 'person:U1' | 'group:S1' of seats whose turn it is; partial GIN index
  barred_keys: ColumnType<string[], string[] | undefined, string[]>; // text[] of 'person:U1' | 'zpa:ana@…' who may not decide (any more)
  seated_keys: ColumnType<string[], string[] | undefined, string[]>; // text[] of 'person:U1' who hold a seat of their own, decided or not
  due_at: InstantOrNull; // when it times out; partial index (due, urgency, created_at, id) where PENDING is a queue's order
  urgency: Generated<number>; // 1 HIGH, 2 MEDIUM, 3 LOW
  created_at: Instant;
  completed_at: InstantOrNull;
}
