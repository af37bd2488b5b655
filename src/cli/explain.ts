import type { Command } from "commander";
import { z } from "zod";
import type { CliPorts } from "./run-cli.ts";

const Answer = z.object({ explanation: z.looseObject({}), lines: z.array(z.string()) });

const EXAMPLES = `
While the bot runs on its embedded database it is asked; else the database is opened here, and people are called by their Slack ids. Only
DATA_DIR or DATABASE_URL is needed.

Example:
  $ pra explain PRA-1042`;

/** `pra explain`: why an approval stands as it stands, who may decide, and what comes next. */
export function registerExplain(program: Command, ports: CliPorts): void {
  program
    .command("explain")
    .description("say who may decide on a request and why, which rules count, and what comes next")
    .argument("<request>", "such as PRA-1042")
    .addHelpText("after", EXAMPLES)
    .action(async (label: string, _flags: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<{ json?: boolean }>();
      const { withControl } = await import("./control/with-control.ts");
      const { explanation, lines } = Answer.parse(await withControl(ports, (ask) => ask("explain", { label })));
      ports.output.write(json ? `${JSON.stringify(explanation)}\n` : `${lines.join("\n")}\n`);
    });
}
