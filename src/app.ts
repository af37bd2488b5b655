import { type Clock, systemClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type FaultPoint, noFault } from "./fault-points.ts";
import { startCredentialPage } from "./http/credential-page/start-credential-page.ts";
import { type Health, startHealth } from "./http/health/start-health.ts";
import { type Ids, randomIds } from "./ids.ts";
import type { Log } from "./log.ts";
import type { Services } from "./services/services.ts";
import { createSlack } from "./slack/create-slack.ts";
import { systemTimers, type Timers } from "./timers.ts";
import type { Given } from "./wiring/given.ts";
import { listenToSlack } from "./wiring/listen-to-slack.ts";
import { openControl } from "./wiring/open-control.ts";
import { openStore } from "./wiring/open-store.ts";
import { startWork } from "./wiring/start-work.ts";
import { stopPortcullis } from "./wiring/stop-portcullis.ts";
import { wireCredentials } from "./wiring/wire-credentials.ts";
import { wireLedger } from "./wiring/wire-ledger.ts";
import { wirePorts } from "./wiring/wire-ports.ts";
import { wireReading } from "./wiring/wire-reading.ts";
import { wireServices } from "./wiring/wire-services.ts";
import { wireSlackPorts } from "./wiring/wire-slack-ports.ts";
import { wireTenant } from "./wiring/wire-tenant.ts";
import { startCatalog } from "./workers.ts";

export interface PortcullisOptions {
  readonly config: Config;
  readonly log: Log;
  /** Time of the services: schedules, windows, timers. The sandbox moves it. */
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly timers?: Timers;
  /** What spaces calls to ZPA and messages to Slack, where those allow only so many in a time; `timers` unless both sides are hurried. */
  readonly pacing?: Timers;
  readonly random?: () => number;
  readonly faultPoint?: FaultPoint;
  /** Called when the process can do no good any more: the database is gone, or no socket to Slack stands for minutes. */
  readonly onFatal?: (cause: Error) => void;
}

export interface Portcullis {
  readonly services: Services;
  /** HTTP mode: the port that Slack posts to. */
  port(): number | null;
  /** The port of `/healthz`, `/readyz` and `/metrics`; null when they are switched off. */
  healthPort(): number | null;
  /** The port of the one-time page for secrets; null when it is switched off. */
  pagePort(): number | null;
  /** To be called after a movable clock has jumped. */
  clockMoved(): Promise<void>;
  /**
   * Says that it is not ready, takes nothing new in, finishes what runs, closes everything; at most about `deadlineMilliseconds`.
   * `cut-short`: something was still running at the deadline. Nothing is lost by that: what was acknowledged is written down, and goes on
   * in another replica or at the next start.
   */
  stop(deadlineMilliseconds: number): Promise<"clean" | "cut-short">;
}

/**
 * The composition root: the one place that wires services, adapters and listeners. Resolves when the bot receives.
 * A Slack that does not answer is waited for, while jobs go on.
 * @throws PortcullisError `data_folder_in_use` | `port_in_use` | `database_unreachable` | `slack_refused` | `setting_*`
 */
export async function startPortcullis(options: PortcullisOptions): Promise<Portcullis> {
  const { config, log, clock = systemClock, timers = systemTimers } = options;
  const health = await startHealth({ config: config.health, clock, timers, log });
  try {
    return await startBehind(health, options);
  } catch (cause) {
    await health.close();
    throw cause;
  }
}

async function startBehind(health: Health, options: PortcullisOptions): Promise<Portcullis> {
  const { config, log, clock = systemClock, ids = randomIds, timers = systemTimers, random = Math.random } = options;
  const { faultPoint = noFault, onFatal, pacing = timers } = options;
  const given: Given = { config, log, clock, ids, timers, pacing, random, faultPoint, onFatal, metrics: health.metrics };
  const store = await openStore(given);
  const ledger = await wireLedger({ ...given, ...store });
  const tenant = await wireTenant({ ...given, ...store });

  const slack = createSlack({
    config: config.slack,
    log,
    ids,
    timers,
    pacing,
    realClock: systemClock,
    onLost: () => onFatal?.(new Error("no connection to Slack")),
  });
  const ground = { ...given, ...store, ledger, tenant, slack };
  const reading = wireReading(ground);
  const slackPorts = wireSlackPorts({ ...ground, reading });
  const ports = wirePorts({ ...ground, reading, slackPorts });
  const credentials = wireCredentials({ ...ground, reading });
  const services = wireServices({ ...ground, reading, slackPorts, ports, credentials });
  const wired = { ...ground, reading, slackPorts, ports, credentials, services };

  listenToSlack(wired);
  await startWork(wired);
  const control = await openControl(wired);
  const page = await startCredentialPage({ config: config.credentialPage, ...credentials, ids, log });
  const { database, db, jobs } = store;
  const { slots, catalog } = tenant;
  const { catalogRefreshMinutes } = config;
  health.watch({ db, slots, jobs, catalog, catalogRefreshMinutes, slack: slack.health });
  await slack.start();
  health.running();
  await startCatalog({ jobs, catalog, clock, log, catalogRefreshMinutes });
  log.info({ mode: config.slack.mode, database: database.kind, port: slack.port() }, "portcullis.started");

  return {
    services,
    port: () => slack.port(),
    healthPort: health.port,
    pagePort: page.port,
    clockMoved: () => jobs.clockMoved(),
    stop: stopPortcullis({ ...ground, health, control, page }),
  };
}
