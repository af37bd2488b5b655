import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { type Logger, LogLevel, WebClient } from "@slack/web-api";
import { z } from "zod";
import { PEOPLE } from "../../../sandbox/slack/seed.ts";
import type { SimulatedSlack } from "../../../sandbox/slack/server.ts";
import type { Clock } from "../../../src/clock.ts";
import { BOT_TOKEN } from "./tiny-app.ts";

export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** An app that keeps what it is sent and acks with what it is told to; null never acks. */
export interface RecordingApp {
  readonly url: string;
  readonly received: Received[];
  answer: { readonly status: number; readonly body: string } | null;
  close(): Promise<void>;
}

export async function startRecordingApp(): Promise<RecordingApp> {
  const server = createServer(async (request, response) => {
    app.received.push({ headers: request.headers, body: await text(request) });
    if (app.answer) response.writeHead(app.answer.status, { "content-type": "application/json" }).end(app.answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const app: RecordingApp = {
    url: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/slack/events`,
    received: [],
    answer: { status: 200, body: "" },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return app;
}

/** A clock that a test moves. */
export function handClock(start = "2026-11-22T09:00:00Z"): Clock & { pass(milliseconds: number): void } {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    pass: (milliseconds) => {
      now += milliseconds;
    },
  };
}

/** Slack's own client, without patience: a refusal rejects at once. */
export const webClient = (slack: SimulatedSlack, token = BOT_TOKEN): WebClient =>
  new WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: silent });

/** For clients that would print the trouble that a test makes for them. */
export const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** Slack's error code of a call that is refused, or "ok". */
export const outcome = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "ok",
    (cause: unknown) => PlatformError.parse(cause).data.error,
  );
const PlatformError = z.object({ data: z.object({ error: z.string() }) });

/** What the app was sent in `payload`, or the form itself for a command. */
export function payloadOf(received: Received | undefined): Record<string, unknown> {
  const form = new URLSearchParams(received?.body);
  return JSON.parse(form.get("payload") ?? JSON.stringify(Object.fromEntries(form)));
}

/** A trigger, as a person's command hands it to the app. */
export async function freshTrigger(slack: SimulatedSlack, app: RecordingApp, userId: string = PEOPLE.requester.id): Promise<string> {
  await slack.control.shortcut({ userId, callbackId: "any" });
  return String(payloadOf(app.received.at(-1)).trigger_id);
}
