import { max } from "date-fns/max";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { FrozenRules } from "../policy/rules.ts";
import type { Terms } from "../policy/terms.ts";
import { checkRequestedTime, requestedLength, windowAt } from "../schedule/requested-time.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";

const HOUR = 60 * 60 * 1000;

/**
 * Refuses a change that leaves nothing to open at `now`.
 * @throws PortcullisError `console_missing` | `window_over`, each at its field
 */
export function checkSomethingLeft({ consoles, time }: Terms, now: Date): void {
  if (consoles.length === 0) throw new PortcullisError("console_missing", { field: "consoles" });
  try {
    windowAt(time, now);
  } catch (thrown) {
    const { code, details } = fromUnknown(thrown);
    if (code !== "window_over") throw thrown;
    throw new PortcullisError(code, { ...details, field: time.end.kind === "after" ? "duration" : "end" }, { cause: thrown });
  }
}

/**
 * Refuses what nobody could have asked for either: asked when more is proposed, and once more when there is consent.
 *
 * @throws PortcullisError as {@link checkRequestedTime}, `console_missing`, `window_over_rules`
 */
export function checkWidenedTerms(terms: Terms, { longestWindowHours }: Pick<FrozenRules, "longestWindowHours">, now: Date): void {
  if (terms.consoles.length === 0) throw new PortcullisError("console_missing", { field: "consoles" });
  checkRequestedTime(fromNow(terms.time, now), now);
  if (longestWindowHours !== null && requestedLength(terms.time, now) > longestWindowHours * HOUR)
    throw new PortcullisError("window_over_rules", {
      field: terms.time.end.kind === "after" ? "duration" : "end",
      params: { limit: longestWindowHours, consoles: terms.consoles.map(({ name }) => name).join(", ") },
    });
}

/** A start that has passed while the request waited is no fault of the change: the decision clamps it. */
function fromNow(time: RequestedTime, now: Date): RequestedTime {
  const { start, end, workingHours } = time;
  if (start.kind === "onApproval" || start.at >= now) return time;
  const at = end.kind === "at" ? end.at : new Date(start.at.getTime() + end.seconds * 1000);
  return { start: { kind: "at", at: max([start.at, now]) }, end: { kind: "at", at }, workingHours };
}
