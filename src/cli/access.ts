import type { Command } from "commander";
import { z } from "zod";
import { en } from "../texts/en.ts";
import { enLife } from "../texts/en-life.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import { isConfirmed } from "./config/confirm.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";

const HOW = `
While the bot runs on its embedded database it is asked; else the database is opened here, and the bot that starts next tells Zscaler and
Slack. Only DATA_DIR or DATABASE_URL is needed. What is done here is recorded under the account of this machine, as cli:<name>.`;

const failure = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), reference: z.string() });
const Listed = z.array(
  z.looseObject({
    label: z.string(),
    status: z.enum(["PENDING", "REJECTED", "CANCELLED", "EXPIRED", "PASSED", "GRANTING", "GRANTED", "FAILED", "ENDING", "ENDED"]),
    beneficiary: z.object({ userId: z.string(), name: z.string(), email: z.string() }),
    consoles: z.array(z.string()),
    end: z.string().nullable(),
    notEnded: failure.nullable(),
  }),
);
const item = { label: z.string(), consoleNames: z.array(z.string()), does: z.enum(["END", "CANCEL"]) };
const Items = z.array(z.looseObject(item));
const Outcomes = z.array(
  z.looseObject({ ...item, outcome: z.enum(["ENDING", "ENDED", "CANCELLED", "NOTHING", "FAILED"]), failure: failure.nullable() }),
);

interface Flags {
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly person?: string;
  readonly request?: string;
  readonly reason?: string;
}

/** `pra access`: lists access, takes it away, and ends it; works while Slack is down. */
export function registerAccess(program: Command, ports: CliPorts): void {
  const access = program.command("access").description("list access, revoke it, end it").addHelpText("after", HOW);
  const input = ports.input ?? process.stdin;
  /** Loaded only here: the database would slow down every other command. */
  const control = async <T>(use: (ask: AskControl) => Promise<T>): Promise<T> => {
    const { withControl } = await import("./control/with-control.ts");
    return withControl(ports, use);
  };
  const print = (json: boolean | undefined, answer: object, lines: readonly string[]): void =>
    void ports.output.write(json ? `${JSON.stringify(answer)}\n` : `${lines.join("\n")}\n`);
  /** What did not come about is no success. */
  const printOutcomes = (json: boolean | undefined, outcomes: z.infer<typeof Outcomes>): void => {
    print(json, { outcomes }, outcomes.length === 0 ? ["Nothing to end."] : outcomes.map(outcomeLine));
    if (outcomes.some(({ outcome }) => outcome === "FAILED")) ports.exitWith(1);
  };

  access
    .command("list")
    .description("list what stands, is on its way or is ending; of one request whatever it is")
    .option("--person <id or email>", "the access of one person")
    .option("--request <label>", "one request, such as PRA-1042")
    .addHelpText("after", "\nExample:\n  $ pra access list --person ana@example.com --json")
    .action(async (_flags: unknown, command: Command) => {
      const { json, person = null, request = null } = command.optsWithGlobals<Flags>();
      const listed = Listed.parse(await control((ask) => ask("access.list", { person, request })));
      print(json, { access: listed }, listed.length === 0 ? ["No access stands."] : listed.map(accessLine));
    });

  access
    .command("revoke")
    .description("take access away: of one request, or everything of a person, with what waits by or for them")
    .option("--person <id or email>", "everything of one person")
    .option("--request <label>", "one request, such as PRA-1042")
    .requiredOption("--reason <text>", "why; its holder reads this")
    .option("--yes", "do it without asking")
    .addHelpText("after", '\nExample:\n  $ pra access revoke --person ana@example.com --reason "left the company" --yes')
    .action(async (_flags: unknown, command: Command) => {
      const { json, yes, person = null, request = null, reason = "" } = command.optsWithGlobals<Flags>();
      if (!yes) {
        // The database is let go of while a person thinks.
        const items = Items.parse(await control((ask) => ask("access.preview", { person, request })));
        ports.errors.write(`${items.map((each) => `${itemText(each)}: ${enLife.does[each.does]}`).join("\n")}\n`);
        if (items.length > 0 && !(await isConfirmed({ input, errors: ports.errors })))
          return print(json, { outcomes: [] }, ["Nothing was changed."]);
      }
      printOutcomes(json, Outcomes.parse(await control((ask) => ask("access.revoke", { person, request, reason }))));
    });

  access
    .command("end")
    .description("end the access of a holder who is done with it")
    .argument("<request>", "such as PRA-1042")
    .addHelpText("after", "\nExample:\n  $ pra access end PRA-1042")
    .action(async (request: string, _flags: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<Flags>();
      printOutcomes(json, Outcomes.parse(await control((ask) => ask("access.end", { request }))));
    });
}

const itemText = ({ label, consoleNames }: { readonly label: string; readonly consoleNames: readonly string[] }): string =>
  `${label}  ${consoleNames.join(", ")}`;

const outcomeLine = (each: z.infer<typeof Outcomes>[number]): string => {
  const why = each.failure === null ? "" : ` ${failureSentence(each.failure, en)} ${en.common.reference(each.failure.reference)}`;
  return `${itemText(each)}: ${enLife.outcomes[each.outcome]}${why}`;
};

function accessLine({ label, status, beneficiary, consoles, end, notEnded }: z.infer<typeof Listed>[number]): string {
  const until = end === null ? "" : `  until ${end.slice(0, 16).replace("T", " ")} UTC`;
  const stuck = notEnded === null ? "" : `  ${enLife.notEnded} (${notEnded.reference})`;
  return `${label}  ${en.status[status]}  ${beneficiary.name} <${beneficiary.email}>  ${consoles.join(", ")}${until}${stuck}`;
}
