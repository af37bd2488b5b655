import type { ColumnType } from "kysely";
import type { Instant, InstantOrNull, Json } from "./columns.ts";

/** What the reconciler found in ZPA that is not as it should be. It stands until closed_at is set. */
export interface FindingTable {
  id: string; // uuid, primary key
  kind: string; // CHANGED, MISSING, FOREIGN, MANY, LIST
  subject: string; // grant id, 'microtenant/zpa id' or a microtenant's key; unique with kind while OPEN, and with the fingerprint while it stands
  microtenant_key: string;
  zpa_id: string | null;
  grant_id: string | null; // references access_grant
  fingerprint: string; // of what stands in ZPA and what is intended
  body: Json; // what is shown: fields, intended, seen
  status: string; // OPEN, ADOPTED, RESTORED, IGNORED, REVOKED, GONE
  version: number;
  wanted: ColumnType<object | null, string | null | undefined, string | null>; // what an administrator decided and a job is bringing about
  failure: ColumnType<object | null, string | null | undefined, string | null>; // why that did not come about
  is_told: boolean; // has a message of its own; else it is one of many
  settled_by: string | null;
  reason: string | null;
  owner: string | null; // of an adopted foreign one: who answers for it
  found_at: Instant;
  settled_at: InstantOrNull;
  closed_at: InstantOrNull; // it counts no more
  claimed_by: ColumnType<string | null, string | null | undefined, string | null>; // the worker that shows it in Slack
  claimed_until: ColumnType<Date | null, Date | null | undefined, Date | null>; // by the database's clock
}

/** Where a finding is shown. */
export interface FindingCardTable {
  finding_id: string; // references finding; primary key with place
  place: string; // the channel, or the person
  channel_id: string;
  ts: string;
  shown: string; // hash of what stands there
}

/** One row: who compares the tenant now, and what the last pass came to. */
export interface ReconcilePassTable {
  id: number; // always 1
  claimed_by: string | null;
  claimed_until: InstantOrNull; // by the database's clock
  finished_at: InstantOrNull;
  summary: ColumnType<object | null, string | null, string | null>;
}
