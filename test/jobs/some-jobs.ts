import { startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { type StartedJobs, startJobs } from "../../src/jobs/start-jobs.ts";
import type { OpenDatabase } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { keptLog } from "../support/silent-log.ts";

export interface SomeJobs {
  readonly jobs: StartedJobs;
  readonly database: OpenDatabase;
  readonly lines: Record<string, unknown>[];
  /** Puts our clock this far ahead of the system's. */
  moveAhead(milliseconds: number): Promise<void>;
  end(): Promise<void>;
}

/** Running jobs on a store of their own, with a clock that can be moved. */
export async function someJobs(kind: "pglite" | "postgres"): Promise<SomeJobs> {
  const { log, lines } = keptLog();
  const server = kind === "postgres" ? await startEmbeddedPostgres() : undefined;
  const data = await newMigratedFolder();
  const database = await openDatabase({ url: (await server?.newDatabase()) ?? null, folder: data.folder, log });
  let ahead = 0;
  const jobs = await startJobs({ database, clock: { now: () => new Date(Date.now() + ahead) }, log });
  return {
    jobs,
    database,
    lines,
    async moveAhead(milliseconds) {
      ahead += milliseconds;
      await jobs.clockMoved();
    },
    async end() {
      await jobs.stop(5_000);
      await database.close();
      await data.remove();
      await server?.stop();
    },
  };
}

/** A promise and the function that keeps it. */
export function latch<T = void>(): { readonly opened: Promise<T>; readonly open: (value: T) => void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { opened: promise, open: resolve };
}
