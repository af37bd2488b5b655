import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPortcullis } from "../src/app.ts";
import { readConfig, secretsIn } from "../src/config.ts";
import { createLog } from "../src/log.ts";
import { launchSimulators, type Simulators, type SlackMode } from "./launch-simulators.ts";
import { startPage } from "./page/server.ts";

export interface LaunchOptions {
  readonly slackMode: SlackMode;
  /** `by-hand`: the simulators alone; whoever reads `settings` starts the bot. */
  readonly bot: "inside" | "by-hand";
  /** Port of the page, 0 for a free one; null: no page. */
  readonly pagePort: number | null;
  /** Where the bot keeps its database; null: a temporary folder that goes with the sandbox. */
  readonly dataFolder: string | null;
  readonly logLevel: "debug" | "info" | "warn" | "error";
}

export interface Sandbox extends Pick<Simulators, "slack" | "tenant" | "clock" | "settings"> {
  readonly pageUrl: string | null;
  stop(): Promise<void>;
}

const stopMilliseconds = 5_000;
const noFiles = (path: string): never => {
  throw new Error(`The sandbox's settings name no file, yet ${path} was asked for.`);
};

/** Runs each undo, last made first, and goes on when one fails; the first failure is thrown at the end. */
async function undoAll(undos: readonly (() => Promise<unknown>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const undo of undos.toReversed()) await undo().catch((cause: unknown) => failures.push(cause));
  if (failures.length > 0) throw failures[0];
}

/** Starts everything on loopback: simulators, page, and the real bot through its own composition root, on a clock that moves. */
export async function launchSandbox(options: LaunchOptions): Promise<Sandbox> {
  const { slackMode, bot, pagePort, logLevel } = options;
  const undos: (() => Promise<unknown>)[] = [];
  try {
    const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), "portcullis-sandbox-")));
    if (options.dataFolder === null && bot === "inside") undos.push(() => rm(dataFolder, { recursive: true, force: true }));
    const simulators = await launchSimulators({ slackMode, dataFolder, bot });
    undos.push(simulators.close);
    const { slack, tenant, clock, scene, settings } = simulators;

    if (bot === "inside") {
      const config = readConfig({ ...settings, LOG_LEVEL: logLevel }, noFiles);
      const portcullis = await startPortcullis({
        config,
        clock,
        log: createLog(logLevel, { secrets: secretsIn(config) }),
      });
      undos.push(() => portcullis.stop(stopMilliseconds));
      clock.onMove(() => portcullis.clockMoved());
    }
    const page = pagePort === null ? null : await startPage({ port: pagePort, slackUrl: slack.url, tenantUrl: tenant.url, clock, scene });
    if (page) undos.push(page.close);
    return { slack, tenant, clock, settings, pageUrl: page?.url ?? null, stop: () => undoAll(undos) };
  } catch (cause) {
    await undoAll(undos);
    throw cause;
  }
}
