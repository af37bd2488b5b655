import { parseArgs } from "node:util";
import type { SlackMode } from "./launch-simulators.ts";

export const usage = `Usage: npm run sandbox -- [options]

A simulated Slack workspace and ZPA tenant, the real bot between them, and a page to use it. No account needed.
With --sailpoint a simulated SailPoint tenant, too.

  --port PORT                 of the page (4000; 0 takes a free one)
  --data DIR                  keep the bot's database there (default: a temporary folder)
  --sailpoint                 a simulated SailPoint tenant beside them, whose approvals the bot works
  --keep DIR                  keep there what stands in the simulated tenants, for the next start (with --data, the bot knows it, too)
  --slack-mode socket|http    how the workspace reaches the bot (socket); with --env, what SLACK_MODE says at first
  --postgres                  keep the data in a real PostgreSQL that starts and goes with the sandbox, instead of --data
  --replicas N                so many bots on it, over Socket Mode (1 to 4)
  --health-port PORT          of /healthz, /readyz and /metrics of the (first) bot
  --env FILE                  start the simulators alone and write the settings for a bot started by hand
  --story                     play the main job through once and exit; with --json, one JSON object a line
  --story sailpoint           the same for an approval that is born in SailPoint and decided in Slack
  --verbose                   show the bot's log
  --help                      this text`;

export interface SandboxArguments {
  readonly port: number;
  readonly data?: string | undefined;
  readonly keep?: string | undefined;
  readonly sailpoint: boolean;
  readonly slackMode: SlackMode;
  readonly postgres: boolean;
  readonly replicas: number;
  readonly healthPort: number | null;
  readonly env?: string | undefined;
  readonly story: "request" | "sailpoint" | null;
  readonly json: boolean;
  readonly verbose: boolean;
  readonly help: boolean;
}

/** @throws Error with a sentence about the first argument that is not understood */
export function readArguments(args: readonly string[]): SandboxArguments {
  const { values, positionals } = parsed(args);
  const [named] = positionals;
  if (values.story && named !== undefined && named !== "sailpoint") throw new Error("--story takes nothing, or sailpoint.");
  if (positionals.length > (values.story ? 1 : 0)) throw new Error(`Unexpected argument '${positionals.at(-1)}'.\n\n${usage}`);
  const story = values.story ? (named === "sailpoint" ? named : "request") : null;
  const slackMode = values["slack-mode"];
  const port = Number(values.port);
  if (slackMode !== "socket" && slackMode !== "http") throw new Error("--slack-mode is socket or http.");
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error("--port is a number from 0 to 65535.");
  const replicas = Number(values.replicas);
  if (!Number.isInteger(replicas) || replicas < 1 || replicas > 4) throw new Error("--replicas is a number from 1 to 4.");
  if (replicas > 1 && !values.postgres) throw new Error("Several bots share a PostgreSQL: add --postgres.");
  if (replicas > 1 && slackMode === "http") throw new Error("Several bots are reached over Socket Mode: leave --slack-mode out.");
  if (values.postgres && values.env !== undefined) throw new Error("--postgres is for the sandbox's own bot: leave --env out.");
  const healthPort = values["health-port"] === undefined ? null : Number(values["health-port"]);
  if (healthPort !== null && (!Number.isInteger(healthPort) || healthPort < 0 || healthPort > 65_535))
    throw new Error("--health-port is a number from 0 to 65535.");
  return { ...values, story, sailpoint: values.sailpoint || story === "sailpoint", slackMode, port, replicas, healthPort };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string", default: "4000" },
        data: { type: "string" },
        keep: { type: "string" },
        sailpoint: { type: "boolean", default: false },
        "slack-mode": { type: "string", default: "socket" },
        postgres: { type: "boolean", default: false },
        replicas: { type: "string", default: "1" },
        "health-port": { type: "string" },
        env: { type: "string" },
        story: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        verbose: { type: "boolean", default: false },
        help: { type: "boolean", default: false },
      },
    });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)}\n\n${usage}`, { cause });
  }
}
