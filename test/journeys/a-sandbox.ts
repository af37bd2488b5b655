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
