import type { ErrorCode } from "../errors.ts";

const FAULTS: ReadonlySet<ErrorCode> = new Set([
  "unexpected",
  "slack_unreachable",
  "slack_refused",
  "database_unreachable",
  "rules_unreadable",
]);

/** Whether a code means a fault of ours or of a service, and nothing that the person did: they get a reference that is also in the log. */
export const isFault = (code: ErrorCode): boolean => FAULTS.has(code);
