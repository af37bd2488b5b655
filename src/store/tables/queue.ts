import type { ColumnType } from "kysely";
import type { Instant, InstantOrNull, Json } from "./columns.ts";

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
