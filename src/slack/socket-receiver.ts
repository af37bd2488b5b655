import type { App, Receiver } from "@slack/bolt";
import { SocketModeClient } from "@slack/socket-mode";
import { z } from "zod";
import type { Log } from "../log.ts";
import { doneWithin, sleepUnlessWoken, type Timers } from "../timers.ts";
import { boltLogger } from "./bolt-logger.ts";
import { slackFailure } from "./slack-failure.ts";

/** One more than needed: Slack closes each connection now and then, and what is clicked in a gap is not delivered again. */
const CONNECTIONS = 2;
const FIRST_RETRY_MILLISECONDS = 500;
const LONGEST_RETRY_MILLISECONDS = 30_000;
const OPEN_TIMEOUT_MILLISECONDS = 10_000;
const CLOSE_MILLISECONDS = 2_000;

export interface SocketReceiver extends Receiver {
  /** How many connections stand, of how many, and since when there is none at all. */
  health(): SocketHealth;
}

export interface SocketHealth {
  readonly expected: number;
  readonly connected: number;
  /** Milliseconds without any connection; 0 while one stands. */
  readonly downMilliseconds: number;
}

export interface SocketReceiverOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly timers: Timers;
  readonly log: Log;
  /** What follows when no connection has stood for this long. */
  readonly lost: {
    readonly afterMilliseconds: number;
    /** Whether it is our fault and not Slack's: then the process should end and be started anew. Otherwise it goes on trying. */
    isOurs(): Promise<boolean>;
    /** Called once. */
    report(): void;
  };
}

/** What the SDK hands over with each envelope that carries something to do. */
interface SlackEnvelope {
  readonly body: Record<string, unknown>;
  readonly ack: (response?: Record<string, unknown> | string) => Promise<void>;
  readonly retry_num?: number;
  readonly retry_reason?: string;
}

const hello = z.object({ type: z.literal("hello"), num_connections: z.number() });

/**
 * Receives through several Socket Mode connections; Slack delivers each envelope to one of them.
 *
 * Reconnecting is ours, not the SDK's: of itself it waits five seconds after every routine `disconnect`, and a failure while it
 * reconnects ends in an unhandled rejection with the socket closed for good (slackapi/node-slack-sdk#2656).
 */
export const createSocketReceiver = ({ appToken, apiUrl, timers, log, lost }: SocketReceiverOptions): SocketReceiver => {
  const connected = new Set<SocketModeClient>();
  const stopping = new AbortController();
  let app: App | null = null;
  let downSince: number | null = timers.monotonicMilliseconds();

  const deliver = async ({ body, ack, retry_num, retry_reason }: SlackEnvelope): Promise<void> => {
    try {
      await app?.processEvent({
        body,
        ack,
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      });
    } catch (cause) {
      log.error({ cause: String(cause) }, "slack.delivery-failed");
    }
  };

  const open = (): SocketModeClient => {
    const client = new SocketModeClient({
      appToken,
      autoReconnectEnabled: false,
      logger: boltLogger(log),
      // Its own object: the SDK writes its retry policy into what it is given, and other clients would inherit it.
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: OPEN_TIMEOUT_MILLISECONDS, rejectRateLimitedCalls: true },
    });
    client.on("slack_event", (envelope: SlackEnvelope) => void deliver(envelope));
    client.on("ws_message", (data: unknown) => warnOfStrays(data));
    client.on("connected", () => {
      connected.add(client);
      downSince = null;
    });
    client.on("disconnected", () => {
      connected.delete(client);
      if (connected.size === 0) downSince ??= timers.monotonicMilliseconds();
    });
    return client;
  };

  /** Half-open connections of a process that died count against Slack's limit of ten and swallow clicks. */
  const warnOfStrays = (data: unknown): void => {
    if (typeof data !== "string" || !data.includes('"hello"')) return;
    const parsed = hello.safeParse(JSON.parse(data));
    if (parsed.success) log.info({ connections: parsed.data.num_connections, ours: CONNECTIONS }, "slack.socket-open");
  };

  /** Keeps one connection standing until it is told to stop. Resolves when it stood for the first time. */
  const keepOpen = (client: SocketModeClient): Promise<void> =>
    new Promise((resolve, reject) => {
      const first = { resolve, reject };
      void (async () => {
        for (let failures = 0; !stopping.signal.aborted; ) {
          try {
            await client.start();
            failures = 0;
            first.resolve();
            await new Promise<void>((ended) => (connected.has(client) ? client.once("disconnected", () => ended()) : ended()));
          } catch (cause) {
            failures += 1;
            log.warn({ cause: String(cause), failures }, "slack.socket-refused");
            first.reject(cause);
            const pause = Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (failures - 1), LONGEST_RETRY_MILLISECONDS);
            await sleepUnlessWoken(timers, pause, stopping.signal);
          }
        }
      })();
    });

  const watch = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      if (downMilliseconds() >= lost.afterMilliseconds) {
        log.error({ downMilliseconds: downMilliseconds() }, "slack.socket-lost");
        if (await lost.isOurs()) return lost.report();
      }
      const left = lost.afterMilliseconds - downMilliseconds();
      await sleepUnlessWoken(timers, left > 0 ? left : lost.afterMilliseconds, stopping.signal);
    }
  };

  const downMilliseconds = (): number => (downSince === null ? 0 : timers.monotonicMilliseconds() - downSince);
  let clients: readonly SocketModeClient[] = [];

  return {
    init: (boltApp: App) => {
      app = boltApp;
    },
    start: async () => {
      clients = Array.from({ length: CONNECTIONS }, open);
      try {
        await Promise.any(clients.map(keepOpen));
      } catch (cause) {
        const failure = slackFailure("apps.connections.open", cause instanceof AggregateError ? cause.errors[0] : cause);
        // Who does not answer may do so later, and the connections go on trying.
        if (failure.code !== "slack_unreachable") {
          stopping.abort();
          throw failure;
        }
        log.error({ err: failure }, "slack.not-reached");
      }
      void watch();
    },
    stop: async () => {
      stopping.abort();
      await doneWithin(timers, CLOSE_MILLISECONDS, Promise.all(clients.map((client) => client.disconnect())));
    },
    health: () => ({ expected: CONNECTIONS, connected: connected.size, downMilliseconds: downMilliseconds() }),
  };
};
