import { App, HTTPReceiver, LogLevel } from "@slack/bolt";
import { type SimulatedSlack, type SlackOptions, startSlack } from "../../../sandbox/slack/server.ts";

export const SIGNING_SECRET = "a-signing-secret";
export const BOT_TOKEN = "xoxb-simulated";
export const APP_TOKEN = "xapp-simulated";

const SCOPES = ["channels:read", "chat:write", "commands", "im:read", "im:write", "usergroups:read", "users:read", "users:read.email"];

export type Mode = SlackOptions["mode"];

/** A simulated workspace with a Bolt app of a few listeners in it, started as any Bolt app is. */
export interface Pair {
  readonly slack: SimulatedSlack;
  readonly app: App;
  stop(): Promise<void>;
}

/** Starts a workspace for tests that call the Web API alone. */
export const startWorkspace = (more: Partial<SlackOptions> = {}): Promise<SimulatedSlack> =>
  startSlack({ port: 0, mode: "http", signingSecret: SIGNING_SECRET, botToken: BOT_TOKEN, appToken: APP_TOKEN, scopes: SCOPES, ...more });

export async function startPair(mode: Mode, listeners: (app: App) => void, more: Partial<SlackOptions> = {}): Promise<Pair> {
  const slack = await startWorkspace({ mode, ...more });
  const common = {
    token: BOT_TOKEN,
    clientOptions: { slackApiUrl: slack.apiUrl },
    convoStore: false as const,
    logLevel: LogLevel.ERROR,
  };
  if (mode === "socket") {
    const app = new App({ ...common, socketMode: true, appToken: APP_TOKEN });
    listeners(app);
    await app.start();
    return { slack, app, stop: () => stopBoth(app, slack) };
  }
  const receiver = new HTTPReceiver({ signingSecret: SIGNING_SECRET, logLevel: LogLevel.ERROR });
  const app = new App({ ...common, receiver });
  listeners(app);
  const server = await receiver.start({ port: 0, host: "127.0.0.1" });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The app has no port.");
  slack.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  return { slack, app, stop: () => stopBoth(app, slack) };
}

async function stopBoth(app: App, slack: SimulatedSlack): Promise<void> {
  await app.stop();
  await slack.close();
}
