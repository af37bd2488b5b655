import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { Server } from "node:http";
import { createAdaptorServer, type HttpBindings } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";
import { parse } from "yaml";
import { z } from "zod";
import { type Clock, systemClock } from "../../src/clock.ts";
import { createFaults } from "./api/faults.ts";
import { webApi } from "./api/web-api.ts";
import type { SlackControl } from "./control.ts";
import { slackControlClient } from "./control-client.ts";
import { controlRoutes } from "./control-server.ts";
import { eventDeliveries } from "./deliveries/events.ts";
import { httpDeliveries } from "./deliveries/http.ts";
import { ACK_LIMIT, type Deliver } from "./deliveries/outgoing.ts";
import { createSocketLink } from "./deliveries/socket.ts";
import { messageAction, options, viewAction } from "./people/act.ts";
import { createResponseUrls } from "./people/response-urls.ts";
import type { Stage } from "./people/stage.ts";
import { command, openHome, shortcut } from "./people/start.ts";
import { close, submit } from "./people/submit.ts";
import { createTriggers } from "./people/triggers.ts";
import { edit, say, tellOfChange, tellOfOwn, unsay } from "./people/write.ts";
import { applySeed, changed, createWorkspace, snapshot } from "./workspace.ts";

const Manifest = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
});
const manifest = Manifest.parse(parse(readFileSync(new URL("../../manifest.yml", import.meta.url), "utf8")));

/** The bot scopes of the app's own manifest: what it does not ask for is missing here too. */
export const DEFAULT_SCOPES: readonly string[] = manifest.oauth_config.scopes.bot;
const DEFAULT_EVENTS: readonly string[] = manifest.settings.event_subscriptions.bot_events;

export interface SlackOptions {
  /** 0 for any free one. */
  readonly port: number;
  /** `either`: over a socket while the app has one open, else to its request URL. */
  readonly mode: "socket" | "http" | "either";
  /** The app's request URL; it can also be said later. */
  readonly deliverTo?: string;
  readonly signingSecret: string;
  readonly botToken: string;
  readonly appToken: string;
  /** Of the bot token; those of `manifest.yml` unless told otherwise. */
  readonly scopes?: readonly string[];
  /** What the app has subscribed to; the bot events of `manifest.yml` unless told otherwise. */
  readonly events?: readonly string[];
  readonly clock?: Clock;
  readonly enforceRateLimits?: boolean;
  /** Milliseconds that the app has to ack; Slack's three seconds unless a test is in a hurry. */
  readonly ackLimitMilliseconds?: number;
  readonly eventRetryAfterMilliseconds?: readonly number[];
  /** Hears everything that passes between the app and the workspace, both ways, word for word. */
  readonly overhear?: (said: string) => void;
}

export interface SimulatedSlack {
  readonly url: string;
  /** What `SLACK_API_URL` is set to. */
  readonly apiUrl: string;
  readonly control: SlackControl;
  deliverTo(url: string): void;
  close(): Promise<void>;
}

/** Starts the simulated workspace on loopback. The app talks to it by HTTP and WebSocket alone, exactly as with Slack. */
export async function startSlack(options: SlackOptions): Promise<SimulatedSlack> {
  const { clock = systemClock, mode, ackLimitMilliseconds = ACK_LIMIT } = options;
  const workspace = createWorkspace(clock);
  const ended = new AbortController();
  const closed = once(ended.signal, "abort").then(() => {});
  let target = options.deliverTo ?? null;
  let url = "";

  const link = createSocketLink({ mode, ackLimitMilliseconds, onChange: () => changed(workspace) });
  const post = httpDeliveries({ target: () => target, signingSecret: options.signingSecret, ackLimitMilliseconds });
  const overSocket = () => mode === "socket" || (mode === "either" && link.connected() > 0);
  const overhear = options.overhear ?? (() => {});
  const deliver: Deliver = async (outgoing) => {
    overhear(JSON.stringify(outgoing));
    const delivery = await (overSocket() ? link.deliver(outgoing) : post(outgoing));
    overhear(JSON.stringify(delivery));
    return delivery;
  };
  const triggers = createTriggers(workspace);
  const responseUrls = createResponseUrls(workspace, () => url);
  const faults = createFaults();
  const stage: Stage = {
    workspace,
    triggers,
    responseUrls,
    deliver,
    deliverEvent: eventDeliveries(deliver, {
      signal: ended.signal,
      ...(options.eventRetryAfterMilliseconds && { retryAfterMilliseconds: options.eventRetryAfterMilliseconds }),
    }),
    subscriptions: options.events ?? DEFAULT_EVENTS,
    scopes: options.scopes ?? DEFAULT_SCOPES,
    messageStates: new WeakMap(),
    offered: new Map(),
  };
  workspace.changes.on("posted", (message) => void tellOfOwn(stage, message));
  workspace.changes.on("rewritten", (message, before) => void tellOfChange(stage, message, before));
  const api = webApi({
    context: {
      workspace,
      triggers,
      scopes: options.scopes ?? DEFAULT_SCOPES,
      url,
      socketUrl: () => `${url.replace(/^http/, "ws")}${link.newTicket()}`,
    },
    botToken: options.botToken,
    appToken: options.appToken,
    faults,
    enforceRateLimits: options.enforceRateLimits ?? false,
    closed,
  });
  const overheard: MiddlewareHandler = async (c, next) => {
    overhear(`${c.req.path} ${await c.req.raw.clone().text()}`);
    await next();
    overhear(await c.res.clone().text());
  };
  const routes = new Hono<{ Bindings: HttpBindings }>()
    .use("/api/*", overheard)
    .use("/response/*", overheard)
    .route("/api", api)
    .route("/control", controlRoutes(controlOf(stage, faults, link), workspace))
    .post("/response/:team/:id", async (c) => {
      const { status, text } = responseUrls.use(c.req.param("id"), await c.req.json());
      return c.text(text, status);
    });

  const server = createAdaptorServer({ fetch: routes.fetch }) as Server;
  server.on("upgrade", link.upgrade);
  server.listen(options.port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The simulator has no port.");
  url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    apiUrl: `${url}/api/`,
    control: slackControlClient(url),
    deliverTo: (next) => {
      target = next;
    },
    close: async () => {
      ended.abort();
      link.close();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const controlOf = (stage: Stage, faults: ReturnType<typeof createFaults>, link: ReturnType<typeof createSocketLink>): SlackControl => ({
  command: (input) => command(stage, input),
  shortcut: (input) => shortcut(stage, input),
  openHome: (input) => openHome(stage, input),
  say: (input) => say(stage, input),
  edit: (input) => edit(stage, input),
  unsay: (input) => unsay(stage, input),
  messageAction: (input) => messageAction(stage, input),
  viewAction: (input) => viewAction(stage, input),
  options: (input) => options(stage, input),
  submit: (input) => submit(stage, input),
  close: (input) => close(stage, input),
  fault: async (input) => faults.plan(input),
  clearFaults: async () => faults.clear(),
  disconnect: async ({ how }) => link.disconnect(how),
  seed: async (input) => applySeed(stage.workspace, input),
  resetCalls: async () => stage.workspace.calls.clear(),
  state: async () => snapshot(stage.workspace, link.connected()),
});
