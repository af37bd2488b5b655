import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import type { Command } from "commander";
import { parse } from "yaml";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { systemTimers } from "../timers.ts";
import type { CheckedFinding } from "./doctor/finding.ts";
import type { CliPorts } from "./run-cli.ts";

const LIMIT_MILLISECONDS = 15_000;

const EXAMPLES = `
Says of each thing whether it is ok, wrong, or not checkable from here, and what to click.
Exit status 1 when something is wrong.

Examples:
  $ pra doctor
  $ pra doctor --env .env --json`;

const manifest = z.object({ oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }) });

/** `pra doctor`: whether this installation can work, before somebody waits for it. */
export function registerDoctor(program: Command, ports: CliPorts): void {
  program
    .command("doctor")
    .description("check settings, Slack, ZPA and the database, and say what to click where something is wrong")
    .option("--env <file>", "file with settings, one NAME=value a line; the environment wins over it")
    .addHelpText("after", EXAMPLES)
    .action(async (_flags: unknown, command: Command) => {
      const { env: file, json } = command.optsWithGlobals<{ env?: string; json?: boolean }>();
      // Loaded only here: the clients of Slack, ZPA and the database would slow down every other command.
      const { examineInstallation } = await import("./doctor/examine-installation.ts");
      const checks = await examineInstallation({
        env: file === undefined ? ports.env : { ...settingsFile(file), ...ports.env },
        readFile: ports.readFile,
        scopes: manifest.parse(parse(ports.manifest())).oauth_config.scopes.bot,
        timers: systemTimers,
        limitMilliseconds: LIMIT_MILLISECONDS,
      });
      const allWell = checks.every(({ status }) => status !== "wrong");
      ports.output.write(json ? `${JSON.stringify({ ok: allWell, checks })}\n` : report(checks));
      if (!allWell) ports.exitWith(1);
    });
}

function settingsFile(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: `the file ${path} cannot be read` } }, { cause });
  }
}

const words: Readonly<Record<CheckedFinding["status"], string>> = { ok: "ok", wrong: "wrong", not_checkable: "not checkable" };

function report(checks: readonly CheckedFinding[]): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .map(({ name, status, detail, fix }) => {
      const line = `${words[status].padEnd(13)}  ${name.replaceAll("_", " ").padEnd(width)}  ${detail}\n`;
      return fix === null ? line : `${line}${" ".repeat(13 + width + 4)}→ ${fix}\n`;
    })
    .join("");
}
