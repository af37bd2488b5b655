import { once } from "node:events";
import { closeSync, openSync, writeSync } from "node:fs";
import type { Writable } from "node:stream";
import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { fromUnknown, PortcullisError } from "../errors.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";

interface Flags {
  readonly json?: boolean;
  readonly head?: string;
  readonly since?: string;
  readonly until?: string;
  readonly request?: string;
  readonly format?: "jsonl" | "csv";
  readonly out?: string;
}

const WAY = `
While the bot runs on its embedded database it is asked; else the database is opened here. Only DATA_DIR or DATABASE_URL is needed, and
where it is set for the bot, LEDGER_KEY.`;

const Bundle = z.looseObject({
  label: z.string(),
  ledger: z.looseObject({ events: z.array(z.unknown()), unsealed: z.array(z.unknown()) }),
});

/** `pra audit`: the ledger verified, exported, and what it says of one request. */
export function registerAudit(program: Command, ports: CliPorts): void {
  const audit = program
    .command("audit")
    .description("verify and export the ledger of who did what")
    .addHelpText("after", `${WAY}\n\nExample:\n  $ pra audit verify --json`);
  /** Loaded only here: the database would slow down every other command. */
  const control = async <T>(use: (ask: AskControl) => Promise<T>): Promise<T> => {
    const { withControl } = await import("./control/with-control.ts");
    return withControl(ports, use);
  };

  audit
    .command("verify")
    .description("verify that no event of the ledger was changed, removed, swapped or inserted since it was sealed")
    .option("--head <mac>", "a head that was noted outside: the chain must have it still")
    .addHelpText("after", "\nExit status 1 when something is not as it was sealed.\n\nExample:\n  $ pra audit verify --head 3f5a… --json")
    .action(async (_flags: unknown, command: Command) => {
      const { json, head } = command.optsWithGlobals<Flags>();
      const { askToVerify } = await import("./audit/ask-ledger.ts");
      const { verificationText } = await import("./audit/report.ts");
      const result = await control((ask) => askToVerify(ask, head ?? null));
      ports.output.write(json ? `${JSON.stringify(result)}\n` : verificationText(result));
      if (!result.ok) ports.exitWith(1);
    });

  audit
    .command("export")
    .description("print the events of the ledger, one a line")
    .addOption(instantOption("--since <instant>", "from this day or instant on (UTC unless it says otherwise)"))
    .addOption(instantOption("--until <instant>", "up to, and not including, this day or instant"))
    .addOption(new Option("--format <format>", "one JSON object a line, or a table").choices(["jsonl", "csv"]).default("jsonl"))
    .option("--request <request>", "only the events of one, such as PRA-1042")
    .addHelpText(
      "after",
      "\nExamples:\n  $ pra audit export --since 2026-11-01 --format csv > november.csv\n  $ pra audit export --request PRA-1042",
    )
    .action(async (_flags: unknown, command: Command) => {
      const { json, since, until, request, format } = command.optsWithGlobals<Flags>();
      const { askForEvents } = await import("./audit/ask-ledger.ts");
      const { csv, jsonl } = await import("./audit/formats.ts");
      const { head, line } = format === "csv" ? csv : jsonl;
      const query = { since: since ?? null, until: until ?? null, request: request ?? null };
      const exported = await control(async (ask) => {
        let count = 0;
        for await (const events of askForEvents(ask, query)) {
          // Not before the first page is there: an error is then all that is printed.
          await print(ports.output, `${count === 0 ? head : ""}${events.map(line).join("")}`);
          count += events.length;
        }
        return count;
      });
      if (json) ports.output.write(`${JSON.stringify({ exported })}\n`);
    });

  audit
    .command("bundle")
    .description("print everything there is about one request, with the seals of its events, as one JSON document")
    .argument("<request>", "such as PRA-1042")
    .option("--out <file>", "write it there; a file that exists is left alone")
    .addHelpText("after", "\nExample:\n  $ pra audit bundle PRA-1042 --out PRA-1042.json")
    .action(async (label: string, _flags: unknown, command: Command) => {
      const { json, out } = command.optsWithGlobals<Flags>();
      const bundle = Bundle.parse(await control((ask) => ask("audit.bundle", { label })));
      if (out === undefined) return void ports.output.write(`${JSON.stringify(bundle, null, json ? undefined : 2)}\n`);
      writeNew(out, `${JSON.stringify(bundle, null, 2)}\n`);
      const { events, unsealed } = bundle.ledger;
      const written = { file: out, label: bundle.label, sealed: events.length, unsealed: unsealed.length };
      const text = `${out}: ${events.length} sealed events of ${bundle.label}, ${unsealed.length} not sealed yet.\n`;
      ports.output.write(json ? `${JSON.stringify(written)}\n` : text);
    });
}

const instantOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text) => {
    const at = isDay(text.slice(0, 10)) && /^.{10}(?:T.*)?$/.test(text) ? instantOf(text) : null;
    if (at === null || Number.isNaN(at.getTime())) throw new InvalidArgumentError("write a day such as 2026-11-01, or an ISO instant");
    return at.toISOString();
  });

const instantOf = (text: string): Date => new Date(/T.*(?:Z|[+-]\d{2}:?\d{2})$|^[^T]*$/.test(text) ? text : `${text}Z`);

/** A day that there is, of the years that a database knows: JavaScript takes February 30th for March 2nd. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001-01-01") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Waits where the reader is slower: an export must not gather in memory. */
async function print(output: Writable, text: string): Promise<void> {
  if (text !== "" && !output.write(text)) await once(output, "drain");
}

/** Evidence is for its reader alone. */
function writeNew(path: string, text: string): void {
  try {
    const file = openSync(path, "wx", 0o600);
    writeSync(file, text);
    closeSync(file);
  } catch (thrown) {
    const reason = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    const problem = reason === "EEXIST" ? `${path} exists already` : `${path} cannot be written (${reason})`;
    throw new PortcullisError("invalid_input", { params: { problem } }, { cause: fromUnknown(thrown) });
  }
}
