import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { parse } from "yaml";
import { z } from "zod";
import { systemClock } from "../src/clock.ts";
import { systemTimers, type Timers } from "../src/timers.ts";
import { createMovableClock, type MovableClock } from "./clock.ts";
import type { Scene } from "./page/scene.ts";
import { APP, CHANNELS, PEOPLE, USER_GROUPS } from "./slack/seed.ts";
import { type SimulatedSlack, startSlack } from "./slack/server.ts";
import { type RunningTenant, startTenant } from "./zpa/server.ts";

export type SlackMode = "socket" | "http";

export interface Simulators {
  readonly slack: SimulatedSlack;
  readonly tenant: RunningTenant;
  readonly clock: MovableClock;
  readonly scene: Scene;
  /** What a bot needs to work here, by the names of `docs/reference/settings.md`. */
  readonly settings: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const manifestShape = z.object({
  features: z.object({
    slash_commands: z.array(z.object({ command: z.string(), description: z.string(), usage_hint: z.string().default("") })).default([]),
    shortcuts: z.array(z.object({ name: z.string(), description: z.string(), callback_id: z.string(), type: z.string() })).default([]),
  }),
});

/** What a person can start, as the app's own manifest says it. */
async function startable(): Promise<Pick<Scene, "commands" | "shortcuts">> {
  const manifest = manifestShape.parse(parse(await readFile(new URL("../manifest.yml", import.meta.url), "utf8")));
  const { slash_commands, shortcuts } = manifest.features;
  return {
    commands: slash_commands.map(({ command, description, usage_hint }) => ({ command, description, usageHint: usage_hint })),
    shortcuts: shortcuts
      .filter(({ type }) => type === "global")
      .map(({ name, description, callback_id }) => ({ name, description, callbackId: callback_id })),
  };
}

/** A port of loopback that was free a moment ago, for a bot that is told its port before it starts. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || address === null) throw new Error("No free port was given.");
  return address.port;
}

const secret = () => randomBytes(16).toString("hex");

/**
 * Starts the simulated Slack workspace and ZPA tenant on free loopback ports.
 * @param dataFolder where the bot keeps its database
 * @param bot `by-hand`: it runs on the machine's own clock, and chooses itself how the workspace reaches it
 */
export async function launchSimulators(options: {
  slackMode: SlackMode;
  dataFolder: string;
  bot: "inside" | "by-hand";
  /** The file in which the tenant's objects outlive it; null: they do not. */
  keepTenantIn?: string | null;
  /** What the tenant measures its rate limit by; the bot must space its calls by the same. */
  pacing?: Timers;
  /** Hears everything that passes between the bot and the workspace. */
  overhear?: (said: string) => void;
}): Promise<Simulators> {
  const { slackMode, dataFolder, bot, keepTenantIn = null, pacing = systemTimers, overhear } = options;
  const clock = createMovableClock(systemClock);
  const botPort = await freePort();
  const signingSecret = secret();
  const botToken = `xoxb-sandbox-${secret()}`;
  const appToken = `xapp-sandbox-${secret()}`;
  const scene: Scene = {
    ...(await startable()),
    botUserId: APP.botUserId,
    firstChannelId: CHANNELS.general.id,
    clockMovable: bot === "inside",
    cast: [
      { userId: PEOPLE.requester.id, role: "asks for access" },
      { userId: PEOPLE.approver.id, role: "approver, may break the glass" },
      { userId: PEOPLE.otherApprover.id, role: "approver" },
      { userId: PEOPLE.admin.id, role: "on-call admin, may break the glass" },
    ],
  };
  const tenant = await startTenant({
    port: 0,
    host: "127.0.0.1",
    seed: { microtenants: true },
    keepIn: keepTenantIn,
    monotonicMilliseconds: pacing.monotonicMilliseconds,
  });
  clock.onMove((offsetMilliseconds) => tenant.control.clock({ offsetMilliseconds }));
  const slack = await startSlack({
    port: 0,
    mode: bot === "inside" ? slackMode : "either",
    deliverTo: `http://127.0.0.1:${botPort}/slack/events`,
    signingSecret,
    botToken,
    appToken,
    clock,
    ...(overhear === undefined ? {} : { overhear }),
  });
  return {
    slack,
    tenant,
    clock,
    scene,
    settings: {
      SLACK_MODE: slackMode,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_SIGNING_SECRET: signingSecret,
      PORT: String(botPort),
      DRAIN_SECONDS: "0",
      HEALTH_PORT: bot === "inside" ? "off" : "0", // several bots may run at once
      CREDENTIAL_PAGE_PORT: "0",
      APPROVERS: USER_GROUPS.approvers.id,
      ADMINS: `${PEOPLE.admin.id},${PEOPLE.otherApprover.id}`,
      ON_CALL: USER_GROUPS.onCall.id,
      BREAK_GLASS: [PEOPLE.admin, PEOPLE.approver].map(({ id, email }) => `${id}=${email}`).join(","),
      ALLOWED_EMAIL_DOMAINS: "harbour.example",
      ZPA_AUTH: "legacy",
      ZPA_CLIENT_ID: tenant.credentials.clientId,
      ZPA_CLIENT_SECRET: tenant.credentials.clientSecret ?? "",
      ZPA_CUSTOMER_ID: tenant.customerId,
      ZPA_API_URL: tenant.url,
      ZPA_AUTH_URL: tenant.url,
      DATA_DIR: dataFolder,
    },
    close: async () => {
      await Promise.all([slack.close(), tenant.close()]);
    },
  };
}
