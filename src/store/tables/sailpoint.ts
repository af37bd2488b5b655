import type { ColumnType } from "kysely";
import type { Instant, InstantOrNull, Json, JsonOrNull } from "./columns.ts";

/** An approval of SailPoint's as it was last read. */
export interface SailPointApprovalTable {
  id: string; // SailPoint's own, primary key
  status: string; // as `SailPointStatus`
  version: number; // rises when what a person decides on has changed
  fingerprint: string; // of what a person decides on
  body: Json; // as SailPoint sent it; what a row of a list leaves out stays as it was read before
  assignee_ids: string[]; // identities whom it waits for, members of groups included
  urgency: number; // 1 high, 2 medium, 3 low
  words: string; // what is looked through in the queue
  was_there: boolean; // when the tenant was connected
  created_at: InstantOrNull;
  modified_at: InstantOrNull;
  due_at: InstantOrNull;
  decided_at: InstantOrNull;
  read_at: ColumnType<Date, Date | string, Date | string>; // by the database's clock, before SailPoint was asked; with its microseconds where it matters
  seen_at: Instant;
}

/** Whose an identity of SailPoint's is in Slack. */
export interface SailPointIdentityTable {
  id: string; // SailPoint's own, primary key
  type: string | null;
  name: string | null;
  email: string | null; // lower case
  user_id: string | null; // the Slack user with that email, confirmed
  problem: string | null; // why there is none
  looked_at: InstantOrNull;
  told_at: InstantOrNull; // administrators were told
}

/** A direct message about approvals of SailPoint's. */
export interface SailPointMessageTable {
  id: string; // uuid, primary key; part of the first block's id
  kind: string; // CARD of one approval; FIRST and DIGEST of many; UNMAPPED for an administrator
  user_id: string;
  approval_id: string | null; // of a card
  body: Json;
  channel_id: string | null;
  ts: string | null;
  shown: string | null; // hash of what stands there
  posting_since: InstantOrNull; // by the database's clock; an attempt of which nobody noted what came
  claimed_by: string | null;
  claimed_until: InstantOrNull; // by the database's clock
  created_at: Instant;
}

/** Who has been told of which approval, and by which message. */
export interface SailPointToldTable {
  approval_id: string; // primary key with user_id
  user_id: string;
  message_id: string;
}

/** What a person wants done in SailPoint, and how far that has come. */
export interface SailPointDecisionTable {
  id: string; // uuid, primary key; stands in the comment by which it is known again
  approval_id: string;
  version: number; // of the approval, as the card showed it
  deed: Json;
  by_actor: Json;
  by_user_id: string;
  place: Json; // where they clicked
  state: string; // RECORDED, TAKING, TAKEN, SENDING, SENT, then CONFIRMED, ELSEWHERE, REFUSED or UNPROVEN
  seat_id: string | null; // the place among the approvers that was taken over first
  looks: ColumnType<number, number | undefined, number>; // how often SailPoint was asked whether it counts
  failure: JsonOrNull;
  sent_at: InstantOrNull;
  created_at: Instant;
  settled_at: InstantOrNull;
  told_at: InstantOrNull;
}

/** One row: who polls now, and how the last ones went. */
export interface SailPointPollTable {
  id: number; // always 1
  claimed_by: string | null;
  claimed_until: InstantOrNull; // by the database's clock
  first_done_at: InstantOrNull;
  good_at: InstantOrNull;
  failed_since: InstantOrNull;
  failure: string | null; // an error code
  pending: number | null; // found by the last good one
}
