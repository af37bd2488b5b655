import type { ColumnType, Generated, GeneratedAlways, JSONColumnType } from "kysely";

/**
 * The tables as Kysely sees them. Instants are timestamptz; jsonb columns hold plain JSON (dates inside are ISO strings) and are
 * read back into domain objects by the service that owns the table, with zod.
 */
export interface Database {
  request: RequestTable;
  approval: ApprovalTable;
  access_grant: GrantTable;
  grant_attempt: GrantAttemptTable;
  ledger_event: LedgerEventTable;
  ledger_seal: LedgerSealTable;
  ledger_unsealed: LedgerUnsealedTable;
  siem_cursor: SiemCursorTable;
  siem_shipped: SiemShippedTable;
  card: CardTable;
  notice: NoticeTable;
  remark: RemarkTable;
  remark_said: RemarkSaidTable;
  catalog: CatalogTable;
  approval_rules: ApprovalRulesTable;
  rules_change: RulesChangeTable;
  queue_view: QueueViewTable;
  bulk_command: BulkCommandTable;
  rules_change_card: RulesChangeCardTable;
  finding: FindingTable;
  finding_card: FindingCardTable;
  reconcile_pass: ReconcilePassTable;
  break_glass_review: BreakGlassReviewTable;
  seen_event: SeenEventTable;
}

type Json = JSONColumnType<object>;
type JsonOrNull = ColumnType<object | null, string | null, string | null>;
type Instant = ColumnType<Date, Date, Date>;
type InstantOrNull = ColumnType<Date | null, Date | null, Date | null>;

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
  origin: Generated<string>; // REQUEST, ON_CALL, BREAK_GLASS, RENEWAL
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

export interface CardTable {
  id: string; // uuid
  request_id: string; // unique (request_id, audience)
  audience: string; // 'requester:U1' | 'approver:U2' | 'channel:C3'
  channel_id: string; // where it was posted, or is to be posted
  ts: string | null; // null until posted
  shown: string | null; // hash of what stands there
  claimed_by: string | null; // the worker that projects; the requester's card is claimed for the whole request
  claimed_until: InstantOrNull; // by the database's clock; a claim of a dead worker runs out
  created_at: Instant;
}

/** What was said once and is never said twice. */
export interface NoticeTable {
  key: string; // primary key, e.g. 'granted:<requestId>'
  said_at: Instant;
}

/** A comment that was made for itself, and not along with a decision: it is said in the threads of the request's cards. */
export interface RemarkTable {
  approval_id: string; // primary key with comment_id
  comment_id: string; // of the approval's comments
  kind: string; // question, comment, reply
  channel_id: string | null; // of a reply: where it was written; unique with ts
  thread_ts: string | null;
  ts: string | null;
  created_at: Instant;
}

/** In which cards' threads a remark has been said, or at least been tried to be. */
export interface RemarkSaidTable {
  approval_id: string; // primary key with comment_id and audience
  comment_id: string;
  audience: string; // as in the card table
  attempted_at: Instant;
  ts: string | null; // null until Slack's answer is known
}

export interface CatalogTable {
  id: number; // always 1
  snapshot: Json;
  refreshed_at: Instant;
}

/** Rules as administrators wrote them, one row a scope. */
export interface ApprovalRulesTable {
  scope: string; // primary key with scope_id
  scope_id: string; // '' for the tenant
  body: Json;
  revision: number;
  changed_by: string; // Slack user id, or 'cli:<name>'
  changed_at: Instant;
}

/** A change that loosens approval and waits for a second administrator. */
export interface RulesChangeTable {
  id: string; // uuid, primary key
  scope: string;
  scope_id: string;
  base_revision: number; // 0 where the scope had no rules
  before: ColumnType<object | null, string | null | undefined, string | null>; // what it was compared with; null where the scope had no rules
  body: JsonOrNull; // null: the scope's rules are deleted
  loosens: Json; // string[]: what becomes looser, by the codes of policy/loosens
  status: string; // WAITING, APPLIED, DECLINED, OVERTAKEN; partial index where WAITING
  proposed_by: string;
  proposed_at: Instant;
  settled_by: string | null;
  settled_at: InstantOrNull;
  claimed_by: ColumnType<string | null, string | null | undefined, string | null>; // the worker that shows it in Slack
  claimed_until: ColumnType<Date | null, Date | null | undefined, Date | null>; // by the database's clock
}

/** Where an administrator is asked about a change. */
export interface RulesChangeCardTable {
  change_id: string; // references rules_change; primary key with user_id
  user_id: string;
  channel_id: string;
  ts: string;
  shown: string; // hash of what stands there
}

/** Where the list of what waits for a person stands in Slack, so that it is drawn anew as they left it. */
export interface QueueViewTable {
  user_id: string; // primary key with surface
  surface: string; // 'home' | 'modal'
  view_id: string | null; // of the modal
  place: Json; // QueuePlace
  drawn_at: Instant;
}

/** Decisions on many approvals that one person sent at once. */
export interface BulkCommandTable {
  id: string; // uuid, primary key
  submission_key: string; // unique: one submission of one view makes one command
  body: Json; // verdict, items with the versions that were shown, comment, by whom, from which view
  results: ColumnType<object, string | undefined, string>; // by approval id: null where it was done, else the failure
  created_at: Instant;
  finished_at: InstantOrNull;
}

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

/** What whoever broke the glass has to say afterwards, one row a use. */
export interface BreakGlassReviewTable {
  id: string; // uuid, primary key
  user_id: string; // unique where not answered: no second use before the review of the first
  zpa_user: string; // the same for another Slack account of theirs
  request_ids: Json; // string[]: what the use made, several where the consoles fall under different rules; GIN index
  opened_at: Instant;
  asks: Generated<number>; // how often they were asked for it
  last_asked_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
  answer: ColumnType<object | null, string | null | undefined, string | null>; // happened, done, follows
  answered_by: ColumnType<string | null, string | null | undefined, string | null>; // Slack user id, or 'cli:<name>'
  answered_at: ColumnType<Date | null, Date | null | undefined, Date | null>;
}

export interface SeenEventTable {
  event_id: string; // primary key
  seen_at: Generated<Date>;
}
