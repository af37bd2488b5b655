import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";

/** What ZPA said no to, in words about a console: those of other refusals speak of privileged approvals. */
export function refusedConsole(thrown: unknown): PortcullisError {
  const error = fromUnknown(thrown);
  if (error.code === "zpa_not_found") return new PortcullisError("consoles_changed", {}, { cause: error });
  if (error.code === "zpa_not_permitted") return new PortcullisError("console_not_permitted", {}, { cause: error });
  if (error.code !== "zpa_refused") return error;
  return new PortcullisError("console_refused", { params: { reason: error.details.params?.reason ?? "" } }, { cause: error });
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
