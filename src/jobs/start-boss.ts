import type pg from "pg";
import { PgBoss } from "pg-boss";
import type { Log } from "../log.ts";
import type { OpenDatabase } from "../store/database.ts";
import { queueSettings } from "./queues.ts";

/**
 * A crash of one replica is noticed by the others after this long without a sign of life (pg-boss accepts no less); in one process, that a
 * connection was lost with the answer that brought a job …
 */
const heartbeatSeconds = 10;
/** … when somebody looks. */
const monitorSeconds = { postgres: 5, pglite: 15 } as const;

export interface StartBossOptions {
  readonly database: OpenDatabase;
  readonly schema: string;
  readonly log: Log;
  /** Awaited before every statement of pg-boss's own: fetching, completing, maintaining. */
  readonly whenQuiet: () => Promise<void>;
}

/** pg-boss on our own pool, with a queue for each name. */
export async function startBoss({ database, schema, log, whenQuiet }: StartBossOptions): Promise<PgBoss> {
  const { pool, kind, listen } = database;
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values) => {
        await whenQuiet();
        return pool.query(text, values);
      },
      listen,
    },
    backend: kind,
    schema,
    useListenNotify: true,
    schedule: false, // recurring work enqueues its own next run
    registerInstance: false,
    openTelemetry: { enabled: false },
    monitorVacuum: kind === "postgres", // PGlite has no autovacuum to watch
    superviseIntervalSeconds: monitorSeconds[kind],
    monitorIntervalSeconds: monitorSeconds[kind],
  });
  boss.on("error", (err) => log.warn({ err }, "jobs.error"));
  boss.on("warning", ({ message, data }) => log.warn({ message, data }, "jobs.warning"));
  await oneAtATime(pool, schema, async () => {
    await boss.start();
    for (const [name, settings] of Object.entries(queueSettings)) {
      const options = {
        ...settings,
        retryBackoff: true,
        notify: true,
        heartbeatSeconds,
      };
      await boss.createQueue(name, { ...options, policy: "short" });
      await boss.updateQueue(name, options);
    }
  });
  return boss;
}

/** pg-boss creates its schema with IF NOT EXISTS outside its own lock: of two replicas that start on an empty database one would fail. */
async function oneAtATime(pool: pg.Pool, schema: string, start: () => Promise<void>): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext($1))", [`portcullis.${schema}`]);
    await start();
  } finally {
    await client.query("SELECT pg_advisory_unlock(hashtext($1))", [`portcullis.${schema}`]);
    client.release();
  }
}
