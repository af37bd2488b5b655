import type { Generated, GeneratedAlways } from "kysely";
import type { Instant, InstantOrNull, JsonOrNull } from "./columns.ts";

/** Append-only: the migration refuses UPDATE and DELETE by trigger. */
export interface LedgerEventTable {
  id: GeneratedAlways<string>; // bigint identity, primary key
  at: Instant;
  kind: string; // e.g. request.created, approval.approved, grant.attempted
  request_id: string | null; // indexed
  actor: string; // Slack user id, or 'portcullis'
  subject: string; // e.g. PRA-1042, a grant id
  before: JsonOrNull;
  after: JsonOrNull;
}

/** The chain over the ledger's events, in the order in which the sealer found them. Append-only, as the events are. */
export interface LedgerSealTable {
  number: string; // bigint, primary key: 1, 2, 3 … without a gap
  event_id: string; // unique
  mac: string; // hex; every other cell is what it covers
  key_id: string; // which key made the mac
}

/** Events that wait for the sealer. A trigger writes a row with each event; the sealer takes it away with the seal. */
export interface LedgerUnsealedTable {
  event_id: string; // primary key
}

/** How far the seals have been shipped to the SIEM. */
export interface SiemCursorTable {
  id: number; // always 1
  shipped: string; // number of the last seal whose delivery was answered with yes
  batch_end: string | null; // last seal of the batch that is on its way, so that it is sent again as it was
  shipped_at: InstantOrNull; // of the last answered delivery, also one without events
  failures: Generated<number>; // since then
  last_failure: string | null;
  next_at: InstantOrNull; // no sooner than this, by our clock
  claimed_by: string | null;
  claimed_until: InstantOrNull; // by the database's clock
  shipped_mac: string | null; // of that seal
  fork_after: string | null; // the chain was found to be another from the seal after this one on …
  fork_shipped: string | null; // … where one up to this number had been shipped
  fork_at: InstantOrNull; // when that was found
}

/** The last seal of each batch that was shipped: where a fork of the chain begins is looked for among them. */
export interface SiemShippedTable {
  number: string; // bigint, primary key
  mac: string;
}
