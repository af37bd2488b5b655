import { existsSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "../../clock.ts";
import type { Settings } from "../../config/read-settings.ts";
import { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import { type NoteAdminEvent, noteAs } from "../../services/zpa-admin/admin-ledger.ts";
import type { OpenDatabase } from "../../store/database.ts";
import { openDatabase } from "../../store/open-database.ts";
import { accountName, botOf } from "../control/with-control.ts";

export interface OpenedLedger {
  /** @throws PortcullisError `ledger_unreachable` */
  readonly note: NoteAdminEvent;
  close(): Promise<void>;
}

interface Ports {
  readonly settings: Settings;
  /** The shared database, where there is one and it opened. */
  readonly shared: OpenDatabase | null;
  readonly log: Log;
}

/**
 * The way into the bot's ledger: through the bot that owns the embedded database, or with the database in one's own hands when none runs.
 * It is opened with the first event, so that no bot is kept from starting while a person thinks. A database that the bot has never opened
 * is not made here: a record that nobody reads is none.
 */
export function openLedger({ settings, shared, log }: Ports): OpenedLedger {
  let own: OpenDatabase | null = null;
  let note: NoteAdminEvent | null = null;
  const open = async (): Promise<NoteAdminEvent> => {
    if (settings.value("DATABASE_URL") !== null) return noteIn(shared);
    const folder = settings.value("DATA_DIR") ?? ".";
    const bot = await botOf(folder, accountName());
    if (bot !== null) return async (event) => void (await bot("zpa-admin.note", event));
    if (existsSync(join(folder, "pglite"))) own = await openDatabase({ url: null, folder, log });
    return noteIn(own);
  };
  return {
    note: async (event) => {
      try {
        note ??= await open();
        await note(event);
      } catch (cause) {
        if (cause instanceof PortcullisError && cause.code === "ledger_unreachable") throw cause;
        throw new PortcullisError("ledger_unreachable", {}, { cause });
      }
    },
    close: async () => own?.close(),
  };
}

function noteIn(database: OpenDatabase | null): NoteAdminEvent {
  if (database === null) throw new PortcullisError("ledger_unreachable");
  return noteAs({ db: database.db, clock: systemClock }, `cli:${accountName()}`);
}
