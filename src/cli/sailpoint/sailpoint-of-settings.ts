import { systemClock } from "../../clock.ts";
import { type Environment, type ReadFile, readSettings } from "../../config/read-settings.ts";
import { type Config, secretsAmong } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import { createLog, type Log } from "../../log.ts";
import { createSailPointBudget, sailPointSlotRules } from "../../services/sailpoint/budget.ts";
import { createSailPointClient } from "../../services/sailpoint/create-sailpoint-client.ts";
import type { SailPointClient } from "../../services/sailpoint/sailpoint-client.ts";
import { createMemorySlots } from "../../services/zpa/memory-slots.ts";
import { systemTimers, type Timers } from "../../timers.ts";

/**
 * A client by the settings of SailPoint alone: the others need not be set.
 * @throws PortcullisError `setting_missing` | `setting_invalid`
 */
export function sailPointOfSettings({ env, readFile }: { readonly env: Environment; readonly readFile: ReadFile }): SailPointClient {
  const settings = readSettings(env, readFile);
  const problems = settings.problems.filter(({ setting }) => setting.startsWith("SAILPOINT_"));
  const [apiUrl, clientId, clientSecret] = [
    settings.value("SAILPOINT_API_URL"),
    settings.value("SAILPOINT_CLIENT_ID"),
    settings.value("SAILPOINT_CLIENT_SECRET"),
  ];
  const paths = settings.value("SAILPOINT_PATHS");
  if (problems.length > 0 || apiUrl === null || clientId === null || clientSecret === null || paths === null) {
    const [first] = problems;
    throw new PortcullisError(first?.code ?? "setting_missing", {
      params: {
        settings: first?.setting ?? "SAILPOINT_API_URL",
        problems:
          problems.map(({ sentence }) => sentence).join("\n") ||
          "SAILPOINT_API_URL, SAILPOINT_CLIENT_ID and SAILPOINT_CLIENT_SECRET are not set.",
      },
    });
  }
  const log = createLog("silent", { secrets: secretsAmong(settings) });
  return sailPointFor({ apiUrl, clientId, clientSecret, paths }, { timers: systemTimers, log });
}

/** A client that keeps to the budget by itself: a command sends few calls, beside a bot that may use the same token. */
export function sailPointFor(
  config: Omit<NonNullable<Config["sailpoint"]>, "pollSeconds">,
  { timers, log }: { readonly timers: Timers; readonly log: Log },
): SailPointClient {
  const budget = createSailPointBudget({ slots: createMemorySlots(timers, sailPointSlotRules), timers, log });
  return createSailPointClient({ config, clock: systemClock, timers, random: Math.random, log, budget });
}
