import type { ColumnType, Generated } from "kysely";
import type { Instant, InstantOrNull, JsonOrNull } from "./columns.ts";

/** An approval of SailPoint's whose type is on the list. */
export interface GovernedApprovalTable {
  sailpoint_id: string; // primary key: one approval is settled once
  type: string;
  name: string | null;
  status: string; // WATCHED, DUE, GRANTED, REFUSED, NOT_OURS, WITHDRAWING, WITHDRAWN; partial index where something is to be done
  seen_at: Instant; // first
  seen_pending: boolean; // by us, before it was decided
  shown_digest: string | null; // of our attributes, the first time that they were seen
  shown_requestee_id: string | null; // SailPoint's identity, seen with them
  shown_since: InstantOrNull; // SailPoint's instant of the change that brought them; null where they were there at the first sight
  shown_otherwise: Generated<boolean>; // seen with other attributes, or another requestee, since
  request_ids: ColumnType<object, string | undefined, string>; // string[]: what came of it
  refusal: JsonOrNull; // Failure
  requestee_user_id: string | null; // who is told of a refusal, where they are known in Slack
  settled_at: InstantOrNull;
}

/** Since when approvals of a type become access: one that was approved earlier does not. */
export interface GovernedTypeTable {
  type: string; // primary key
  since: Instant;
  looked_at: ColumnType<Date | null, Date | null | undefined, Date | null>; // when the last look at what is decided began
}
