import type { Generated } from "kysely";
import type { Instant, InstantOrNull } from "./columns.ts";

export interface CardTable {
  id: string; // uuid
  request_id: string; // unique (request_id, audience)
  audience: string; // 'requester:U1' | 'approver:U2' | 'channel:C3'
  channel_id: string; // where it was posted, or is to be posted
  ts: string | null; // null until posted
  shown: string | null; // hash of what stands there
  posting_since: InstantOrNull; // by the database's clock; an attempt to post it of which nobody noted what came
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

export interface SeenEventTable {
  event_id: string; // primary key
  seen_at: Generated<Date>;
}
