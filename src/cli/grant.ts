import { randomUUID } from "node:crypto";
import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { findTypedDuration } from "../services/schedule/typed-duration.ts";
import { failureSentence } from "../texts/error-sentence.ts";
import { textsFor } from "../texts/texts.ts";
import { systemTimers } from "../timers.ts";
import { againUntil, LOOK_MILLISECONDS, patienceFromNow } from "./control/again-until.ts";
import type { BreakGlassWay } from "./control/with-break-glass.ts";
import type { CliPorts } from "./run-cli.ts";

const Foretold = z.object({
  person: z.object({ userId: z.string(), name: z.string(), email: z.string() }),
  namedEmail: z.string(),
  consoles: z.array(z.string()),
  alsoOpens: z.array(z.string()),
  withoutEffect: z.array(z.string()),
  seconds: z.number(),
  until: z.string(),
  told: z.array(z.string()),
  resumes: z.array(z.string()),
});
type Foretold = z.infer<typeof Foretold>;
const Broken = z.object({ requestIds: z.array(z.string()) });
const State = z.object({
  requests: z.array(
    z.object({
      label: z.string(),
      status: z.string(),
      failure: z
        .object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])), reference: z.string() })
        .nullable(),
    }),
  ),
  grants: z.array(z.object({ id: z.string(), status: z.string(), zpaId: z.string().nullable(), email: z.string(), end: z.string() })),
});
type State = z.infer<typeof State>;

interface Flags {
  readonly json?: boolean;
  readonly breakGlass?: boolean;
  readonly person?: string;
  readonly console?: readonly string[];
  readonly for?: string;
  readonly because?: string;
  readonly yes?: boolean;
  readonly iAm?: string;
}

const EXAMPLES = `
For when Slack is down: who is named in BREAK_GLASS with an email gets access at once, without anybody's approval. Two steps: what will
happen is shown, and the console's name is to be typed. A script says --yes and, as the second step, --i-am with that email. While the bot
runs on its embedded database it is asked; else the database is opened here and ZPA is written to from here, with the bot's own settings.
What is to be said in Slack is said when it is back. A review is to be answered before the next use: pra review. While a use of the same
person is not proven yet, as after an outage of Zscaler, the command goes on with that one.

Example:
  $ pra grant --break-glass --person U0ANA --console db-prod --for 45m --because "INC-77"`;

/** `pra grant --break-glass`: access in an emergency, without Slack. */
export function registerGrant(program: Command, ports: CliPorts): void {
  const collected = (value: string, before: readonly string[] = []): readonly string[] => [...before, value];
  program
    .command("grant")
    .description("break the glass while Slack is down")
    .option("--break-glass", "access without anybody's approval: the only kind that is given here")
    .option("--person <id>", "who gets it: a Slack user id that BREAK_GLASS names with an email")
    .option("--console <name>", "name or id of a console; several times for several", collected)
    .option("--for <duration>", "such as 45m; as long as is allowed without it")
    .option("--because <reason>", "what the emergency is")
    .option("--yes", "do not ask; needs --i-am")
    .option("--i-am <email>", "with --yes: the email that BREAK_GLASS names the person with")
    .addHelpText("after", EXAMPLES)
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      if (!flags.breakGlass) throw new PortcullisError("break_glass_only");
      const typed = { ...typedIn(flags), submissionKey: randomUUID() };
      const { withBreakGlass } = await import("./control/with-break-glass.ts");
      const patiently = <T>(until: number, use: (way: BreakGlassWay) => Promise<T>) => againUntil(until, () => withBreakGlass(ports, use));
      const foretold = Foretold.parse(await patiently(patienceFromNow(), ({ ask }) => ask("break-glass.foretell", typed)));
      ports.errors.write(foretoldText(foretold, typed.reason));
      // The database is let go of while a person thinks.
      if (!(await isMeant(flags, foretold, ports))) {
        ports.errors.write("Nothing was done.\n");
        return ports.exitWith(1);
      }
      // Writing takes seconds; what ZPA has not taken by then goes on without us where a bot runs.
      const until = patienceFromNow();
      // The same submission: asked twice it breaks the glass once.
      const { requestIds } = Broken.parse(await patiently(until, ({ ask }) => ask("break-glass.break", typed)));
      const { state, why } = await patiently(until, (way) => proof(way, requestIds, until));
      const stands = state.requests.every(({ status }) => status === "GRANTED");
      if (!stands) ports.exitWith(1);
      ports.output.write(flags.json ? `${JSON.stringify(answerOf(state))}\n` : stateText(state, why));
    });
}

function typedIn({ person, console: consoles = [], for: duration, because = "" }: Flags) {
  const missing = (what: string) => new PortcullisError("invalid_input", { params: { problem: `${what} is missing` } });
  if (person === undefined) throw missing("--person");
  if (consoles.length === 0) throw missing("--console");
  const seconds = duration === undefined ? null : (findTypedDuration(duration)?.value ?? null);
  if (duration !== undefined && seconds === null) throw new PortcullisError("time_not_understood", { params: { text: duration } });
  return { person, consoles, seconds, reason: because };
}

/** The second deliberate step. @throws PortcullisError `confirmation_needed` where nobody can be asked, `invalid_input` */
async function isMeant({ yes, iAm }: Flags, { consoles, namedEmail }: Foretold, ports: CliPorts): Promise<boolean> {
  if (yes) {
    if (iAm?.toLowerCase() === namedEmail) return true;
    throw new PortcullisError("invalid_input", {
      params: { problem: "--yes needs --i-am with the email that BREAK_GLASS names the person with" },
    });
  }
  const input = ports.input ?? process.stdin;
  if (input.isTTY !== true) throw new PortcullisError("confirmation_needed");
  const questions = createInterface({ input, output: ports.errors });
  try {
    const asked = consoles.length === 1 ? "the console's name" : "the consoles' names, between commas,";
    const typed = await questions.question(`Type ${asked} to break the glass: `);
    const words = typed.split(",").map((word) => word.trim());
    return words.length === consoles.length && consoles.every((name) => words.includes(name));
  } finally {
    questions.close();
  }
}

/** Looks until everything is proven, or has failed. */
async function proof(
  way: BreakGlassWay,
  requestIds: readonly string[],
  until: number,
): Promise<{ state: State; why: PortcullisError | null }> {
  for (;;) {
    const why = await way.work(requestIds);
    const state = State.parse(await way.ask("break-glass.state", { requestIds }));
    const isSettled = state.requests.every(({ status }) => status !== "GRANTING");
    if (isSettled || systemTimers.monotonicMilliseconds() >= until) return { state, why };
    await systemTimers.sleep(LOOK_MILLISECONDS);
  }
}

const minutes = (seconds: number): string => `${Math.round(seconds / 60)} minutes`;

function foretoldText(foretold: Foretold, typedReason: string): string {
  const { person, consoles, alsoOpens, withoutEffect, seconds, until, told, resumes } = foretold;
  if (resumes.length > 0)
    return [
      `The glass is broken already for ${person.name} (${person.userId}), and not proven in ZPA yet. This goes on with ${resumes.join(", ")}:`,
      `  Opens       ${consoles.join(", ")}`,
      `  Until       ${until}`,
      "",
    ].join("\n");
  const lines = [
    `Break the glass for ${person.name} (${person.userId}), who is ${person.email} in ZPA:`,
    `  Opens       ${consoles.join(", ")}`,
    ...(alsoOpens.length === 0 ? [] : [`  Opens too   ${alsoOpens.join(", ")} (on the same segments)`]),
    ...(withoutEffect.length === 0
      ? []
      : [`  Opens not   ${withoutEffect.join(", ")}: by the access rules last read from ZPA, privileged approvals do not count there`]),
    `  For         ${minutes(seconds)}, until ${until} if it begins now`,
    `  Because     ${typedReason}`,
    `  Approved by nobody`,
    `  Told        ${told.length === 0 ? "nobody by name" : told.join(", ")}, and the approvals channel if there is one, as soon as Slack is there`,
    `  Afterwards  a review is to be answered before the glass can be broken again`,
  ];
  return `${lines.join("\n")}\n`;
}

const answerOf = ({ requests, grants }: State) => ({
  requests,
  privilegedApprovals: grants.map(({ zpaId, status, email, end }) => ({ id: zpaId, status, email, end })),
});

function stateText({ requests, grants }: State, why: PortcullisError | null): string {
  const failures = requests.flatMap(({ label, failure }) =>
    failure === null ? [] : [`${label}: ${failureSentence(failure, textsFor("en"))} (${failure.reference})`],
  );
  const lines = [
    ...requests.map(({ label, status }) => `${label}: ${status === "GRANTED" ? "granted, and proven in ZPA" : status.toLowerCase()}`),
    ...grants.map(({ zpaId, email, end }) =>
      zpaId === null ? `No privileged approval stands for ${email}.` : `Privileged approval ${zpaId} for ${email}, until ${end}`,
    ),
    ...failures,
    ...(why === null || failures.length > 0 ? [] : [`Not proven yet (${why.code}). Run the same command again to go on with it.`]),
  ];
  return `${lines.join("\n")}\n`;
}
