/**
 * Contract: a connection that PostgreSQL ends while a transaction holds it, between two statements, as a failover does, fails that transaction
 * alone; the process goes on, and so does the next transaction.
 */
import { sql } from "kysely";
import { expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { openDatabase } from "../../src/store/open-database.ts";
import { keptLog } from "../support/silent-log.ts";

it("fails its own transaction, and nothing else", { timeout: 60_000 }, async () => {
  const postgres = await startEmbeddedPostgres();
  const { log, lines } = keptLog();
  const database = await openDatabase({ url: await postgres.newDatabase(), folder: "", log });
  const lost = database.db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
    await database.pool.query("select pg_terminate_backend($1)", [rows[0]?.pid]);
    await expect.poll(() => lines.some(({ msg }) => msg === "store.connection_lost")).toBe(true);
    await sql`select 1`.execute(trx);
  });
  await expect(lost).rejects.toThrow();
  expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await database.close();
  await postgres.stop();
});
