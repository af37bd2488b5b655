import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Plays a story in a process of its own, as `npm run sandbox -- --story … --json` does. @returns each step that it printed, in order */
export async function play(mode: string, ...story: readonly string[]) {
  const { stdout } = await run(process.execPath, ["sandbox/main.ts", "--story", ...story, "--json", "--slack-mode", mode]);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
