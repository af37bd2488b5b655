import type { ExportedEvent } from "../../services/audit/export-ledger.ts";
import { recordText } from "../../services/audit/ledger-record.ts";
import { csvLine } from "./csv.ts";

export interface ExportFormat {
  readonly head: string;
  readonly line: (exported: ExportedEvent) => string;
}

const COLUMNS = ["number", "event_id", "at", "kind", "request", "actor", "subject", "before", "after", "mac", "key_id"] as const;

/** The event stands in each line as the text that its mac covers. */
export const jsonl: ExportFormat = {
  head: "",
  line: ({ event, ...seal }) => `${JSON.stringify(seal).slice(0, -1)},"event":${recordText(event)}}\n`,
};

export const csv: ExportFormat = {
  head: csvLine(COLUMNS),
  line: ({ number, mac, keyId, request, event: { id, at, kind, actor, subject, before, after } }) =>
    csvLine([number, Number(id), at, kind, request, actor, subject, before, after, mac, keyId]),
};
