import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { latch, type SomeJobs, someJobs } from "./some-jobs.ts";

/**
 * Contract: when a transaction leaves its work to a job that is already waiting, that job does not start before the transaction has
 * ended, so it sees what was committed. Only PostgreSQL can show it: on PGlite transactions take turns.
 */
describe("a waiting job that an open transaction counts on", () => {
  let some: SomeJobs;
  beforeAll(async () => {
    some = await someJobs("postgres");
  });
  afterAll(() => some.end());

  it("starts after that transaction and sees its work", async () => {
    const { jobs, database } = some;
    const seen = latch<number>();
    await jobs.enqueueNow("project-request", { requestId: "R1" }, { singletonKey: "R1" });
    await database.db.transaction().execute(async (trx) => {
      await jobs.enqueue(trx, "project-request", { requestId: "R1" }, { singletonKey: "R1" });
      await trx.insertInto("notice").values({ key: "R1", said_at: new Date() }).execute();
      await jobs.work("project-request", async () => {
        const rows = await database.db.selectFrom("notice").select("key").execute();
        seen.open(rows.length);
      });
      // Long enough for the worker to have looked for work: a job of another key has run.
      const looked = latch();
      await jobs.work("end-request", async () => looked.open());
      await jobs.enqueueNow("end-request", { requestId: "R2" });
      await looked.opened;
      await sql`select pg_sleep(0.2)`.execute(trx);
    });
    expect(await seen.opened).toBe(1);
  });
});
