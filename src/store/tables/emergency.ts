import type { ColumnType, Generated } from "kysely";
import type { Instant, Json } from "./columns.ts";

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
