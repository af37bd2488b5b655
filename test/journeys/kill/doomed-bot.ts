import { startPortcullis } from "../../../src/app.ts";
import { readConfig } from "../../../src/config.ts";
import type { FaultPointName } from "../../../src/fault-points.ts";
import { createLog } from "../../../src/log.ts";
import { hurried } from "../../support/hurried.ts";

/**
 * The real bot, with one difference: told by its parent where to die, it is killed by SIGKILL at that point, the first time it
 * comes there after a click was recorded.
 */
let dieAt: FaultPointName | null = null;
let isClicked = false;
process.on("message", (name: FaultPointName) => {
  dieAt = name;
  isClicked = false;
  process.send?.("armed");
});

await startPortcullis({
  config: readConfig(process.env, (path) => {
    throw new Error(`no file was expected: ${path}`);
  }),
  log: createLog(process.env.LOG_LEVEL ?? "error"),
  pacing: hurried,
  faultPoint: async (name) => {
    isClicked ||= name === "click.recorded";
    if (name !== dieAt || !isClicked) return;
    process.kill(process.pid, "SIGKILL");
    await new Promise(() => {}); // not a line further, should the signal take a moment
  },
});
process.send?.("ready");
