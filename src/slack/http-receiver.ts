import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type App, HTTPModuleFunctions, HTTPReceiver, isRawBodyError, type Receiver } from "@slack/bolt";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { portInUse } from "../port-in-use.ts";
import { boltLogger } from "./bolt-logger.ts";
import { SLACK_PATH } from "./manifest.ts";
import { createRequestGuard } from "./request-guard.ts";

/** Slack's largest documented payload, a view of 250 kB, fits many times over. */
const BODY_LIMIT = "1mb";

export interface HttpReceiver extends Receiver {
  /** The port that it listens on, null while it does not. */
  port(): number | null;
  /** From here on every answer ends its connection. */
  turnAway(): void;
}

export interface HttpReceiverOptions {
  readonly signingSecret: string;
  /** 0 takes any free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** The machine's own clock, not one that a sandbox moves: signatures carry real time. */
  readonly realClock: Clock;
  readonly log: Log;
  /** Answers whatever is not addressed to Slack's path; 404 when absent. */
  readonly otherRequests?: RequestListener;
}

/** Bolt's own HTTP receiver behind {@link createRequestGuard}: what the guard refuses gets a bare 401 and never reaches Bolt. */
export const createHttpReceiver = ({ signingSecret, port, host, realClock, log, otherRequests }: HttpReceiverOptions): HttpReceiver => {
  const inner = new HTTPReceiver({
    signingSecret,
    endpoints: SLACK_PATH,
    logger: boltLogger(log),
    bodyLimit: BODY_LIMIT,
    signatureVerification: false, // the guard has verified it; a second HMAC over every body would only slow the ack
  });
  const judge = createRequestGuard({ signingSecret, clock: realClock });
  let server: Server | null = null;
  let isLast = false;

  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { rawBody } = await HTTPModuleFunctions.bufferIncomingMessage(request, BODY_LIMIT);
    const verdict = judge({
      signature: header(request, "x-slack-signature"),
      timestamp: header(request, "x-slack-request-timestamp"),
      contentType: request.headers["content-type"],
      rawBody: rawBody.toString("utf8"),
    });
    if (verdict === "genuine") return inner.requestListener(request, response);
    log.warn({ verdict }, "slack.request-refused");
    HTTPModuleFunctions.buildNoBodyResponse(response, 401);
  };

  const listener: RequestListener = (request, response) => {
    if (isLast) response.shouldKeepAlive = false;
    if (request.method !== "POST" || pathOf(request) !== SLACK_PATH) {
      if (otherRequests) otherRequests(request, response);
      else HTTPModuleFunctions.buildNoBodyResponse(response, 404);
      return;
    }
    receive(request, response).catch((cause: unknown) => {
      const tooLarge = isRawBodyError(cause) && cause.type === "entity.too.large";
      log.warn({ cause: String(cause), tooLarge }, "slack.request-unreadable");
      if (!response.headersSent) HTTPModuleFunctions.buildNoBodyResponse(response, tooLarge ? 413 : 400);
    });
  };

  return {
    init: (app: App) => inner.init(app),
    start: () =>
      new Promise<void>((resolve, reject) => {
        const starting = createServer(listener);
        const refuse = (cause: Error): void => reject(portInUse(cause, { port, setting: "PORT" }));
        starting.once("error", refuse);
        starting.listen(port, host, () => {
          starting.removeListener("error", refuse);
          starting.on("error", (cause) => log.error({ cause: String(cause) }, "slack.http-server"));
          server = starting;
          resolve();
        });
      }),
    // Answers that are still being written are finished; connections that only idle are closed at once.
    turnAway: () => {
      isLast = true;
    },
    stop: () =>
      new Promise<void>((resolve) => {
        isLast = true;
        if (server === null) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
        server = null;
      }),
    port: () => {
      const address = server?.address() as AddressInfo | null | undefined;
      return address?.port ?? null;
    },
  };
};

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
};

const pathOf = (request: IncomingMessage): string => (request.url ?? "").split("?", 1)[0] ?? "";
