import type { App } from "@slack/bolt";
import { afterEach } from "vitest";
import { type SimulatedSlack, startSlack } from "../../sandbox/slack/server.ts";
import { systemClock } from "../../src/clock.ts";
import { createSlack, type Slack } from "../../src/slack/create-slack.ts";
import { systemTimers } from "../../src/timers.ts";
import { keptLog } from "./silent-log.ts";

export const SIGNING_SECRET = "shell-signing-secret";

/** The scopes of `manifest.yml`. */
export const SCOPES = [
  "commands",
  "chat:write",
  "channels:read",
  "groups:read",
  "mpim:read",
  "users:read",
  "users:read.email",
  "usergroups:read",
  "channels:history",
  "groups:history",
  "im:history",
] as const;

export interface Shell {
  readonly workspace: SimulatedSlack;
  readonly slack: Slack;
  readonly lines: Record<string, unknown>[];
  /** Where Slack posts, HTTP mode. */
  readonly address: string;
}

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Starts the simulated workspace and the real Slack shell in it, with the listeners that a test registers. Closed after the test. */
export const startShell = async ({
  mode,
  register,
}: {
  readonly mode: "http" | "socket";
  readonly register: (app: App, slack: Slack) => void;
}): Promise<Shell> => {
  const workspace = await startSlack({
    port: 0,
    mode,
    signingSecret: SIGNING_SECRET,
    botToken: "xoxb-shell",
    appToken: "xapp-shell",
    scopes: SCOPES,
  });
  open.push(() => workspace.close());
  const { log, lines } = keptLog();
  let references = 0;
  const slack = createSlack({
    config: {
      mode,
      botToken: "xoxb-shell",
      appToken: "xapp-shell",
      signingSecret: SIGNING_SECRET,
      apiUrl: workspace.apiUrl,
      port: 0,
      host: "127.0.0.1",
    },
    log,
    ids: { uuid: () => crypto.randomUUID(), reference: () => `REF${++references}` },
    timers: systemTimers,
    realClock: systemClock,
  });
  register(slack.app, slack);
  await slack.start();
  open.push(() => slack.stop(2_000));
  const address = `http://127.0.0.1:${slack.port() ?? 0}/slack/events`;
  workspace.deliverTo(address);
  return { workspace, slack, lines, address };
};
