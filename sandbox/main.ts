import "../src/process-zone.ts";
import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fromUnknown } from "../src/errors.ts";
import { errorSentence } from "../src/texts/error-sentence.ts";
import { textsFor } from "../src/texts/texts.ts";
import { KeptTenantError } from "./kept-file.ts";
import { launchSandbox, type Sandbox } from "./launch.ts";
import { startCommand, writeEnvFile } from "./launch-env-file.ts";
import { readArguments, type SandboxArguments, usage } from "./read-arguments.ts";
import { slackControlClient } from "./slack/control-client.ts";
import { playSailPointStory } from "./story/play-sailpoint-story.ts";
import { playStory } from "./story/play-story.ts";
import { sailpointSentenceOf } from "./story/tell-sailpoint-story.ts";
import { sentenceOf } from "./story/tell-story.ts";
import { StoryError } from "./story/until.ts";
import { controlClient } from "./zpa/control-client.ts";

function argumentsOrExit(): SandboxArguments {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(2);
  }
}

const { port, data, keep, sailpoint, slackMode, postgres, replicas, healthPort, env, story, json, verbose, help } = argumentsOrExit();
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
