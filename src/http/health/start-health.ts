import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { fromUnknown } from "../../errors.ts";
import type { StartedJobs } from "../../jobs/start-jobs.ts";
import type { Log } from "../../log.ts";
import { type Metrics, noMetrics, type ZpaOutcome } from "../../metrics.ts";
import type { Catalog } from "../../services/catalog/catalog.ts";
import type { Timers } from "../../timers.ts";
import { listen } from "../listen.ts";
import { type EventLoop, watchEventLoop } from "./event-loop.ts";
import { createPrometheus, type Prometheus } from "./prometheus.ts";
import { type Phase, type Readiness, readinessOf, type SlackStanding } from "./readiness.ts";
import { registerStateGauges } from "./state-gauges.ts";
import { type WatchStatePorts, watchState } from "./watch-state.ts";

/** A bot whose timers are this late in the middle cannot acknowledge within Slack's three seconds, and will not recover by itself. */
const STUCK_MILLISECONDS = 2_000;

/** What is watched once it stands. */
export interface Watched extends Pick<WatchStatePorts, "db" | "slots"> {
  readonly jobs: Pick<StartedJobs, "workers">;
  readonly slack: () => SlackStanding;
  readonly catalog: Pick<Catalog, "refreshedAt" | "size">;
  readonly catalogRefreshMinutes: number;
}

export interface Health {
  readonly metrics: Metrics;
  /** Where it answers, null when it is switched off. */
  port(): number | null;
  /** From here on readiness looks at these. */
  watch(watched: Watched): void;
  /** The bot receives. */
  running(): void;
  /** The bot stops: clicks belong to other replicas from now on. */
  draining(): void;
  close(): Promise<void>;
}

interface HealthPorts {
  readonly config: Config["health"];
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
  readonly eventLoop?: EventLoop;
}

/**
 * Answers `/healthz` (the process is alive), `/readyz` (it can take clicks in, else why not) and `/metrics` (Prometheus) on a port of its
 * own, from before the database is opened until the process ends. Nobody signs in, so it listens on loopback unless told otherwise, and
 * says nothing that names a person.
 *
 * @throws PortcullisError `port_in_use`
 */
export async function startHealth({ config, clock, timers, log, ...ports }: HealthPorts): Promise<Health> {
  if (config.port === null) return SWITCHED_OFF;
  const { eventLoop = watchEventLoop() } = ports;
  const { registry, metrics } = createPrometheus();
  const zpa = watchZpa(timers);
  let phase: Phase = "starting";
  let watched: (Watched & { readonly stored: ReturnType<typeof watchState> }) | null = null;

  const catalogAgeSeconds = (): number | null => {
    const refreshedAt = watched?.catalog.refreshedAt() ?? null;
    return refreshedAt === null ? null : Math.max(0, (clock.now().getTime() - refreshedAt.getTime()) / 1000);
  };
  const secondsSince = (at: Date | null): number | null =>
    at === null ? null : Math.max(0, (clock.now().getTime() - at.getTime()) / 1000);
  const readiness = async (): Promise<Readiness> => {
    const stored = await watched?.stored();
    return readinessOf({
      phase,
      databaseAnswers: stored !== null && stored !== undefined,
      slack: watched?.slack() ?? null,
      workers: watched?.jobs.workers() ?? { running: 0, expected: 0 },
      catalog: { ageSeconds: catalogAgeSeconds(), refreshMinutes: watched?.catalogRefreshMinutes ?? 0 },
      zpaAwaySeconds: zpa.awaySeconds(),
      sailpointAwaySeconds: secondsSince(stored?.sailpoint?.failedSince ?? null),
      oldestJobSeconds: Math.max(0, ...(stored?.queues ?? []).map(({ oldestSeconds }) => oldestSeconds)),
    });
  };
  const listener = answering({ registry, readiness, eventLoop, log });
  const server = await listen(listener, { port: config.port, host: config.host, setting: "HEALTH_PORT" });
  log.info({ host: config.host, port: server.port }, "health.listening");

  return {
    metrics: {
      ...metrics,
      zpaCall: (call) => {
        metrics.zpaCall(call);
        zpa.heard(call.outcome);
      },
    },
    port: () => server.port,
    watch: (parts) => {
      const stored = watchState({ ...parts, timers, log });
      watched = { ...parts, stored };
      registerStateGauges(registry, {
        stored,
        slack: parts.slack,
        catalogAgeSeconds,
        now: () => clock.now(),
        catalogSize: () => parts.catalog.size(),
      });
    },
    running: () => {
      phase = "running";
    },
    draining: () => {
      phase = "draining";
    },
    close: async () => {
      eventLoop.close();
      registry.clear();
      await server.close();
    },
  };
}

const SWITCHED_OFF: Health = {
  metrics: noMetrics,
  port: () => null,
  watch: () => {},
  running: () => {},
  draining: () => {},
  close: async () => {},
};

/** For how long ZPA has not answered as it should. A refusal is an answer. */
function watchZpa(timers: Timers) {
  let goodAt = timers.monotonicMilliseconds();
  let isAway = false;
  const away: ReadonlySet<ZpaOutcome> = new Set(["lost", "unsent", "failed", "not_permitted"]);
  return {
    heard: (outcome: ZpaOutcome): void => {
      isAway = away.has(outcome);
      if (!isAway) goodAt = timers.monotonicMilliseconds();
    },
    awaySeconds: () => (isAway ? (timers.monotonicMilliseconds() - goodAt) / 1000 : null),
  };
}

interface Answers extends Pick<Prometheus, "registry"> {
  readonly readiness: () => Promise<Readiness>;
  readonly eventLoop: EventLoop;
  readonly log: Log;
}

const answering =
  (answers: Answers): RequestListener =>
  (request, response) => {
    answer(answers, request, response).catch((thrown: unknown) => {
      answers.log.error({ err: fromUnknown(thrown) }, "health.not-answered");
      if (!response.headersSent) reply(response, 500, "application/json", JSON.stringify({ error: { code: "unexpected" } }));
    });
  };

async function answer({ registry, readiness, eventLoop }: Answers, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? "").split("?", 1)[0];
  if (request.method !== "GET" && request.method !== "HEAD") return reply(response, 405, "text/plain", "Only GET is answered here.\n");
  switch (path) {
    case "/healthz": {
      const lag = eventLoop.lag();
      const alive = lag.medianMilliseconds < STUCK_MILLISECONDS;
      return replyJson(response, alive ? 200 : 503, { alive, eventLoopLagMilliseconds: Math.round(lag.medianMilliseconds) });
    }
    case "/readyz": {
      const found = await readiness();
      return replyJson(response, found.ready ? 200 : 503, found);
    }
    case "/metrics":
      return reply(response, 200, registry.contentType, await registry.metrics());
    default:
      return reply(response, 404, "text/plain", "There are /healthz, /readyz and /metrics.\n");
  }
}

const replyJson = (response: ServerResponse, status: number, body: object): void =>
  reply(response, status, "application/json", `${JSON.stringify(body)}\n`);

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}
