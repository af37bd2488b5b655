import type { Kysely } from "kysely";
import type pg from "pg";
import type { Database } from "./schema.ts";

/** An open, migrated database. Kysely and pg-boss share its one pool. */
export interface OpenDatabase {
  readonly db: Kysely<Database>;
  readonly pool: pg.Pool;
  readonly kind: "pglite" | "postgres";
  /** Subscribes to NOTIFY. `onReconnect` runs when notifications may have been missed. */
  listen(channel: string, onNotification: (payload: string) => void, onReconnect: () => void): Promise<{ close(): Promise<void> }>;
  close(): Promise<void>;
}

/** A transaction that says nothing for this long is rolled back: on PGlite it holds up everybody. */
export const idleInTransactionMilliseconds = 30_000;
