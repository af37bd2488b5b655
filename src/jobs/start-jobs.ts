import { sql } from "kysely";
import { fromKysely } from "pg-boss";
import { type Clock, systemClock } from "../clock.ts";
import { type Ids, randomIds } from "../ids.ts";
import type { Log } from "../log.ts";
import { type Metrics, noMetrics } from "../metrics.ts";
import type { OpenDatabase } from "../store/database.ts";
import { groupCommit } from "./group-commit.ts";
import { type Sending, startInbox } from "./inbox.ts";
import type { EnqueueNowOptions, Jobs } from "./jobs.ts";
import { type QueueName, queues } from "./queues.ts";
import { createQuiet } from "./quiet.ts";
import { startBoss } from "./start-boss.ts";
import { startWorker } from "./start-worker.ts";
import { takeOver } from "./take-over.ts";

export interface StartJobsOptions {
  readonly database: OpenDatabase;
  readonly clock: Clock;
  readonly log: Log;
  readonly ids?: Ids;
  /** pg-boss's schema in the database. */
  readonly schema?: string;
  readonly metrics?: Pick<Metrics, "jobFailed">;
}

export interface StartedJobs extends Jobs {
  /**
   * To be called after the clock has jumped against the system's (the sandbox's does): what waits for an instant of our clock,
   * and every pause before a retry, is due by the new time.
   */
  clockMoved(): Promise<void>;
  /** How many workers were asked for, and how many of them run. */
  workers(): { readonly running: number; readonly expected: number };
}

/**
 * Durable work on pg-boss, in the store's own database.
 *
 * The database compares due times with its own clock, so an instant of ours is written as the database's: shifted by how far our
 * clock runs ahead (nothing in production).
 */
export async function startJobs(options: StartJobsOptions): Promise<StartedJobs> {
  const { database, clock, log, ids = randomIds, schema = "pgboss", metrics = noMetrics } = options;
  const quiet = createQuiet({ settleMilliseconds: 60, mostMilliseconds: 500 });
  const boss = await startBoss({ database, schema, log, whenQuiet: quiet.whenQuiet });
  const direct = { executeSql: (text: string, values?: unknown[]) => database.pool.query(text, values) };
  const job = sql.id(schema, "job");
  const aheadMilliseconds = (): number => clock.now().getTime() - systemClock.now().getTime();
  let ahead = aheadMilliseconds();
  const workers = new Set<string>();

  const toInsert = (
    queue: QueueName,
    payload: object,
    { startAfter, singletonKey, priority, onceInSeconds }: EnqueueNowOptions = {},
  ): Sending["insert"] => {
    const id = ids.uuid();
    return {
      id,
      data: queues[queue].parse(payload),
      // The queues' policy allows one waiting job a key, and takes "no key" for a key.
      singletonKey: singletonKey ?? id,
      ...(priority === undefined ? {} : { priority }),
      ...(onceInSeconds === undefined ? {} : { singletonSeconds: onceInSeconds }),
      ...(startAfter ? { startAfter: new Date(startAfter.getTime() - ahead) } : {}),
    };
  };

  // One process owns a PGlite folder: what is still active was being done by the process before this one.
  if (database.kind === "pglite") await takeOver(database, schema, log);
  const inbox = await startInbox({ boss, log });
  const writes = groupCommit<Sending>((sendings) => inbox.take(sendings, direct));

  return {
    async enqueue(trx, queue, payload, options) {
      await boss.insert(queue, [toInsert(queue, payload, options)], { db: fromKysely(trx) });
    },

    async enqueueNow(queue, payload, options) {
      const sending = { queue, insert: toInsert(queue, payload, options) };
      // What waits for an instant must stand in its own queue, where a move of the clock finds it.
      if (options?.startAfter) return inbox.take([sending], direct);
      quiet.touch();
      await writes.add(sending);
      quiet.touch();
    },

    async work(queue, handler, { concurrency = 1 } = {}) {
      for (let i = 0; i < concurrency; i++) workers.add(await startWorker({ boss, queue, handler, log, metrics }));
    },

    workers() {
      const active = boss.getWipData().filter(({ id, state }) => state === "active" && workers.has(id));
      return { running: active.length, expected: workers.size };
    },

    async stop(graceMilliseconds) {
      await writes.settled();
      await boss.stop({ close: false, graceful: true, timeout: graceMilliseconds });
    },

    async clockMoved() {
      const moved = aheadMilliseconds() - ahead;
      ahead += moved;
      const shift = sql`make_interval(secs => ${moved / 1000}::float8)`;
      await sql`
        update ${job} set start_after = start_after - ${shift}, keep_until = keep_until - ${shift}
        where state in ('created', 'retry') and start_after > now()`.execute(database.db);
      for (const id of workers) boss.notifyWorker(id);
    },
  };
}
