import { systemClock } from "../clock.ts";
import { loadLedgerKeys } from "../services/audit/load-ledger-keys.ts";
import { newestSeal } from "../services/audit/seal-rows.ts";
import { createSiemClient } from "../services/audit/siem-client.ts";
import type { Given } from "./given.ts";
import type { Store } from "./open-store.ts";

export type Ledger = Awaited<ReturnType<typeof wireLedger>>;

/** What seals the ledger, and what sends it on; `siem` is null where it is sent nowhere. */
export async function wireLedger({ config, database, db, jobs, clock, ids, log, faultPoint }: Given & Store) {
  const keys = loadLedgerKeys({
    settings: config.ledger,
    folder: database.kind === "pglite" ? config.database.folder : null,
    whenMissing: (await newestSeal(db)) === null ? "create" : "leave",
  });
  const siem = config.siem === null ? null : createSiemClient(config.siem, { realClock: systemClock });
  const sealing = { db, jobs, keys, clock, ids, log, faultPoint };
  return { ...sealing, siem: siem === null ? null : { ...sealing, siem } };
}
