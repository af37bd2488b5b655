import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Writable } from "node:stream";
import type { Command } from "commander";
import type { ReadFile } from "../config/read-settings.ts";
import { PortcullisError } from "../errors.ts";
import { createLog } from "../log.ts";
import { type Rehearsed, rehearse } from "../services/approvals/rehearsal/rehearse.ts";
import { parseScript } from "../services/approvals/rehearsal/script.ts";
import { openDatabase } from "../store/open-database.ts";

interface Ports {
  readonly readFile: ReadFile;
  readonly output: Writable;
}

const EXAMPLES = `
The file holds one JSON object: config (SailPoint's ApprovalConfig), criteria, requester, requestee, approvers, admins, openedAt,
commands and until. docs/approvals.md explains it and has one to begin with. Nothing outside the rehearsal is touched.

Example:
  $ pra approvals replay --file rehearsal.json --json`;

/** `pra approvals`: what the engine would do. */
export function registerApprovals(program: Command, { readFile, output }: Ports): void {
  const approvals = program.command("approvals").description("rehearse what the approval engine would do");
  approvals
    .command("replay")
    .description("play a script of commands through the real engine, on a database and a clock of its own")
    .requiredOption("--file <path>", "the script, as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (_flags: unknown, command: Command) => {
      const { file, json } = command.optsWithGlobals<{ file: string; json?: boolean }>();
      const script = parseScript(readJson(readFile, file));
      const rehearsed = await onFreshDatabase((db) => rehearse(script, db));
      output.write(json ? `${JSON.stringify(rehearsed)}\n` : summary(rehearsed));
    });
}

function readJson(readFile: ReadFile, path: string): unknown {
  const problem = (what: string, cause: unknown) => new PortcullisError("invalid_input", { params: { problem: what } }, { cause });
  let text: string;
  try {
    text = readFile(path);
  } catch (cause) {
    throw problem(`the file ${path} cannot be read`, cause);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, "")); // editors of Windows begin a file with it
  } catch (cause) {
    throw problem(`the file ${path} is not JSON`, cause);
  }
}

async function onFreshDatabase<T>(use: (db: Awaited<ReturnType<typeof openDatabase>>["db"]) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "portcullis-rehearsal-"));
  try {
    const database = await openDatabase({ url: null, folder, log: createLog("error") });
    try {
      return await use(database.db);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function summary({ approval, outcomes, reminders, escalations }: Rehearsed): string {
  const lines = [
    `Status       ${approval.status}`,
    `Waits for    ${approval.assignedTo.map(({ name }) => name).join(", ") || "nobody"}`,
    `Approved by  ${approval.approvedBy.map(({ name }) => name).join(", ") || "nobody"}`,
    `Rejected by  ${approval.rejectedBy.map(({ name }) => name).join(", ") || "nobody"}`,
    ...outcomes.map((outcome, index) => `Command ${index + 1}    ${outcome}`),
    ...reminders.map((at) => `Reminder     ${at}`),
    ...escalations.map(({ at, to }) => `Escalation   ${at} to ${to}`),
  ];
  return `${lines.join("\n")}\n`;
}
