import { PortcullisError } from "../../errors.ts";
import { refuseUnstorable } from "./storable-text.ts";

/** Longest reason that is taken, in UTF-16 units; the form says so too. */
export const REASON_MAX_LENGTH = 1000;

/**
 * What a request must carry whoever asks, whatever for.
 * @returns the reason without surrounding white space
 * @throws PortcullisError `console_missing` | `consoles_too_many` | `reason_missing` | `text_too_long` | `invalid_input`, each with its field
 */
export function checkAsk(
  ask: { readonly consoleIds: readonly string[]; readonly reason: string },
  { maxConsolesPerRequest }: { readonly maxConsolesPerRequest: number },
): string {
  if (ask.consoleIds.length === 0) throw new PortcullisError("console_missing", { field: "consoles" });
  if (ask.consoleIds.length > maxConsolesPerRequest)
    throw new PortcullisError("consoles_too_many", {
      field: "consoles",
      params: { count: ask.consoleIds.length, limit: maxConsolesPerRequest },
    });
  const reason = ask.reason.trim();
  if (reason === "") throw new PortcullisError("reason_missing", { field: "reason" });
  refuseUnstorable(reason, "reason");
  if (reason.length > REASON_MAX_LENGTH)
    throw new PortcullisError("text_too_long", { field: "reason", params: { length: reason.length, limit: REASON_MAX_LENGTH } });
  return reason;
}
