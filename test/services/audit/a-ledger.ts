import { sql } from "kysely";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import { createAuditService } from "../../../src/services/audit/audit-service.ts";
import { appendToLedger, type LedgerEvent } from "../../../src/services/audit/ledger.ts";
import { type LedgerKeys, ledgerKey } from "../../../src/services/audit/ledger-keys.ts";
import { type SealPorts, sealLedger } from "../../../src/services/audit/seal-ledger.ts";
import type { VerifyProgress, VerifyResult } from "../../../src/services/audit/verify-ledger.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";

export const KEY = ledgerKey("a-key-for-tests-that-is-long-enough-0001");
export const OTHER_KEY = ledgerKey("a-key-for-tests-that-is-long-enough-0002");
const START = new Date("2026-11-02T08:00:00.123Z");
export const NEVER = new AbortController().signal;

export const anEvent = (change: Partial<LedgerEvent> = {}): LedgerEvent => ({
  kind: "request.created",
  requestId: null,
  actor: "UANA",
  subject: "PRA-1001",
  before: null,
  after: { reason: "OPS-1" },
  ...change,
});

/** A ledger on any database, with one key unless told otherwise. */
export function aLedgerOn({ db }: OpenDatabase) {
  const { log, lines } = keptLog();
  const clock = { at: START, now: () => clock.at };
  const ports: SealPorts = { db, keys: { current: KEY, older: [] }, clock, log, faultPoint: noFault };
  return {
    db,
    clock,
    lines,
    ports,
    ids: randomIds,
    append: (...events: readonly LedgerEvent[]) => db.transaction().execute((trx) => appendToLedger(trx, clock.at, events)),
    seal: (change: Partial<SealPorts> = {}) => sealLedger({ ...ports, ...change }, NEVER),
    verify: async ({ head = null, keys = ports.keys }: { head?: string | null; keys?: LedgerKeys } = {}): Promise<VerifyResult> => {
      const audit = createAuditService({ db, keys, clock });
      for (let progress: VerifyProgress | null = null; ; ) {
        const step = await audit.verify({ progress, head });
        if (step.kind === "done") return step.result;
        // As it comes back from whoever asked through the socket.
        progress = JSON.parse(JSON.stringify(step.progress));
      }
    },
    /** As the owner of the database, who can switch triggers off. */
    tamper: async (...statements: readonly string[]) => {
      const tables = ["ledger_event", "ledger_seal"];
      for (const table of tables) await sql`alter table ${sql.table(table)} disable trigger user`.execute(db);
      for (const statement of statements) await sql.raw(statement).execute(db);
      for (const table of tables) await sql`alter table ${sql.table(table)} enable trigger user`.execute(db);
    },
  };
}

export type Ledger = ReturnType<typeof aLedgerOn>;

/** The same on an embedded database of its own. */
export async function aLedger() {
  const { folder, remove } = await newMigratedFolder();
  const database = await openDatabase({ url: null, folder, log: keptLog().log });
  const ledger = aLedgerOn(database);
  return {
    ...ledger,
    folder,
    /** As it was at the start: a database of its own for each test would take a second each. */
    clear: async () => {
      await ledger.tamper("truncate ledger_event, ledger_seal, ledger_unsealed, siem_cursor, siem_shipped restart identity");
      ledger.clock.at = START;
      ledger.lines.length = 0;
    },
    close: async () => {
      await database.close();
      await remove();
    },
  };
}
