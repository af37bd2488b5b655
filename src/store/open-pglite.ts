import { EventEmitter, once } from "node:events";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Log } from "../log.ts";
import { idleInTransactionMilliseconds, type OpenDatabase } from "./database.ts";
import { migrate } from "./migrate.ts";
import { ownFolder } from "./own-folder.ts";
import { PortStream } from "./port-stream.ts";
import type { Database } from "./schema.ts";

interface OpenPGliteOptions {
  readonly folder: string;
  readonly log: Log;
  readonly onFatal: (cause: Error) => void;
}

/**
 * PGlite in a worker thread, reached by `pg` over message ports.
 * @throws PortcullisError `data_folder_in_use`
 */
export async function openPGlite({ folder, log, onFatal }: OpenPGliteOptions): Promise<OpenDatabase> {
  const owner = ownFolder(folder);
  const pgFolder = join(folder, "pglite");
  mkdirSync(pgFolder, { recursive: true, mode: 0o700 });
  const worker = new Worker(new URL("./pglite-worker.ts", import.meta.url), {
    workerData: { folder: pgFolder, idleMilliseconds: idleInTransactionMilliseconds },
  });
  try {
    await once(worker, "message");
  } catch (cause) {
    owner.release();
    throw cause;
  }

  let closing = false;
  let failure: Error | undefined;
  worker.once("error", (cause) => {
    failure = cause instanceof Error ? cause : new Error("the database thread failed", { cause });
  });
  worker.once("exit", (exitCode) => {
    if (closing) return;
    const cause = failure ?? new Error(`the database thread ended with ${exitCode}`);
    log.error({ err: cause }, "store.database_thread_died");
    onFatal(cause);
  });

  const pool = new pg.Pool({
    max: 5,
    idleTimeoutMillis: 0, // its clients cost nothing
    user: "postgres",
    database: "postgres",
    stream: () => {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage(port2, [port2]);
      return new PortStream(port1);
    },
  });
  // All clients share one session: a notification reaches whichever of them the server answers next.
  const notifications = new EventEmitter();
  pool.on("connect", (client) => client.on("notification", ({ channel, payload }) => notifications.emit(channel, payload ?? "")));
  pool.on("error", (err) => log.warn({ err }, "store.connection_lost"));
  // One that is lost in the hands of a transaction, between two statements, would end the process.
  pool.on("connect", (client) => client.on("error", (err) => log.warn({ err }, "store.connection_lost")));

  const close = async (): Promise<void> => {
    closing = true;
    await pool.end();
    const ended = once(worker, "exit");
    worker.postMessage("close");
    await ended;
    owner.release();
  };
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
  } catch (cause) {
    await close();
    throw cause;
  }
  const listen: OpenDatabase["listen"] = async (channel, onNotification) => {
    notifications.on(channel, onNotification);
    await pool.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
    return { close: async () => void notifications.off(channel, onNotification) };
  };
  return { db, pool, kind: "pglite", listen, close };
}
