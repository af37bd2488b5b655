import { sql } from "kysely";
import { openDatabase } from "../../src/store/open-database.ts";
import { newMigratedFolder } from "./data-folder.ts";
import { keptLog } from "./silent-log.ts";

/** An embedded database with every table, for a file of tests; each of them may empty it rather than open another, which takes a second. */
export async function aStore() {
  const { folder, remove } = await newMigratedFolder();
  const { db, close } = await openDatabase({ url: null, folder, log: keptLog().log });
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
  return {
    db,
    empty,
    close: async () => {
      await close();
      await remove();
    },
  };
}

export type Store = Awaited<ReturnType<typeof aStore>>;
