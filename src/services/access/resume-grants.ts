import type { Kysely } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";

/**
 * At start: every grant that is still planned gets a run, also one whose job was lost with the process that ran it for the last time.
 * A run too many is harmless: one run at a time holds a grant, and a settled grant is left alone.
 */
export async function resumeGrants({ db, jobs }: { readonly db: Kysely<Database>; readonly jobs: Jobs }): Promise<void> {
  const planned = await db.selectFrom("access_grant").select("id").where("status", "=", "PLANNED").execute();
  await Promise.all(planned.map(({ id }) => jobs.enqueueNow("provision-grant", { grantId: id }, { singletonKey: id })));
}
