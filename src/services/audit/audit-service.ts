import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import type { Database } from "../../store/schema.ts";
import { type EvidenceBundle, evidenceBundle } from "./evidence-bundle.ts";
import { examineLedger, type LedgerState } from "./examine-ledger.ts";
import { type ExportPage, type ExportQuery, exportLedger } from "./export-ledger.ts";
import type { LedgerKeys } from "./ledger-keys.ts";
import { type VerifyProgress, type VerifyStep, verifyLedger } from "./verify-ledger.ts";

/** What can be asked of the ledger. Long answers come in steps, so that none holds up the bot, or its stop. */
export interface AuditService {
  verify(step: { readonly progress: VerifyProgress | null; readonly head: string | null }): Promise<VerifyStep>;
  export(query: ExportQuery): Promise<ExportPage>;
  bundle(query: { readonly label: string }): Promise<EvidenceBundle>;
  examine(query: { readonly newest: number }): Promise<LedgerState>;
}

export const createAuditService = (ports: {
  readonly db: Kysely<Database>;
  readonly keys: LedgerKeys;
  readonly clock: Clock;
}): AuditService => ({
  verify: verifyLedger(ports),
  export: exportLedger(ports),
  bundle: evidenceBundle(ports),
  examine: examineLedger(ports),
});
