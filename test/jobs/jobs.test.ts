import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { latch, type SomeJobs, someJobs } from "./some-jobs.ts";

const hour = 3_600_000;

/**
 * Contract: a job exists exactly when the transaction that enqueued it committed; it starts at once, runs until it succeeds or its
 * retries are used up, and what is due by our clock is due however the clock was moved.
 */
describe.each(["pglite", "postgres"] as const)("durable jobs on %s", (kind) => {
  let some: SomeJobs;
  beforeAll(async () => {
    some = await someJobs(kind);
    await some.jobs.work("provision-grant", async ({ grantId }, attempt) => handlers.get(grantId)?.(attempt), { concurrency: 3 });
  });
  afterAll(() => some.end());

  const handlers = new Map<string, (attempt: { retryCount: number; isLast: boolean }) => Promise<void> | void>();
  const waiting = async (queue: string): Promise<number> => {
    const { rows } = await sql<{ n: string }>`
      select count(*) n from pgboss.job where name = ${queue} and state < 'active'`.execute(some.database.db);
    return Number(rows[0]?.n);
  };

  it("starts a job within a few milliseconds of the commit, and not before", async () => {
    const started = latch<number>();
    handlers.set("prompt", () => started.open(performance.now()));
    let committing = 0;
    await some.database.db.transaction().execute(async (trx) => {
      await some.jobs.enqueue(trx, "provision-grant", { grantId: "prompt" });
      await sql`select 1`.execute(trx);
      committing = performance.now();
    });
    const latency = (await started.opened) - committing;
    expect(latency).toBeGreaterThan(0);
    expect(latency).toBeLessThan(500); // the polling floor is a second
  });

  it("forgets a job whose transaction was rolled back", async () => {
    const ran = vi.fn();
    handlers.set("undone", ran);
    const rolledBack = some.database.db.transaction().execute(async (trx) => {
      await some.jobs.enqueue(trx, "provision-grant", { grantId: "undone" });
      throw new Error("changed my mind");
    });
    await expect(rolledBack).rejects.toThrow("changed my mind");
    const after = latch();
    handlers.set("after", () => after.open());
    await some.jobs.enqueueNow("provision-grant", { grantId: "after" });
    await after.opened;
    expect(ran).not.toHaveBeenCalled();
  });

  it("does many at once without waiting for the next poll in between", async () => {
    let left = 60;
    const all = latch();
    handlers.set("many", () => {
      if (--left === 0) all.open();
    });
    await Promise.all(Array.from({ length: 60 }, () => some.jobs.enqueueNow("provision-grant", { grantId: "many" })));
    await all.opened;
    expect(left).toBe(0);
  });

  it("takes jobs of several queues in together, and brings each to its own", async () => {
    const [granted, ended] = [latch(), latch<string>()];
    handlers.set("together", () => granted.open());
    await some.jobs.work("end-request", async ({ requestId }) => ended.open(requestId));
    await Promise.all([
      some.jobs.enqueueNow("provision-grant", { grantId: "together" }),
      some.jobs.enqueueNow("end-request", { requestId: "R9" }),
    ]);
    await granted.opened;
    expect(await ended.opened).toBe("R9");
  });

  it("tries again after a throw, counts the attempts, logs the job's reference and stores no cause", async () => {
    const succeeded = latch<number>();
    handlers.set("shaky", ({ retryCount }) => {
      if (retryCount === 0) throw new Error("secret-token-in-a-cause");
      succeeded.open(retryCount);
    });
    await some.jobs.enqueueNow("provision-grant", { grantId: "shaky" });
    await vi.waitFor(() => expect(some.lines).toContainEqual(expect.objectContaining({ msg: "job.will_be_retried" })), { timeout: 5_000 });
    await some.moveAhead(10_000); // over the pause
    expect(await succeeded.opened).toBe(1);
    expect(some.lines).toContainEqual(
      expect.objectContaining({ msg: "job.will_be_retried", queue: "provision-grant", jobId: expect.any(String), code: "unexpected" }),
    );
    const { rows } = await sql`select 1 from pgboss.job where output::text like '%secret-token%'`.execute(some.database.db);
    expect(rows).toEqual([]);
  });

  it("says when an attempt is the last, and logs the end as an error", async () => {
    const seen: boolean[] = [];
    await some.jobs.work("publish-home", async (_payload, { isLast }) => {
      seen.push(isLast);
      throw new Error("never");
    });
    await some.jobs.enqueueNow("publish-home", { userId: "U1" });
    for (let attempts = 1; attempts <= 4; attempts++) {
      await vi.waitFor(async () => {
        await some.moveAhead(120_000);
        expect(seen.length).toBeGreaterThanOrEqual(attempts);
      });
    }
    await vi.waitFor(() => expect(some.lines).toContainEqual(expect.objectContaining({ msg: "job.failed", queue: "publish-home" })));
    expect(seen).toEqual([false, false, false, true]);
  });

  it("keeps one waiting job for a key", async () => {
    const in1 = { startAfter: new Date(Date.now() + 1_000 * hour), singletonKey: "R1" };
    await some.jobs.enqueueNow("project-request", { requestId: "R1" }, in1);
    await some.jobs.enqueueNow("project-request", { requestId: "R1" }, in1);
    await some.jobs.enqueueNow("project-request", { requestId: "R2" }, { ...in1, singletonKey: "R2" });
    expect(await waiting("project-request")).toBe(2);
  });

  it("holds a timed job until our clock says so, wherever the clock has been put meanwhile", async () => {
    const due = latch();
    const early = vi.fn();
    handlers.set("timed", () => {
      early();
      due.open();
    });
    const now = Date.now() + 1_000 * hour;
    await some.moveAhead(1_000 * hour);
    await some.jobs.enqueueNow("provision-grant", { grantId: "timed" }, { startAfter: new Date(now + 2 * hour) });
    await some.moveAhead(hour);
    const other = latch();
    handlers.set("other", () => other.open());
    await some.jobs.enqueueNow("provision-grant", { grantId: "other" });
    await other.opened;
    expect(early).not.toHaveBeenCalled();
    await some.moveAhead(hour);
    await due.opened;
  });

  it("refuses a payload that is not the queue's", async () => {
    // @ts-expect-error: what a caller could only do by mistake
    await expect(some.jobs.enqueueNow("provision-grant", { grantId: 7 })).rejects.toThrow();
  });
});
