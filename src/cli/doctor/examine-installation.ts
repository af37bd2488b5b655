import { systemClock } from "../../clock.ts";
import type { Environment, ReadFile } from "../../config/read-settings.ts";
import { type Config, type ConfigReading, checkConfig, secretsIn } from "../../config.ts";
import { createLog } from "../../log.ts";
import { createZpaClient } from "../../services/zpa/create-zpa-client.ts";
import { createMemorySlots } from "../../services/zpa/memory-slots.ts";
import { createThrottle } from "../../services/zpa/throttle.ts";
import { createSlackDirectory } from "../../slack/slack-directory.ts";
import { createWebClients } from "../../slack/web-clients.ts";
import type { Timers } from "../../timers.ts";
import { sailPointFor } from "../sailpoint/sailpoint-of-settings.ts";
import { databaseCheck } from "./database-check.ts";
import { type CheckedFinding, examine } from "./finding.ts";
import { ledgerCheck, siemCheck } from "./ledger-checks.ts";
import { sailPointChecks } from "./sailpoint-checks.ts";
import { channelCheck, holdersCheck, slackChecks } from "./slack-checks.ts";
import { zpaChecks } from "./zpa-checks.ts";

export interface Installation {
  readonly env: Environment;
  readonly readFile: ReadFile;
  /** Bot scopes of the manifest. */
  readonly scopes: readonly string[];
  readonly timers: Timers;
  /** No check takes longer. */
  readonly limitMilliseconds: number;
}

/** Looks at everything that the bot needs, all of it at once. Writes nothing in Slack or ZPA. */
export async function examineInstallation(installation: Installation): Promise<readonly CheckedFinding[]> {
  const reading = checkConfig(installation.env, installation.readFile);
  const settings = settingsFindings(reading);
  return reading.kind === "incomplete" ? settings : [...settings, ...(await examineServices(reading.config, installation))];
}

const LEDGER_UNSEEN: CheckedFinding = {
  name: "ledger",
  status: "not_checkable",
  detail: "the ledger is looked at once the database opens",
  fix: null,
};

function settingsFindings(reading: ConfigReading): readonly CheckedFinding[] {
  if (reading.kind === "complete") return [{ name: "settings", status: "ok", detail: "complete", fix: null }];
  return [
    ...reading.problems.map(({ sentence }): CheckedFinding => {
      const end = sentence.indexOf(". ") + 1;
      return { name: "settings", status: "wrong", detail: sentence.slice(0, end), fix: sentence.slice(end + 1) };
    }),
    {
      name: "services",
      status: "not_checkable",
      detail: "Slack, ZPA and the database are looked at once the settings are complete",
      fix: "Every setting is explained in docs/reference/settings.md.",
    },
  ];
}

async function examineServices(config: Config, { scopes, timers, limitMilliseconds }: Installation): Promise<readonly CheckedFinding[]> {
  const log = createLog("silent", { secrets: secretsIn(config) });
  const clients = createWebClients(config.slack, log);
  const directory = createSlackDirectory({ clients, timers, log });
  const throttle = createThrottle({ slots: createMemorySlots(timers), timers, log });
  const zpa = createZpaClient({ config: config.zpa, clock: systemClock, timers, random: Math.random, log, throttle });
  const sailpoint = config.sailpoint === null ? null : sailPointFor(config.sailpoint, { timers, log });
  const { approvalsChannel } = config.slack;
  const checks = [
    ...slackChecks({ slack: config.slack, client: clients.interactive, scopes, log }),
    holdersCheck("approvers", config.approvers, directory),
    holdersCheck("admins", config.admins, directory),
    ...(config.onCall.length === 0 ? [] : [holdersCheck("on_call", config.onCall, directory)]),
    ...(config.breakGlass.size === 0 ? [] : [holdersCheck("break_glass", [...config.breakGlass.keys()], directory)]),
    ...(approvalsChannel === null ? [] : [channelCheck(approvalsChannel, clients.interactive)]),
    ...zpaChecks(zpa),
    ...(sailpoint === null ? [] : sailPointChecks(sailpoint)),
    databaseCheck(config.database, log),
    ...(config.siem === null ? [] : [siemCheck(config.siem)]),
  ];
  try {
    const found = await Promise.all(checks.map((check) => examine(check, timers, limitMilliseconds)));
    // The embedded database is opened once at a time.
    const isOpen = found.some(({ name, status }) => name === "database" && status === "ok");
    return [...found, isOpen ? await examine(ledgerCheck(config, log), timers, limitMilliseconds) : LEDGER_UNSEEN];
  } finally {
    void sailpoint?.close();
    void zpa.close(); // it waits for calls that a check has given up on
  }
}
