import type { Pool, PoolClient } from "pg";
import { PortcullisError } from "../../errors.ts";
import { createProcessTurns, type Turns } from "./turns.ts";

const lock = "select pg_advisory_lock(hashtext('portcullis'), hashtext($1))";
const unlock = "select pg_advisory_unlock(hashtext('portcullis'), hashtext($1))";

/** What takes turns: writes of policy; and those of consoles and credentials, which are looked for before they are made. */
export type TurnsOf = "zpa_policy" | "zpa_consoles" | "zpa_credentials";

/**
 * Turns of all replicas on one PostgreSQL, by an advisory lock of the session: a replica that dies in the middle loses its connection, and
 * with it the lock. A transaction would be rolled back for saying nothing while ZPA answers.
 *
 * Only the first of a process waits for it, so that the writes of one kind hold one connection of the pool and no more.
 *
 * `run` throws PortcullisError `database_unreachable` before `work` has begun.
 */
export function createPostgresTurns(pool: Pick<Pool, "connect">, of: TurnsOf): Turns {
  const own = createProcessTurns();
  return { run: (work) => own.run(() => locked({ pool, of }, work)) };
}

interface Lock {
  readonly pool: Pick<Pool, "connect">;
  readonly of: TurnsOf;
}

async function locked<T>({ pool, of }: Lock, work: () => Promise<T>): Promise<T> {
  const client = await taken({ pool, of });
  try {
    return await work();
  } finally {
    await letGo(client, of);
  }
}

async function taken({ pool, of }: Lock): Promise<PoolClient> {
  let client: PoolClient | null = null;
  try {
    client = await pool.connect();
    await client.query(lock, [of]);
    return client;
  } catch (cause) {
    client?.release(true);
    throw new PortcullisError("database_unreachable", {}, { cause });
  }
}

/** A connection of which it is not known whether it still has the lock is closed, which ends the lock: what the work brought counts more. */
async function letGo(client: PoolClient, of: TurnsOf): Promise<void> {
  try {
    await client.query(unlock, [of]);
    client.release();
  } catch {
    client.release(true);
  }
}
