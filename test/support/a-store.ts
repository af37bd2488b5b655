import { rmSync } from "node:fs";
import { type Kysely, sql } from "kysely";
import { openDatabase } from "../../src/store/open-database.ts";
import type { Database } from "../../src/store/schema.ts";
import { newMigratedFolder } from "./data-folder.ts";
import { keptLog } from "./silent-log.ts";

/** Those that are open and that no file uses now. They end with the worker that runs the files. */
const free: Store[] = [];

/**
 * An embedded database with every table, for a file of tests; each of them may empty it rather than open another, which takes a second. The
 * next file of the same worker takes it over, empty.
 */
export async function aStore(): Promise<Store> {
  const store = free.pop() ?? (await openStore());
  await store.empty();
  return store;
}

export interface Store {
  readonly db: Kysely<Database>;
  empty(): Promise<void>;
  close(): Promise<void>;
}

async function openStore(): Promise<Store> {
  const { folder } = await newMigratedFolder();
  const { db } = await openDatabase({ url: null, folder, log: keptLog().log });
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  /** As the migrations left it: no row of a test's, and every number from its start. */
  const empty = () =>
    db.transaction().execute(async (trx) => {
      const { rows } = await sql<{ name: string }>`
        select relname as name from pg_stat_user_tables where schemaname = 'public' and relname not like 'kysely%'`.execute(trx);
      // The ledger's own triggers refuse it. Deleting: to truncate takes new files for every table and index.
      await sql`set local session_replication_role = replica`.execute(trx);
      for (const { name } of rows) await sql`delete from ${sql.table(name)}`.execute(trx);
      await sql`
        select setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
        from pg_sequences where schemaname = 'public'`.execute(trx);
      await sql`insert into reconcile_pass (id) values (1)`.execute(trx);
    });
  const store: Store = {
    db,
    empty,
    close: async () => {
      free.push(store);
    },
  };
  return store;
}
