import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Kysely, PostgresDialect } from "kysely";
import pg from "pg";
import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { pendingMigrations } from "../../store/migrate.ts";
import { openDatabase } from "../../store/open-database.ts";
import type { Database } from "../../store/schema.ts";
import { type Check, type Finding, ok, wrong } from "./finding.ts";

/** That the store opens. A shared PostgreSQL is only looked at; an embedded one that nobody uses is opened as a start would. */
export const databaseCheck = ({ url, folder }: Config["database"], log: Log): Check =>
  url === null
    ? { name: "database", fix: `Check DATA_DIR (${folder}) and its rights.`, run: () => embedded(resolve(folder), log) }
    : { name: "database", fix: "Check DATABASE_URL, and that this machine reaches the database.", run: () => postgres(url) };

async function embedded(folder: string, log: Log): Promise<Finding> {
  if (!(await exists(join(folder, "pglite")))) {
    const parent = await nearestFolder(folder);
    const writable = await access(parent, constants.W_OK).then(
      () => true,
      () => false,
    );
    return writable
      ? ok(`${folder} is made at the first start`)
      : wrong(`${parent} may not be written`, "Name a folder in DATA_DIR that the bot may write.");
  }
  try {
    const database = await openDatabase({ url: null, folder, log });
    await database.close();
    return ok(`${folder} opens, its tables are up to date, and no bot is running on it`);
  } catch (cause) {
    if (cause instanceof PortcullisError && cause.code === "data_folder_in_use") return ok(`a running Portcullis owns ${folder}`);
    throw cause;
  }
}

async function postgres(url: string): Promise<Finding> {
  const pool = new pg.Pool({ connectionString: url, max: 1, connectionTimeoutMillis: 5_000, application_name: "portcullis-doctor" });
  pool.on("error", () => {}); // a connection that breaks while idle is replaced; a query that fails says so itself
  try {
    const pending = await pendingMigrations(new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }));
    return ok(pending.length === 0 ? "reachable, its tables are up to date" : `reachable; the next start brings ${pending.join(", ")}`);
  } finally {
    await pool.end();
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function nearestFolder(folder: string): Promise<string> {
  return (await exists(folder)) || folder === dirname(folder) ? folder : nearestFolder(dirname(folder));
}
