import type { KnownBlock } from "@slack/types";
import { WebAPIRateLimitedError, type WebClient } from "@slack/web-api";
import type { Log } from "../log.ts";
import { sleepUnlessWoken, type Timers } from "../timers.ts";
import { slackFailure } from "./slack-failure.ts";

/** A message: blocks for the screen, text for screen readers and notifications. */
export interface OutboundMessage {
  readonly text: string;
  readonly blocks: readonly KnownBlock[];
}

export interface Outbound {
  /** @throws PortcullisError `slack_refused` | `slack_unreachable`; when the outcome is unknown it is not posted a second time here */
  post(channelId: string, message: OutboundMessage, options?: { readonly threadTs?: string }): Promise<{ channelId: string; ts: string }>;
  /** Of several updates that wait for one message only the latest is sent; all of them settle with it. */
  update(channelId: string, ts: string, message: OutboundMessage): Promise<void>;
  /** Shown to one person only, where they are. */
  whisper(channelId: string, userId: string, message: OutboundMessage, options?: { readonly threadTs?: string }): Promise<void>;
  /** Resolves when nothing waits any more, or after the deadline; `true` when everything was sent. */
  drain(deadlineMilliseconds: number): Promise<boolean>;
}

interface OutboundPorts {
  readonly client: WebClient;
  readonly timers: Timers;
  /** What a lane waits by. */
  readonly pacing?: Timers | undefined;
  readonly log: Log;
}

/** Slack allows one message a second and channel (docs.slack.dev, "Rate limits", chat.postMessage). */
const POST_INTERVAL_MILLISECONDS = 1_000;
/** How often Slack may say "later" to one message before its caller, a durable job, tries again on its own schedule. */
const MOST_RATE_LIMITS = 5;

interface Task {
  /** Set for an update: the message's ts. */
  readonly updates: string | null;
  /** A new message that others in the channel see: Slack allows one a second. */
  readonly paced: boolean;
  readonly method: string;
  send: () => Promise<{ channelId: string; ts: string }>;
  readonly settle: { resolve(sent: { channelId: string; ts: string }): void; reject(cause: unknown): void }[];
  rateLimits: number;
}

interface Lane {
  readonly waiting: Task[];
  running: boolean;
  postedAt: number;
}

/**
 * One lane a channel: what is slow or refused in one never holds up another. Within a lane calls go one by one; new messages wait
 * for their second, updates and answers to one person alone do not; and a `Retry-After` pauses the lane that earned it.
 */
export const createOutbound = ({ client, timers, pacing = timers, log }: OutboundPorts): Outbound => {
  const lanes = new Map<string, Lane>();
  const idle = new Set<() => void>();

  const nextOf = (lane: Lane): { task: Task | null; waitMilliseconds: number } => {
    const ready = lane.waiting.find((task) => !task.paced);
    if (ready) return { task: ready, waitMilliseconds: 0 };
    const [first] = lane.waiting;
    const waitMilliseconds = Math.max(0, lane.postedAt + POST_INTERVAL_MILLISECONDS - pacing.monotonicMilliseconds());
    return { task: waitMilliseconds > 0 ? null : (first ?? null), waitMilliseconds };
  };

  const attempt = async (channelId: string, lane: Lane, task: Task): Promise<void> => {
    lane.waiting.splice(lane.waiting.indexOf(task), 1);
    if (task.paced) lane.postedAt = pacing.monotonicMilliseconds();
    try {
      const sent = await task.send();
      for (const { resolve } of task.settle) resolve(sent);
    } catch (cause) {
      if (cause instanceof WebAPIRateLimitedError && task.rateLimits < MOST_RATE_LIMITS) {
        task.rateLimits += 1;
        log.warn({ channelId, method: task.method, retryAfterSeconds: cause.retryAfter }, "slack.rate-limited");
        await pacing.sleep(cause.retryAfter * 1_000);
        returnTo(lane, task);
        return;
      }
      const failure = slackFailure(task.method, cause);
      for (const { reject } of task.settle) reject(failure);
    }
  };

  /** While a task waited for Slack a newer update of the same message may have come: then that one speaks for both. */
  const returnTo = (lane: Lane, task: Task): void => {
    const newer = task.updates === null ? undefined : lane.waiting.find((other) => other.updates === task.updates);
    if (newer) {
      newer.settle.push(...task.settle);
      newer.rateLimits = task.rateLimits;
    } else lane.waiting.unshift(task);
  };

  const run = async (channelId: string, lane: Lane): Promise<void> => {
    lane.running = true;
    while (lane.waiting.length > 0) {
      const { task, waitMilliseconds } = nextOf(lane);
      if (task) await attempt(channelId, lane, task);
      else await pacing.sleep(waitMilliseconds);
    }
    lane.running = false;
    if ([...lanes.values()].every((other) => !other.running)) for (const wake of idle) wake();
  };

  const enqueue = (channelId: string, task: Omit<Task, "settle" | "rateLimits">): Promise<{ channelId: string; ts: string }> =>
    new Promise((resolve, reject) => {
      const lane = lanes.get(channelId) ?? { waiting: [], running: false, postedAt: Number.NEGATIVE_INFINITY };
      lanes.set(channelId, lane);
      const waiting = task.updates === null ? undefined : lane.waiting.find((other) => other.updates === task.updates);
      if (waiting) {
        waiting.send = task.send;
        waiting.settle.push({ resolve, reject });
      } else lane.waiting.push({ ...task, settle: [{ resolve, reject }], rateLimits: 0 });
      if (!lane.running) void run(channelId, lane);
    });

  const bodyOf = ({ text, blocks }: OutboundMessage) => ({ text, blocks: [...blocks], unfurl_links: false, unfurl_media: false });

  return {
    post: (channelId, message, { threadTs } = {}) =>
      enqueue(channelId, {
        updates: null,
        paced: true,
        method: "chat.postMessage",
        send: async () => {
          const sent = await client.chat.postMessage({
            channel: channelId,
            ...bodyOf(message),
            ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
          });
          return { channelId: sent.channel ?? channelId, ts: sent.ts ?? "" };
        },
      }),
    update: async (channelId, ts, { text, blocks }) => {
      await enqueue(channelId, {
        updates: ts,
        paced: false,
        method: "chat.update",
        send: async () => {
          await client.chat.update({ channel: channelId, ts, text, blocks: [...blocks] });
          return { channelId, ts };
        },
      });
    },
    whisper: async (channelId, userId, message, { threadTs } = {}) => {
      await enqueue(channelId, {
        updates: null,
        paced: false,
        method: "chat.postEphemeral",
        send: async () => {
          const sent = await client.chat.postEphemeral({
            channel: channelId,
            user: userId,
            text: message.text,
            blocks: [...message.blocks],
            ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
          });
          return { channelId, ts: sent.message_ts ?? "" };
        },
      });
    },
    drain: async (deadlineMilliseconds) => {
      if ([...lanes.values()].every((lane) => !lane.running)) return true;
      const quiet = new AbortController();
      const wake = (): void => quiet.abort();
      idle.add(wake);
      await sleepUnlessWoken(timers, deadlineMilliseconds, quiet.signal);
      idle.delete(wake);
      return quiet.signal.aborted;
    },
  };
};
