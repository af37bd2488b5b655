import type { Kysely } from "kysely";
import { type StartedJobs, startJobs } from "../jobs/start-jobs.ts";
import { letGoOfAllGrants } from "../services/access/hold-grant.ts";
import { letGoOfThePass } from "../services/access/reconcile/reconcile-tenant.ts";
import { releaseEveryClaim } from "../services/notify/card-rows.ts";
import { returnEverySaying } from "../services/notify/remark-rows.ts";
import { letGoOfSailPoint } from "../services/sailpoint-inbox/poll-sailpoint.ts";
import type { OpenDatabase } from "../store/database.ts";
import { openDatabase } from "../store/open-database.ts";
import type { Database } from "../store/schema.ts";
import type { Given } from "./given.ts";

export interface Store {
  readonly database: OpenDatabase;
  readonly db: Kysely<Database>;
  readonly jobs: StartedJobs;
}

/**
 * Opens the database and the durable jobs in it. What a dead process had claimed is let go of where no other can have it.
 * @throws PortcullisError `data_folder_in_use` | `database_unreachable`
 */
export async function openStore({ config, log, clock, ids, metrics, onFatal }: Given): Promise<Store> {
  const database = await openDatabase({ ...config.database, log, ...(onFatal ? { onFatal } : {}) });
  const { db } = database;
  if (database.kind === "pglite")
    await Promise.all([releaseEveryClaim(db), letGoOfAllGrants(db), letGoOfThePass(db), returnEverySaying(db), letGoOfSailPoint(db)]);
  const jobs = await startJobs({ database, clock, log, ids, metrics });
  return { database, db, jobs };
}
