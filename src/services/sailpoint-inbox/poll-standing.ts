import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";

/** How the looks into SailPoint's queue have gone. */
export interface PollStanding {
  /** The last that went well; null before the first. */
  readonly goodAt: Date | null;
  /** Since when they go wrong; null while they go well. */
  readonly failedSince: Date | null;
  /** How many approvals waited when it last went well. */
  readonly pending: number | null;
}

/** Null where SailPoint was never asked. */
export async function readPollStanding(db: Kysely<Database>): Promise<PollStanding | null> {
  const row = await db.selectFrom("sailpoint_poll").select(["good_at", "failed_since", "pending"]).where("id", "=", 1).executeTakeFirst();
  return row === undefined ? null : { goodAt: row.good_at, failedSince: row.failed_since, pending: row.pending };
}
