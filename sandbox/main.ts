import "../src/process-zone.ts";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fromUnknown } from "../src/errors.ts";
import { errorSentence } from "../src/texts/error-sentence.ts";
import { textsFor } from "../src/texts/texts.ts";
import { KeptTenantError } from "./kept-file.ts";
import { launchSandbox, type Sandbox } from "./launch.ts";
import { startCommand, writeEnvFile } from "./launch-env-file.ts";
import { slackControlClient } from "./slack/control-client.ts";
import { playSailPointStory } from "./story/play-sailpoint-story.ts";
import { playStory } from "./story/play-story.ts";
import { sailpointSentenceOf } from "./story/tell-sailpoint-story.ts";
import { sentenceOf } from "./story/tell-story.ts";
import { StoryError } from "./story/until.ts";
import { controlClient } from "./zpa/control-client.ts";

const usage = `Usage: npm run sandbox -- [options]

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

const fail = (sentence: string): never => {
  console.error(sentence);
  process.exit(2);
};

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
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
    const story = values.story ? (positionals[0] ?? "request") : null;
    if (story !== null && story !== "request" && story !== "sailpoint") return fail("--story takes nothing, or sailpoint.");
    if (positionals.length > (story === null ? 0 : 1)) return fail(`Unexpected argument '${positionals.at(-1)}'.\n\n${usage}`);
    const slackMode = values["slack-mode"];
    const port = Number(values.port);
    if (slackMode !== "socket" && slackMode !== "http") return fail("--slack-mode is socket or http.");
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return fail("--port is a number from 0 to 65535.");
    const replicas = Number(values.replicas);
    if (!Number.isInteger(replicas) || replicas < 1 || replicas > 4) return fail("--replicas is a number from 1 to 4.");
    if (replicas > 1 && !values.postgres) return fail("Several bots share a PostgreSQL: add --postgres.");
    if (replicas > 1 && slackMode === "http") return fail("Several bots are reached over Socket Mode: leave --slack-mode out.");
    if (values.postgres && values.env !== undefined) return fail("--postgres is for the sandbox's own bot: leave --env out.");
    const healthPort = values["health-port"] === undefined ? null : Number(values["health-port"]);
    if (healthPort !== null && (!Number.isInteger(healthPort) || healthPort < 0 || healthPort > 65_535))
      return fail("--health-port is a number from 0 to 65535.");
    return { ...values, story, sailpoint: values.sailpoint || story === "sailpoint", slackMode, port, replicas, healthPort } as const;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

const { port, data, keep, sailpoint, slackMode, postgres, replicas, healthPort, env, story, json, verbose, help } = readArguments();
if (help) {
  console.log(usage);
  process.exit(0);
}

async function dataFolder(): Promise<string | null> {
  if (data === undefined) return env === undefined ? null : mkdtemp(join(tmpdir(), "portcullis-sandbox-"));
  await mkdir(data, { recursive: true, mode: 0o700 });
  return resolve(data);
}

async function tellStory({ slack, tenant, sailpoint, clock }: Sandbox): Promise<void> {
  const stage = { slack: slackControlClient(slack.url), tenant: controlClient(tenant.url) };
  if (sailpoint === null || story !== "sailpoint") {
    await playStory({ ...stage, tell: (step) => console.log(json ? JSON.stringify(step) : sentenceOf(step)) });
    return;
  }
  await playSailPointStory({
    ...stage,
    sailpoint: sailpoint.control,
    passTime: (milliseconds) => clock.moveTo(new Date(clock.now().getTime() + milliseconds)),
    tell: (step) => console.log(json ? JSON.stringify(step) : sailpointSentenceOf(step)),
  });
}

/** Heard from the beginning, so that a signal while things start still ends in an orderly stop. */
const asked = new Promise<string>((heard) => {
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, heard);
});

async function stopOnSignal(sandbox: Sandbox): Promise<void> {
  if ((await asked) === "SIGINT") console.log("\nStopping.");
  await sandbox.stop();
}

try {
  const sandbox = await launchSandbox({
    slackMode,
    bot: env === undefined ? "inside" : "by-hand",
    pagePort: story === null ? port : null,
    dataFolder: await dataFolder(),
    withSailPoint: sailpoint,
    keepFolder: keep === undefined ? null : resolve(keep),
    database: postgres ? "postgres" : "pglite",
    replicas,
    healthPort,
    logLevel: verbose ? "info" : story !== null ? "error" : "warn",
  });
  if (story !== null) {
    try {
      await tellStory(sandbox);
    } finally {
      await sandbox.stop();
    }
  } else {
    if (env !== undefined) {
      await writeEnvFile(env, sandbox.settings);
      console.log(
        `The simulators are running. Start the bot in a second terminal:\n\n  ${startCommand(env.includes("/") ? env : `./${env}`)}\n`,
      );
    }
    console.log(`Sandbox: ${sandbox.pageUrl}`);
    await stopOnSignal(sandbox);
  }
} catch (thrown) {
  const error = fromUnknown(thrown);
  const isAddressTaken = thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE";
  const isForPeople = thrown instanceof StoryError || thrown instanceof KeptTenantError;
  const sentence = isAddressTaken
    ? `Port ${port} is taken. Choose another with --port, for example --port 0.`
    : isForPeople
      ? thrown.message
      : errorSentence(error, textsFor("en-US"));
  if (json) console.log(JSON.stringify({ error: { code: error.code, message: sentence } }));
  else console.error(sentence);
  if (error.code === "unexpected" && !isAddressTaken && !isForPeople) console.error(thrown);
  process.exit(json ? 2 : 1);
}
process.exit(0);
