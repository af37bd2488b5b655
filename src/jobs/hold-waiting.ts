import { type RawBuilder, sql, type Transaction } from "kysely";
import type { Database } from "../store/schema.ts";

/**
 * Finds the waiting job of a key and keeps workers from starting it before this transaction ends.
 *
 * Without the lock, a worker could start that job, read the state from before our commit and finish, and nothing would be left to
 * act on what we are about to commit. pg-boss fetches with SKIP LOCKED, so it merely passes the job over until then; two
 * transactions may hold it at once.
 */
export async function holdWaiting(
  trx: Transaction<Database>,
  jobTable: RawBuilder<unknown>,
  queue: string,
  singletonKey: string,
): Promise<boolean> {
  const { rows } = await sql`
    select id from ${jobTable}
    where name = ${queue} and coalesce(singleton_key, '') = ${singletonKey} and state = 'created' and policy = 'short'
    for share`.execute(trx);
  return rows.length > 0;
}
