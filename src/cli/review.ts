import type { Command } from "commander";
import { z } from "zod";
import { againUntil, patienceFromNow } from "./control/again-until.ts";
import type { CliPorts } from "./run-cli.ts";

const Answer = z.object({ label: z.string() });

const EXAMPLES = `
The same review that Slack asks for, for when Slack is still down and the glass has to be broken again.

Example:
  $ pra review PRA-1042 --person U0ANA --happened "db-prod hung" --done "restarted it" --follows "INC-77, a watchdog"`;

interface Flags {
  readonly json?: boolean;
  readonly person: string;
  readonly happened: string;
  readonly done: string;
  readonly follows: string;
}

/** `pra review`: the account of a broken glass, without Slack. */
export function registerReview(program: Command, ports: CliPorts): void {
  program
    .command("review")
    .description("answer the review of a broken glass while Slack is down")
    .argument("<request>", "such as PRA-1042")
    .requiredOption("--person <id>", "who broke it: a Slack user id that BREAK_GLASS names with an email")
    .requiredOption("--happened <text>", "what happened")
    .requiredOption("--done <text>", "what was done")
    .requiredOption("--follows <text>", "what follows from it")
    .addHelpText("after", EXAMPLES)
    .action(async (label: string, _flags: unknown, command: Command) => {
      const { json, person, happened, done, follows } = command.optsWithGlobals<Flags>();
      const { withBreakGlass } = await import("./control/with-break-glass.ts");
      const payload = { label, person, answer: { happened, done, follows } };
      const answer = Answer.parse(
        await againUntil(patienceFromNow(), () => withBreakGlass(ports, ({ ask }) => ask("break-glass.review", payload))),
      );
      ports.output.write(json ? `${JSON.stringify(answer)}\n` : `The review of ${answer.label} is answered.\n`);
    });
}
