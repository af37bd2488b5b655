import type { Command } from "commander";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { isConfirmed } from "./config/confirm.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";

const count = z.number();
const SummaryAnswer = z.object({
  finishedAt: z.string(),
  microtenants: z.array(
    z.object({
      microtenantId: z.string().nullable(),
      microtenantName: z.string(),
      listed: count,
      asIntended: count,
      changed: count,
      missing: count,
      foreign: count,
      expired: count,
      moving: count,
      removed: count,
      cleaned: count,
      problem: z.string().nullable(),
    }),
  ),
});
const DeletedAnswer = z.object({ microtenant: z.string(), deleted: z.boolean() });

interface Flags {
  readonly json?: boolean;
  readonly deleteExpired?: boolean;
  readonly microtenant?: string;
  readonly yes?: boolean;
}

const EXAMPLES = `
--delete-expired is ZPA's own command: it deletes everything that is over in a microtenant, whoever made it. It asks first.

Examples:
  $ pra reconcile --json
  $ pra reconcile --delete-expired --microtenant default`;

/** `pra reconcile`: compares the tenant now. */
export function registerReconcile(program: Command, ports: CliPorts): void {
  const control = async <T>(use: (ask: AskControl) => Promise<T>): Promise<T> => {
    const { withControl } = await import("./control/with-control.ts");
    return withControl(ports, use);
  };
  program
    .command("reconcile")
    .description("compare every privileged approval in the tenant with what is intended, now")
    .option("--delete-expired", "instead, delete everything that is over in one microtenant, whoever made it")
    .option("--microtenant <id>", "which: its id in ZPA, or `default`")
    .option("--yes", "do not ask")
    .addHelpText("after", EXAMPLES)
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      if (flags.deleteExpired === true) return deleteExpired(ports, flags, control);
      const summary = SummaryAnswer.parse(await control((ask) => ask("reconcile", {})));
      ports.output.write(flags.json ? `${JSON.stringify(summary)}\n` : summaryText(summary));
    });
}

async function deleteExpired(
  ports: CliPorts,
  { json, microtenant, yes }: Flags,
  control: <T>(use: (ask: AskControl) => Promise<T>) => Promise<T>,
): Promise<void> {
  if (microtenant === undefined || !/^(?:default|\d+)$/.test(microtenant))
    throw new PortcullisError("invalid_input", { params: { problem: "--delete-expired needs --microtenant with an id, or `default`" } });
  const warning = `Everything that is over in microtenant ${microtenant} will be deleted from ZPA, also what others made.\n`;
  if (yes !== true) {
    ports.errors.write(warning);
    if (!(await isConfirmed({ input: ports.input ?? process.stdin, errors: ports.errors }))) {
      ports.errors.write("Nothing was done.\n");
      return ports.exitWith(1);
    }
  }
  const microtenantId = microtenant === "default" || microtenant === "0" ? null : microtenant;
  const deleted = z.boolean().parse(await control((ask) => ask("reconcile.delete-expired", { microtenantId })));
  const answer = DeletedAnswer.parse({ microtenant, deleted });
  ports.output.write(json ? `${JSON.stringify(answer)}\n` : deleted ? "Deleted.\n" : "ZPA had nothing to delete.\n");
}

function summaryText({ microtenants }: z.infer<typeof SummaryAnswer>): string {
  const lines = microtenants.map(({ microtenantName, problem, ...result }) => {
    if (problem !== null && result.listed === 0) return `${microtenantName}: nothing can be said (${problem})`;
    const counts = `${result.listed} listed, ${result.asIntended} as intended, ${result.changed} changed, ${result.missing} missing, ${result.foreign} foreign`;
    const rest = `${result.expired} over, ${result.moving} being worked on; deleted of our own: ${result.removed} late, ${result.cleaned} over`;
    return `${microtenantName}: ${counts}, ${rest}${problem === null ? "" : ` (${problem})`}`;
  });
  return `${lines.join("\n")}\n`;
}
