import { WebClient } from "@slack/web-api";
import type { Config } from "../../config.ts";
import type { Log } from "../../log.ts";
import type { SlackDirectory } from "../../services/directory/person.ts";
import { boltLogger } from "../../slack/bolt-logger.ts";
import { asking } from "../../slack/slack-failure.ts";
import { type Check, type Finding, notCheckable, ok, wrong } from "./finding.ts";

export interface SlackPorts {
  readonly slack: Config["slack"];
  /** Fails fast. */
  readonly client: WebClient;
  /** Bot scopes of the manifest. */
  readonly scopes: readonly string[];
  readonly log: Log;
}

const YOUR_APP = "your app at https://api.slack.com/apps";
const TOKEN_FIX = `Open ${YOUR_APP}, OAuth & Permissions: install the app to the workspace and copy the Bot User OAuth Token to SLACK_BOT_TOKEN.`;

/** What Slack says of the app itself. */
export const slackChecks = ({ slack, client, scopes, log }: SlackPorts): readonly Check[] => {
  let answer: ReturnType<typeof client.auth.test> | null = null;
  const identity = () => {
    answer ??= client.auth.test();
    const identified = answer;
    return asking("auth.test", () => identified);
  };
  return [
    {
      name: "slack_token",
      fix: TOKEN_FIX,
      run: async () => {
        const { team, team_id: teamId, user } = await identity();
        return ok(`signed in as ${user} in ${team} (${teamId})`);
      },
    },
    {
      name: "slack_scopes",
      fix: TOKEN_FIX,
      run: async () => scopesFinding((await identity()).response_metadata?.scopes ?? null, scopes),
    },
    slack.mode === "socket" ? socketCheck(slack, log) : signingSecretCheck,
    { name: "slack_interactivity", fix: "", run: async () => interactivity(slack.mode) },
  ];
};

function scopesFinding(granted: readonly string[] | null, needed: readonly string[]): Finding {
  const where = `Open ${YOUR_APP}, OAuth & Permissions`;
  if (granted === null)
    return notCheckable("Slack did not say which scopes the token has", `${where}, and compare Scopes with manifest.yml.`);
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length > 0) {
    return wrong(`missing: ${missing.join(", ")}`, `${where}: add the bot scopes, reinstall the app, and copy the new token.`);
  }
  const more = granted.filter((scope) => !needed.includes(scope));
  return more.length === 0
    ? ok(`exactly the ${needed.length} of the manifest`)
    : ok(`all ${needed.length} of the manifest, and unused: ${more.join(", ")}`, `${where}: remove what is not used.`);
}

const socketCheck = ({ appToken, apiUrl }: Config["slack"], log: Log): Check => ({
  name: "slack_socket",
  fix: `Open ${YOUR_APP}: switch Socket Mode on, and under Basic Information create an app-level token with connections:write for SLACK_APP_TOKEN.`,
  run: async () => {
    const client = new WebClient(appToken ?? "", {
      slackApiUrl: apiUrl,
      logger: boltLogger(log),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: 5_000,
    });
    await asking("apps.connections.open", () => client.apps.connections.open({}));
    return ok("Slack gives out a connection");
  },
});

/** The settings are not complete without it. */
const signingSecretCheck: Check = {
  name: "slack_signing_secret",
  fix: "",
  run: async () =>
    notCheckable(
      "SLACK_SIGNING_SECRET is set; only a delivery from Slack shows whether it is this app's",
      `Compare it with ${YOUR_APP}, Basic Information, Signing Secret; a wrong one refuses every delivery.`,
    ),
};

const interactivity = (mode: "socket" | "http"): Finding =>
  notCheckable(
    "Slack has no API that says whether interactivity and the slash command are set up",
    mode === "socket"
      ? `Look at ${YOUR_APP}: Socket Mode on, Interactivity & Shortcuts on, Slash Commands with /pra. Then type /pra help in Slack.`
      : `Look at ${YOUR_APP}: Interactivity & Shortcuts on, its Request URL and Options Load URL and that of /pra all ending in /slack/events ("pra manifest --url" prints it). Then type /pra help in Slack.`,
  );

/** That those who hold rights exist and can use them. */
export const holdersCheck = (
  name: "approvers" | "admins" | "on_call" | "break_glass",
  holders: readonly string[],
  directory: SlackDirectory,
): Check => {
  const setting = name.toUpperCase();
  return {
    name,
    fix: `Correct the ids in ${setting}: person's profile, Copy member ID; user group's page, Copy group ID.`,
    run: async () => {
      if (holders.length === 0) return ok(`${setting} names nobody`, `Without ${setting} nobody can retry a failed request.`);
      const problems = (await Promise.all(holders.map((holder) => holderProblem(holder, directory)))).filter((found) => found !== null);
      return problems.length === 0
        ? ok(`${holders.length} found in Slack: ${holders.join(", ")}`)
        : wrong(problems.join("; "), `Correct ${setting}, or the people and groups in Slack.`);
    },
  };
};

async function holderProblem(id: string, directory: SlackDirectory): Promise<string | null> {
  if (id.startsWith("S")) return (await directory.groupMembers(id)).length > 0 ? null : `${id} is no user group with members`;
  const user = await directory.user(id);
  if (user === null) return `${id} is nobody in this workspace`;
  if (user.isDeactivated) return `${id} (${user.name}) is deactivated`;
  if (user.isBot) return `${id} (${user.name}) is an app`;
  if (user.isGuest || user.isStranger) return `${id} (${user.name}) is a guest or of another workspace`;
  return null;
}

/** That the cards can be posted where they should, and nobody outside sees them. */
export const channelCheck = (channel: string, client: WebClient): Check => ({
  name: "approvals_channel",
  fix: "Copy the channel's id from its details in Slack to APPROVALS_CHANNEL, and invite the bot there: /invite @Portcullis.",
  run: async () => {
    const { channel: found } = await asking("conversations.info", () => client.conversations.info({ channel }));
    const name = `#${found?.name ?? channel}`;
    if (found?.is_archived === true) return wrong(`${name} is archived`, "Unarchive it, or name another channel in APPROVALS_CHANNEL.");
    if (found?.is_ext_shared === true || found?.is_pending_ext_shared === true) {
      return wrong(`${name} is shared with another organisation`, "Name a channel of your own in APPROVALS_CHANNEL.");
    }
    if (found?.is_member !== true) return wrong(`the bot is not in ${name}`, `Write /invite @Portcullis in ${name}.`);
    return ok(`the bot is in ${name}`);
  },
});
