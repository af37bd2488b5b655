import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startPortcullis } from "../src/app.ts";
import { readConfig, secretsIn } from "../src/config.ts";
import { createLog, type LogOptions } from "../src/log.ts";
import { systemTimers, type Timers } from "../src/timers.ts";
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
  /** Where the simulated tenant keeps its objects between starts; null or left out: nowhere. */
  readonly keepFolder?: string | null;
  /** Where the bot inside keeps its data: in the folder, or in a PostgreSQL of the sandbox's own that goes with it. */
  readonly database?: "pglite" | "postgres";
  /** How many bots share that PostgreSQL, over Socket Mode. */
  readonly replicas?: number;
  /** Port of the first bot's health and metrics. */
  readonly healthPort?: number | null;
  /** What calls and messages are spaced by, on both sides; the machine's timers unless a test need not see the waiting. */
  readonly pacing?: Timers;
  readonly logLevel: "debug" | "info" | "warn" | "error";
  /** Where the lines of the bot inside go; standard error unless it is said. */
  readonly logTo?: LogOptions["to"];
  /** Hears everything that passes between the bot and the simulated workspace. */
  readonly overhear?: (said: string) => void;
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
  const { slackMode, bot, pagePort, logLevel, logTo, overhear, pacing = systemTimers } = options;
  const undos: (() => Promise<unknown>)[] = [];
  try {
    const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), "portcullis-sandbox-")));
    if (options.dataFolder === null && bot === "inside") undos.push(() => rm(dataFolder, { recursive: true, force: true }));
    const keepTenantIn = options.keepFolder == null ? null : join(options.keepFolder, "zpa-tenant.json");
    const simulators = await launchSimulators({
      ...{ slackMode, dataFolder, bot, pacing, keepTenantIn },
      ...(overhear === undefined ? {} : { overhear }),
    });
    undos.push(simulators.close);
    const { slack, tenant, clock, scene, settings } = simulators;

    const startBot = async (env: Readonly<Record<string, string>>): Promise<void> => {
      const config = readConfig(env, noFiles);
      const log = createLog(logLevel, { secrets: secretsIn(config), ...(logTo === undefined ? {} : { to: logTo }) });
      const portcullis = await startPortcullis({ config, clock, pacing, log });
      undos.push(() => portcullis.stop(stopMilliseconds));
      clock.onMove(() => portcullis.clockMoved());
    };
    if (bot === "inside") {
      const server = options.database === "postgres" ? await (await import("./start-postgres.ts")).startEmbeddedPostgres() : null;
      if (server) undos.push(server.stop);
      const chosen = { ...settings, ...(server ? { DATABASE_URL: await server.newDatabase() } : {}), LOG_LEVEL: logLevel };
      const bots = Array.from({ length: options.replicas ?? 1 }, (_, place) =>
        place === 0 && options.healthPort != null ? { ...chosen, HEALTH_PORT: String(options.healthPort) } : chosen,
      );
      await Promise.all(bots.map(startBot));
    }
    const page = pagePort === null ? null : await startPage({ port: pagePort, slackUrl: slack.url, tenantUrl: tenant.url, clock, scene });
    if (page) undos.push(page.close);
    return { slack, tenant, clock, settings, pageUrl: page?.url ?? null, stop: () => undoAll(undos) };
  } catch (cause) {
    await undoAll(undos);
    throw cause;
  }
}
