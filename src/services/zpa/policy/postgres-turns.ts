import type { Pool, PoolClient } from "pg";
import { PortcullisError } from "../../../errors.ts";
import { createProcessTurns, type Turns } from "./turns.ts";

const lock = "select pg_advisory_lock(hashtext('portcullis'), hashtext('zpa_policy'))";
const unlock = "select pg_advisory_unlock(hashtext('portcullis'), hashtext('zpa_policy'))";

/**
 * Turns of all replicas on one PostgreSQL, by an advisory lock of the session: a replica that dies in the middle loses its connection, and
 * with it the lock. A transaction would be rolled back for saying nothing while ZPA answers.
 *
 * Only the first of a process waits for it, so that policy writes hold one connection of the pool and no more.
 *
 * `run` throws PortcullisError `database_unreachable` before `work` has begun.
 */
export function createPostgresTurns(pool: Pick<Pool, "connect">): Turns {
  const own = createProcessTurns();
  return { run: (work) => own.run(() => locked(pool, work)) };
}

async function locked<T>(pool: Pick<Pool, "connect">, work: () => Promise<T>): Promise<T> {
  const client = await taken(pool);
  try {
    return await work();
  } finally {
    await letGo(client);
  }
}

async function taken(pool: Pick<Pool, "connect">): Promise<PoolClient> {
  let client: PoolClient | null = null;
  try {
    client = await pool.connect();
    await client.query(lock);
    return client;
  } catch (cause) {
    client?.release(true);
    throw new PortcullisError("database_unreachable", {}, { cause });
  }
}

/** A connection of which it is not known whether it still has the lock is closed, which ends the lock: what the work brought counts more. */
async function letGo(client: PoolClient): Promise<void> {
  try {
    await client.query(unlock);
    client.release();
  } catch {
    client.release(true);
  }
}
