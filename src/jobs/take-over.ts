import { sql } from "kysely";
import type { Log } from "../log.ts";
import type { OpenDatabase } from "../store/database.ts";

/** Makes every job that an ended process was in the middle of due at once. It counts as a retry, so its handler looks before it leaps. */
export async function takeOver({ db }: OpenDatabase, schema: string, log: Log): Promise<void> {
  const { numAffectedRows } = await sql`
    update ${sql.id(schema, "job")} set state = 'retry', start_after = now(), heartbeat_on = null
    where state = 'active'`.execute(db);
  if (numAffectedRows) log.info({ jobs: Number(numAffectedRows) }, "jobs.taken_over");
}
