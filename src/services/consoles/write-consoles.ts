import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";

/** Why a write of consoles did not come to pass. What ZPA does not have any more stood there when it was looked at. */
export function refusedConsole(thrown: unknown): PortcullisError {
  const error = fromUnknown(thrown);
  return error.code === "zpa_not_found" ? new PortcullisError("consoles_changed", {}, { cause: error }) : error;
}

/**
 * Has the catalog read anew, so that forms offer what stands. Also after a lost answer, and after a refusal that may have been about something
 * that has changed. The write stands without it: the next reading comes by itself.
 */
export async function refreshSoon({ jobs, log }: Pick<ConsolesPorts, "jobs" | "log">): Promise<void> {
  try {
    await jobs.enqueueNow("refresh-catalog", {}, { singletonKey: "after a write" });
  } catch (thrown) {
    log.error({ err: fromUnknown(thrown) }, "consoles.refresh-not-planned");
  }
}
