import type { Kysely } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { END_PRIORITY } from "./end-access.ts";

/**
 * At start: every grant that something is still to be done for gets a run, also one whose job was lost with the process that ran it for
 * the last time. A run too many is harmless: one run at a time holds a grant, and a settled grant is left alone.
 */
export async function resumeGrants({ db, jobs }: { readonly db: Kysely<Database>; readonly jobs: Jobs }): Promise<void> {
  const inWork = await db
    .selectFrom("access_grant")
    .innerJoin("request", "request.id", "access_grant.request_id")
    .select(["access_grant.id", "access_grant.status", "request.origin"])
    .where((where) => where.or([where("access_grant.status", "in", ["PLANNED", "ENDING"]), where("changing_from", "is not", null)]))
    .execute();
  await Promise.all(
    inWork.map(({ id, status, origin }) => {
      const queue = status === "PLANNED" ? "provision-grant" : status === "ENDING" ? "end-grant" : "amend-grant";
      return jobs.enqueueNow(
        queue,
        { grantId: id },
        { singletonKey: id, ...(status === "ENDING" || origin === "BREAK_GLASS" ? { priority: END_PRIORITY } : {}) },
      );
    }),
  );
}
