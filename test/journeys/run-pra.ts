import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const main = join(import.meta.dirname, "../../src/cli/main.ts");

/** Runs `pra … --json` in a process of its own, beside the bot that has the folder. @returns the JSON of its last line, and every line */
export const runPra =
  (folder: string, settings: Readonly<Record<string, string>> = {}) =>
  async (args: readonly string[], input = "") => {
    const { APPROVERS: _, ...environment } = process.env;
    const child = spawn(process.execPath, [main, ...args, "--json"], {
      env: { ...environment, ...settings, DATA_DIR: folder },
      stdio: ["pipe", "pipe", "ignore"],
    });
    child.stdin.end(input);
    const [out] = await Promise.all([text(child.stdout), once(child, "exit")]);
    const lines = out.trimEnd().split("\n");
    return { status: child.exitCode, result: JSON.parse(lines.at(-1) ?? ""), lines };
  };
