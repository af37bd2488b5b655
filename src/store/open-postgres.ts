import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import { PortcullisError } from "../errors.ts";
import type { Log } from "../log.ts";
import { idleInTransactionMilliseconds, type OpenDatabase } from "./database.ts";
import { listenPostgres } from "./listen-postgres.ts";
import { migrate } from "./migrate.ts";
import type { Database } from "./schema.ts";

/**
 * PostgreSQL at `DATABASE_URL`; any number of replicas may share it.
 * @throws PortcullisError `database_unreachable`
 */
export async function openPostgres({ url, log }: { readonly url: string; readonly log: Log }): Promise<OpenDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 5,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: idleInTransactionMilliseconds,
    application_name: "portcullis",
  });
  pool.on("error", (err) => log.warn({ err }, "store.connection_lost"));
  // The pool hears of connections that lie idle; one that is lost in the hands of a transaction, between two statements, would end the process.
  pool.on("connect", (client) => client.on("error", (err) => log.warn({ err }, "store.connection_lost")));
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await pool.query("SELECT 1").catch((cause: unknown) => {
      throw new PortcullisError("database_unreachable", {}, { cause });
    });
    await migrate(db);
  } catch (cause) {
    await pool.end();
    throw cause;
  }
  return { db, pool, kind: "postgres", listen: listenPostgres(url, log), close: () => pool.end() };
}
