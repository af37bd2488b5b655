import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { alignedAt } from "./crons-of-grant.ts";
import { grantFromRow } from "./grant-rows.ts";
import { nextChangeOf, sameCrons } from "./plan-realignment.ts";

const PAGE = 500;

/**
 * At start: a new Node brings a new time zone database, in which a zone may have another offset now, or change it on another day than the
 * one for which a visit was planned. Every grant that stands is compared with what its zone says today.
 */
export async function recheckCrons({
  db,
  jobs,
  clock,
}: {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly clock: Clock;
}): Promise<void> {
  const now = clock.now();
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const rows = await db
      .selectFrom("access_grant")
      .selectAll()
      .where("status", "=", "GRANTED")
      .where("working_hours", "is not", null)
      .where("end_at", ">", now)
      .where("id", ">", after)
      .orderBy("id")
      .limit(PAGE)
      .execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const grant of rows.map(grantFromRow)) {
      if (!sameCrons(grant, alignedAt(grant, now)))
        await jobs.enqueueNow("realign-grant", { grantId: grant.id }, { singletonKey: grant.id });
      const next = nextChangeOf(grant, now);
      if (next === null) continue;
      await jobs.enqueueNow(
        "realign-grant",
        { grantId: grant.id },
        { startAfter: next, singletonKey: `${grant.id}@${next.toISOString()}` },
      );
    }
    after = last.id;
  }
}
