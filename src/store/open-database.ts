import type { Log } from "../log.ts";
import type { OpenDatabase } from "./database.ts";
import { openPGlite } from "./open-pglite.ts";
import { openPostgres } from "./open-postgres.ts";

export interface OpenDatabaseOptions {
  /** PostgreSQL, or null: PGlite in `folder`. */
  readonly url: string | null;
  readonly folder: string;
  readonly log: Log;
  /** Called when the database is gone for good. Default: end the process, so that whatever watches it starts it anew. */
  readonly onFatal?: (cause: Error) => void;
}

/**
 * Opens the store and brings its tables up to date. Both kinds speak the PostgreSQL protocol through `pg`, so there is one code
 * path above this line.
 * @throws PortcullisError `data_folder_in_use` (PGlite) | `database_unreachable` (PostgreSQL)
 */
export const openDatabase = ({ url, folder, log, onFatal = exit }: OpenDatabaseOptions): Promise<OpenDatabase> =>
  url === null ? openPGlite({ folder, log, onFatal }) : openPostgres({ url, log });

function exit(): void {
  process.exit(70); // EX_SOFTWARE
}
