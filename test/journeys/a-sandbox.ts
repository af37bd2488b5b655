import { afterAll, beforeAll } from "vitest";
import { launchSandbox, type Sandbox } from "../../sandbox/launch.ts";
import { newMigratedFolder } from "../support/data-folder.ts";
import { hurried } from "../support/hurried.ts";

export interface TestSandbox {
  readonly sandbox: Sandbox;
  readonly folder: string;
  stop(): Promise<void>;
}

/** The whole sandbox with the real bot in it, without its page, hurried, on a database of its own. */
export async function startSandbox(slackMode: "http" | "socket"): Promise<TestSandbox> {
  const data = await newMigratedFolder();
  const sandbox = await launchSandbox({
    slackMode,
    bot: "inside",
    pagePort: null,
    dataFolder: data.folder,
    logLevel: "error",
    pacing: hurried,
  });
  return {
    sandbox,
    folder: data.folder,
    stop: async () => {
      await sandbox.stop();
      await data.remove();
    },
  };
}

/** The same for a block of tests: it starts before the first of them and stops after the last. `ready`: what is waited for before the first. */
export function sandboxForTests(
  slackMode: "http" | "socket",
  ready: (sandbox: Sandbox) => Promise<void> = async () => {},
): Pick<TestSandbox, "sandbox" | "folder"> {
  let running: TestSandbox | undefined;
  beforeAll(async () => {
    running = await startSandbox(slackMode);
    await ready(running.sandbox);
  }, 60_000);
  afterAll(() => running?.stop());
  const started = () => {
    if (running === undefined) throw new Error("The sandbox starts before the first test.");
    return running;
  };
  return {
    get sandbox() {
      return started().sandbox;
    },
    get folder() {
      return started().folder;
    },
  };
}
