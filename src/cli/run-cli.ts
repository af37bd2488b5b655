import type { Readable, Writable } from "node:stream";
import { Command, CommanderError } from "commander";
import { z } from "zod";
import type { Environment, ReadFile } from "../config/read-settings.ts";
import { fromUnknown, PortcullisError } from "../errors.ts";
import { randomIds } from "../ids.ts";
import { errorSentence } from "../texts/error-sentence.ts";
import { textsFor } from "../texts/texts.ts";
import { registerAccess } from "./access.ts";
import { registerApprovals } from "./approvals.ts";
import { registerAudit } from "./audit.ts";
import { registerConfig } from "./config.ts";
import { registerDoctor } from "./doctor.ts";
import { registerExplain } from "./explain.ts";
import { registerFindings } from "./findings.ts";
import { registerGrant } from "./grant.ts";
import { registerManifest } from "./manifest.ts";
import { registerReconcile } from "./reconcile.ts";
import { registerReview } from "./review.ts";
import { registerSailPoint } from "./sailpoint.ts";
import { registerSchedule } from "./schedule.ts";
import { registerZpa } from "./zpa.ts";

export interface CliPorts {
  readonly env: Environment;
  readonly readFile: ReadFile;
  /** Standard input unless it is given. */
  readonly input?: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
  readonly errors: Writable;
  /** Text of the app's manifest.yml. */
  readonly manifest: () => string;
  /** Text of the app's package.json. */
  readonly packageJson: () => string;
  /** The exit status of a command that ran but found something wrong. */
  readonly exitWith: (status: number) => void;
}

const EXAMPLES = `
Every command takes --json: the last line of standard output is then its result, or {"error":{"code","message"}} with
exit status 2. The codes are explained in docs/reference/errors.md.

Examples:
  $ pra doctor
  $ pra manifest --url https://pra.example.com
  $ pra schedule --timezone Europe/Berlin --days MON,FRI --start 09:00 --end 17:00 --json`;

const named = z.object({ version: z.string() });

/**
 * Runs one command line and says how it went: the exit status.
 * @param args without the program's name
 */
export async function runCli(args: readonly string[], ports: Omit<CliPorts, "exitWith">): Promise<number> {
  let status = 0;
  const exitWith = (wanted: number) => {
    status = wanted;
  };
  try {
    await programOf({ ...ports, exitWith }).parseAsync(args, { from: "user" });
    return status;
  } catch (cause) {
    if (cause instanceof CommanderError && cause.exitCode === 0) return 0; // --help and --version
    await report(cause instanceof CommanderError ? usageError(cause) : fromUnknown(cause), args, ports);
    return 2;
  }
}

function programOf(ports: CliPorts): Command {
  const program = new Command("pra")
    .description("Portcullis on the command line.")
    .option("--json", "print JSON for programs")
    .version(named.parse(JSON.parse(ports.packageJson())).version, "--version", "print the version")
    .addHelpText("after", EXAMPLES)
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .configureOutput({
      writeOut: (text) => ports.output.write(text),
      writeErr: (text) => ports.errors.write(text),
      outputError: () => {}, // reported below, in the one form that all errors have
    })
    .exitOverride();
  registerSchedule(program, { output: ports.output });
  registerApprovals(program, ports);
  registerAccess(program, ports);
  registerExplain(program, ports);
  registerConfig(program, ports);
  registerSailPoint(program, ports);
  registerAudit(program, ports);
  registerFindings(program, ports);
  registerReconcile(program, ports);
  registerGrant(program, ports);
  registerReview(program, ports);
  registerZpa(program, ports);
  registerDoctor(program, ports);
  registerManifest(program, ports);
  program
    .command("version")
    .description("print the versions of Portcullis and Node")
    .addHelpText("after", "\nExample:\n  $ pra version --json")
    .action((_flags: unknown, command: Command) => {
      const versions = { portcullis: program.version(), node: process.version };
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      ports.output.write(json ? `${JSON.stringify(versions)}\n` : `Portcullis ${versions.portcullis}, Node ${versions.node}\n`);
    });
  return program;
}

const usageError = (cause: CommanderError): PortcullisError =>
  new PortcullisError(
    "invalid_input",
    { params: { problem: cause.code === "commander.help" ? "no command is given" : cause.message.replace(/^error: /, "") } },
    { cause },
  );

async function report(error: PortcullisError, args: readonly string[], ports: Omit<CliPorts, "exitWith">): Promise<void> {
  const { output, errors } = ports;
  const sentence = errorSentence(error, textsFor("en"));
  // A bot's own sentence names the reference that is in its log.
  const ofBot = error.code === "unexpected" && typeof error.cause === "string" ? error.cause : null;
  const reference = error.code === "unexpected" && ofBot === null ? randomIds.reference() : null;
  const message = ofBot ?? (reference === null ? sentence : `${sentence} (${reference})`);
  if (args.includes("--json")) output.write(`${JSON.stringify({ error: { code: error.code, message } })}\n`);
  else errors.write(`${message}\n`);
  if (reference === null) return;
  // Loaded only here: they would slow down every command that works.
  const [{ createLog }, { readSettings }, { secretsAmong }] = await Promise.all([
    import("../log.ts"),
    import("../config/read-settings.ts"),
    import("../config.ts"),
  ]);
  const secrets = secretsAmong(readSettings(ports.env, ports.readFile));
  createLog("error", { secrets, to: errors }).error({ err: error, reference }, "pra.failed");
}
