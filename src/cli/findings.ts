import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { FINDING_KINDS, VERDICTS, type Verdict } from "../services/access/reconcile/finding.ts";
import { isConfirmed } from "./config/confirm.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";

const terms = z.object({ emailIds: z.array(z.string()), segmentIds: z.array(z.string()), start: z.string(), end: z.string() }).loose();
const FindingAnswer = z
  .object({
    id: z.string(),
    version: z.number().int(),
    kind: z.enum(FINDING_KINDS),
    status: z.string(),
    zpaId: z.string().nullable(),
    label: z.string().nullable(),
    wanted: z
      .object({ verdict: z.enum(VERDICTS) })
      .loose()
      .nullable(),
    verdicts: z.array(z.enum(VERDICTS)),
    body: z
      .object({ microtenantName: z.string(), fields: z.array(z.string()), seen: terms.nullable(), intended: terms.nullable() })
      .loose(),
  })
  .loose();
type FindingAnswer = z.infer<typeof FindingAnswer>;
const PageAnswer = z.object({ findings: z.array(FindingAnswer), next: z.string().nullable() }).loose();

interface Flags {
  readonly json?: boolean;
  readonly reason?: string;
  readonly owner?: string;
  readonly yes?: boolean;
  readonly seenVersion?: number;
  readonly limit: number;
  readonly after?: string;
}

const MOST = 500;

/** `pra findings`: what differs between ZPA and what is intended, and what is done about it. */
export function registerFindings(program: Command, ports: CliPorts): void {
  const findings = program
    .command("findings")
    .description("what stands in ZPA and is not as intended, and what is done about it")
    .addHelpText("after", "\nExample:\n  $ pra findings list");
  const control = async <T>(use: (ask: AskControl) => Promise<T>): Promise<T> => {
    const { withControl } = await import("./control/with-control.ts");
    return withControl(ports, use);
  };
  /** What is judged is what was seen: by a person right before they are asked, by a script in a list before. */
  const versionSeen = async (findingId: string, { yes, seenVersion }: Flags): Promise<number | null> => {
    if (yes === true) {
      if (seenVersion !== undefined) return seenVersion;
      throw new PortcullisError("invalid_input", { params: { problem: "--yes needs --seen-version, as `pra findings list` says it" } });
    }
    const finding = FindingAnswer.parse(await control((ask) => ask("findings.get", { findingId })));
    ports.errors.write(`${findingText(finding)}\n`);
    // The database is let go of while a person thinks.
    return (await isConfirmed({ input: ports.input ?? process.stdin, errors: ports.errors })) ? (seenVersion ?? finding.version) : null;
  };
  const limit = new Option("--limit <number>", `how many, up to ${MOST}`).default(100).argParser((text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > MOST) throw new InvalidArgumentError(`a number from 1 to ${MOST}`);
    return number;
  });

  findings
    .command("list")
    .description("list what waits for an administrator, the newest first")
    .addOption(limit)
    .option("--after <id>", "go on after the finding that a page before ended with")
    .addHelpText("after", "\nExample:\n  $ pra findings list --json")
    .action(async (_flags: unknown, command: Command) => {
      const { json, limit: most, after = null } = command.optsWithGlobals<Flags>();
      const page = PageAnswer.parse(await control((ask) => ask("findings.list", { limit: most, after })));
      ports.output.write(json ? `${JSON.stringify(page)}\n` : listText(page));
    });

  const judging = (verdict: Verdict, description: string): void => {
    const command = findings.command(verdict).description(description).argument("<id>", "as `pra findings list` names it");
    if (verdict === "adopt" || verdict === "revoke") command.requiredOption("--reason <text>", "why; it is recorded in the ledger");
    if (verdict === "adopt") command.option("--owner <id>", "Slack user who answers for a foreign one");
    command
      .option("--yes", "do not ask; needs --seen-version")
      .addOption(new Option("--seen-version <number>", "only while the finding is as it was in that version").argParser(wholeNumber))
      .addHelpText("after", `\nExample:\n  $ pra findings ${verdict} 0f8fad5b-d9cb-469f-a165-70867728950e${reasonIn(verdict)}`)
      .action(async (findingId: string, _flags: unknown, ran: Command) => {
        const flags = ran.optsWithGlobals<Flags>();
        const { json, reason = null, owner } = flags;
        const version = await versionSeen(findingId, flags);
        if (version === null) {
          ports.errors.write("Nothing was done.\n");
          return ports.exitWith(1);
        }
        const payload = { findingId, version, verdict, reason, ownerUserId: owner ?? null };
        const finding = FindingAnswer.parse(await control((ask) => ask("findings.judge", payload)));
        ports.output.write(json ? `${JSON.stringify(finding)}\n` : `${findingText(finding)}\n`);
      });
  };
  judging("adopt", "make what was changed the intention, or make a foreign one known");
  judging("restore", "write what is intended to ZPA again");
  judging("ignore", "do not tell it again until it changes");
  judging("revoke", "end the request's access, or delete a foreign one from ZPA");
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a whole number");
  return Number(text);
}

const reasonIn = (verdict: Verdict): string => (verdict === "adopt" || verdict === "revoke" ? ' --reason "INC-77"' : "");

function listText({ findings, next }: z.infer<typeof PageAnswer>): string {
  if (findings.length === 0) return "Nothing waits.\n";
  const more = next === null ? "" : `More: pra findings list --after ${next}\n`;
  return `${findings.map(findingText).join("\n")}\n${more}`;
}

function findingText({ id, version, kind, status, zpaId, label, wanted, body, verdicts }: FindingAnswer): string {
  const about = body.seen ?? body.intended;
  const who = about === null ? "" : ` ${about.emailIds.join(", ")} on ${about.segmentIds.join(", ")}, ${about.start} to ${about.end}`;
  const fields = body.fields.length === 0 ? "" : ` (${body.fields.join(", ")})`;
  const state = wanted === null ? status : `${status}, ${wanted.verdict} is under way`;
  const can = verdicts.length === 0 ? "" : `\n  can be: ${verdicts.join(", ")}`;
  return `${id}  ${kind}${fields} ${state}, version ${version}\n  ${label ?? "no request"}, id ${zpaId ?? "none"} in ${body.microtenantName}${who}${can}`;
}
