import type { RequestListener } from "node:http";
import { App, type Receiver } from "@slack/bolt";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { fromUnknown, PortcullisError } from "../errors.ts";
import type { Ids } from "../ids.ts";
import type { Log } from "../log.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { doneWithin, sleepUnlessWoken, type Timers } from "../timers.ts";
import { boltLogger } from "./bolt-logger.ts";
import { createDeliveries } from "./deliveries.ts";
import { createFailureShower } from "./error-boundary.ts";
import { createHttpReceiver } from "./http-receiver.ts";
import { createOutbound, type Outbound } from "./outbound.ts";
import { createSlackDirectory, type Forget } from "./slack-directory.ts";
import { asking } from "./slack-failure.ts";
import { createSocketReceiver, type SocketHealth } from "./socket-receiver.ts";
import { createWebClients, type WebClients } from "./web-clients.ts";

/** No socket for this long: the supervisor of the process should start it anew. */
const FIRST_ARRIVAL_MILLISECONDS = 1_000;
const LONGEST_ARRIVAL_MILLISECONDS = 30_000;
const LOST_MILLISECONDS = 120_000;

export interface SlackOptions {
  readonly config: Pick<Config["slack"], "mode" | "botToken" | "appToken" | "signingSecret" | "apiUrl" | "port" | "host">;
  readonly log: Log;
  readonly ids: Ids;
  readonly timers: Timers;
  /** What spaces the messages to one channel; `timers` unless Slack is hurried, too. */
  readonly pacing?: Timers;
  /** The machine's own clock: signatures carry real time, whatever clock the services run on. */
  readonly realClock: Clock;
  /** HTTP mode: answers requests that are not Slack's. */
  readonly otherRequests?: RequestListener;
  /** Called once when nothing more can be done here: Slack answers, and no connection to it stands; or it refuses what it took before. */
  readonly onLost?: () => void;
}

interface SlackHealth {
  readonly ok: boolean;
  readonly mode: Config["slack"]["mode"];
  readonly runningListeners: number;
  /** Connections that stand; HTTP: 1 while it listens. */
  readonly connected: number;
  readonly sockets: SocketHealth | null;
}

export interface Slack {
  readonly app: App;
  readonly clients: WebClients;
  readonly outbound: Outbound;
  readonly directory: SlackDirectory;
  readonly forget: Forget;
  /**
   * Verifies the bot token and begins to receive. While Slack does not answer it goes on trying; {@link Slack.health} says so.
   * @throws PortcullisError `slack_refused`
   */
  start(): Promise<void>;
  /** HTTP mode: goes on answering for that long, each answer the last one on its connection, so that a balancer finds another replica. */
  turnAway(milliseconds: number): Promise<void>;
  /** Takes nothing new in and lets running listeners finish. `true` when all did before the deadline. */
  hangUp(deadlineMilliseconds: number): Promise<boolean>;
  /** The same, and lets waiting messages finish, too. */
  stop(deadlineMilliseconds: number): Promise<boolean>;
  health(): SlackHealth;
  /** HTTP mode: the port that is listened on. */
  port(): number | null;
}

/** Sets Bolt up: how it receives, who it is, and what happens to what fails. Listeners are registered on `app`. */
export const createSlack = ({
  config,
  log,
  ids,
  timers,
  pacing,
  realClock,
  otherRequests,
  onLost = () => undefined,
}: SlackOptions): Slack => {
  const clients = createWebClients(config, log);
  const outbound = createOutbound({ client: clients.outbound, timers, pacing, log });
  const directory = createSlackDirectory({ clients, timers, log });
  const deliveries = createDeliveries({
    showFailure: createFailureShower({ interactive: clients.interactive, outbound, directory, ids, log }),
    timers,
    log,
  });

  const socket =
    config.mode === "socket"
      ? createSocketReceiver({
          appToken: needed(config.appToken, "SLACK_APP_TOKEN"),
          apiUrl: config.apiUrl,
          timers,
          log,
          lost: { afterMilliseconds: LOST_MILLISECONDS, isOurs: () => slackAnswers(), report: onLost },
        })
      : null;
  const http =
    config.mode === "http"
      ? createHttpReceiver({
          signingSecret: needed(config.signingSecret, "SLACK_SIGNING_SECRET"),
          port: config.port,
          host: config.host,
          realClock,
          log,
          ...(otherRequests ? { otherRequests } : {}),
        })
      : null;
  const receiver = socket ?? http;
  if (receiver === null) throw new PortcullisError("setting_invalid", { params: { setting: "SLACK_MODE" } });

  let identity: { botToken: string; botId: string; botUserId: string } | null = null;
  const identify = async (): Promise<{ botToken: string; botId: string; botUserId: string }> => {
    const { bot_id: botId = "", user_id: botUserId = "" } = await asking("auth.test", () => clients.interactive.auth.test());
    return { botToken: config.botToken, botId, botUserId };
  };

  const slackAnswers = async (): Promise<boolean> => {
    try {
      await identify();
      return true;
    } catch (cause) {
      return fromUnknown(cause).code !== "slack_unreachable";
    }
  };

  const arriving = new AbortController();
  const arrive = async (): Promise<void> => {
    identity = await identify();
    await receiver.start();
    // In a large workspace the first reading of all emails takes long: begun now, nobody has to wait for it in a form.
    directory.userIdsByEmail("").catch((cause: unknown) => log.warn({ err: fromUnknown(cause) }, "slack.users-not-read"));
  };
  /** Ends and grants go on without Slack: the bot waits for it, and is not ready meanwhile. */
  const arriveLater = async (): Promise<void> => {
    for (let pause = FIRST_ARRIVAL_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_ARRIVAL_MILLISECONDS)) {
      await sleepUnlessWoken(timers, pause, arriving.signal);
      if (arriving.signal.aborted) return;
      try {
        await arrive();
        log.info({ mode: config.mode }, "slack.reached");
        return;
      } catch (cause) {
        const error = fromUnknown(cause);
        log.error({ err: error }, "slack.not-reached");
        if (error.code !== "slack_unreachable") return onLost(); // what is wrong then stands in the log, and at the next start
      }
    }
  };

  const app = new App({
    receiver: watched(receiver, deliveries.watch),
    authorize: async () => (identity ??= await identify()),
    convoStore: false,
    logger: boltLogger(log),
    clientOptions: { slackApiUrl: config.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  // The seam around every delivery shows failures; Bolt only has to let them through.
  app.error(async (error) => {
    throw error;
  });

  const hangUp = async (deadlineMilliseconds: number): Promise<boolean> => {
    arriving.abort();
    const end = timers.monotonicMilliseconds() + deadlineMilliseconds;
    const left = (): number => Math.max(0, end - timers.monotonicMilliseconds());
    // A socket carries the acks of what still runs, so it closes last; an HTTP server refuses new requests first.
    if (socket) await deliveries.settle(left());
    await doneWithin(timers, left() / 2, receiver.stop());
    // What came in while it closed is worked on all the same.
    return deliveries.settle(left());
  };

  return {
    app,
    clients,
    outbound,
    directory,
    forget: directory.forget,
    start: async () => {
      try {
        await arrive();
      } catch (cause) {
        const error = fromUnknown(cause);
        if (error.code !== "slack_unreachable") throw error;
        log.error({ err: error }, "slack.not-reached");
        void arriveLater();
      }
    },
    turnAway: async (milliseconds) => {
      if (http === null) return;
      http.turnAway();
      await timers.sleep(milliseconds);
    },
    hangUp,
    stop: async (deadlineMilliseconds) => {
      const end = timers.monotonicMilliseconds() + deadlineMilliseconds;
      const settled = await hangUp(deadlineMilliseconds);
      const sent = await outbound.drain(Math.max(0, end - timers.monotonicMilliseconds()));
      return settled && sent;
    },
    health: () => {
      const sockets = socket?.health() ?? null;
      const connected = sockets ? sockets.connected : (http?.port() ?? null) === null ? 0 : 1;
      return { ok: connected > 0, mode: config.mode, runningListeners: deliveries.running(), connected, sockets };
    },
    port: () => http?.port() ?? null,
  };
};

/** The receiver, handing every delivery over through the watched app. */
const watched = (receiver: Receiver, watch: (app: App) => App): Receiver => ({
  init: (app) => receiver.init(watch(app)),
  start: () => receiver.start(),
  stop: () => receiver.stop(),
});

const needed = (value: string | null, setting: string): string => {
  if (value === null || value === "") throw new PortcullisError("setting_missing", { params: { setting } });
  return value;
};
