import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { unsettledGoverned } from "./governed-rows.ts";

/**
 * At start: notes since when each type of the list becomes access, and takes up what an earlier process left undone. A type that is new on
 * the list counts from now on; one that was taken off it and comes back, too.
 */
export async function connectTypes(
  { db, jobs, clock }: { readonly db: Kysely<Database>; readonly jobs: Jobs; readonly clock: Clock },
  types: readonly string[],
): Promise<void> {
  const since = clock.now();
  await db.transaction().execute(async (trx) => {
    const dropped = trx.deleteFrom("governed_type");
    await (types.length === 0 ? dropped : dropped.where("type", "not in", types)).execute();
    if (types.length === 0) return;
    await trx
      .insertInto("governed_type")
      .values(types.map((type) => ({ type, since })))
      .onConflict((conflict) => conflict.column("type").doNothing())
      .execute();
  });
  if (types.length === 0) return;
  const undone = await unsettledGoverned(db);
  await Promise.all(undone.map((sailpointId) => jobs.enqueueNow("settle-governed", { sailpointId }, { singletonKey: sailpointId })));
}
