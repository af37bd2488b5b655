import { type Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { ChangeAnswer, ExportAnswer, FrozenAnswer, ListAnswer, OutcomeAnswer, RulesAnswer } from "./config/answers.ts";
import { isConfirmed, readYaml } from "./config/confirm.ts";
import { changeText, planText, resultText } from "./config/report.ts";
import { SCOPE_WORDS, scopeOf } from "./config/scope-arguments.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";

const SCOPES = `
Scopes, the widest first: tenant, approval-type, microtenant <id or name>, segment-group <id>, segment <id>; request <PRA-1042> can
be read only. While the bot runs on its embedded database it is asked; else the database is opened here. Only DATA_DIR or
DATABASE_URL is needed.`;

interface Flags {
  readonly json?: boolean;
  readonly file?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly prune?: boolean;
  readonly revision?: number;
}

/** `pra config`: the approval rules by scope. */
export function registerConfig(program: Command, ports: CliPorts): void {
  const config = program
    .command("config")
    .description("read and change the approval rules by scope")
    .addHelpText("after", `${SCOPES}\n\nExample:\n  $ pra config get tenant`);
  const input = ports.input ?? process.stdin;
  /** Loaded only here: the database would slow down every other command. */
  const control = async <T>(use: (ask: AskControl) => Promise<T>): Promise<T> => {
    const { withControl } = await import("./control/with-control.ts");
    return withControl(ports, use);
  };
  const print = (json: boolean | undefined, answer: unknown, text: string): void =>
    void ports.output.write(json ? `${JSON.stringify(answer)}\n` : text);

  /** Shows what would change, asks, and has it done exactly as it was shown. */
  const review = async (
    { json, yes, dryRun }: Flags,
    plan: (ask: AskControl) => Promise<readonly OutcomeAnswer[]>,
    apply: (ask: AskControl, planned: readonly OutcomeAnswer[]) => Promise<readonly OutcomeAnswer[]>,
  ): Promise<void> => {
    const show = (outcomes: readonly OutcomeAnswer[]) => (json ? ports.errors : ports.output).write(planText(outcomes));
    const answer = (outcomes: readonly OutcomeAnswer[], text: string) => print(json, { changes: outcomes }, text);
    if (yes && !dryRun) {
      const done = await control(async (ask) => {
        const planned = await plan(ask);
        show(planned);
        return apply(ask, planned);
      });
      return answer(done, resultText(done));
    }
    // The database is let go of while a person thinks: a bot may want to start.
    const planned = await control(plan);
    show(planned);
    if (dryRun || planned.every(({ kind }) => kind === "none")) return answer(planned, "");
    if (!(await isConfirmed({ input, errors: ports.errors }))) return answer(planned, "Nothing was changed.\n");
    const done = await control((ask) => apply(ask, planned));
    answer(done, resultText(done));
  };

  const scoped = (name: string, description: string): Command =>
    config
      .command(name)
      .description(description)
      .argument("<scope>", `one of ${SCOPE_WORDS.join(", ")}`)
      .argument("[id]", "what it is for");
  const reviewed = (command: Command): Command =>
    command.option("--yes", "apply without asking").option("--dry-run", "only show what would change");
  const revision = new Option("--revision <number>", "refuse unless the scope has this revision now").argParser((text) => {
    if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("a revision is a number, 0 where the scope has no rules");
    return Number(text);
  });

  scoped("get", "print the rules of one scope as YAML, or the frozen ones of a request")
    .addHelpText("after", "\nExamples:\n  $ pra config get microtenant Plant\n  $ pra config get request PRA-1042")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<Flags>();
      const answer = await control(async (ask) => {
        const key = await scopeOf(word, id, ask);
        if (key.scope === "APPROVAL_REQUEST") return FrozenAnswer.parse(await ask("config.frozen", { reference: key.scopeId }));
        return RulesAnswer.parse(await ask("config.get", key));
      });
      const { yaml, ...rest } = answer;
      print(json, rest, yaml);
    });

  reviewed(scoped("put", "replace the rules of one scope whole"))
    .option("--file <path>", "YAML with the rules; standard input without it")
    .addOption(revision)
    .addHelpText("after", "\nExample:\n  $ pra config put microtenant Plant --file plant.yaml")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const yaml = await readYaml(flags.file, { input, readFile: ports.readFile });
      const put = async (ask: AskControl, mode: "plan" | "apply", expectedRevision: number | null) => {
        const key = await scopeOf(word, id, ask);
        return [OutcomeAnswer.parse(await ask("config.put", { ...key, yaml, mode, expectedRevision }))];
      };
      await review(
        flags,
        (ask) => put(ask, "plan", flags.revision ?? null),
        (ask, [planned]) => put(ask, "apply", planned?.baseRevision ?? null),
      );
    });

  reviewed(scoped("delete", "take the rules of one scope away: a wider scope counts there then"))
    .addOption(revision)
    .addHelpText("after", "\nExample:\n  $ pra config delete segment 216196257331372731")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const remove = async (ask: AskControl, mode: "plan" | "apply", expectedRevision: number | null) => {
        const key = await scopeOf(word, id, ask);
        return [OutcomeAnswer.parse(await ask("config.delete", { ...key, mode, expectedRevision }))];
      };
      await review(
        flags,
        (ask) => remove(ask, "plan", flags.revision ?? null),
        (ask, [planned]) => remove(ask, "apply", planned?.baseRevision ?? null),
      );
    });

  config
    .command("export")
    .description("print all rules as one YAML document, in a stable order")
    .addHelpText("after", "\nExample:\n  $ pra config export > rules.yaml")
    .action(async (_flags: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<Flags>();
      const { yaml, rules } = await control(async (ask) => ExportAnswer.parse(await ask("config.export", {})));
      print(json, { rules: rules.map(({ yaml: _, ...rest }) => rest) }, yaml);
    });

  reviewed(config.command("apply").description("bring all rules to what an exported document says"))
    .option("--file <path>", "the document; standard input without it")
    .option("--prune", "delete the rules of scopes that the document does not name")
    .addHelpText("after", "\nExample:\n  $ pra config apply --file rules.yaml --dry-run")
    .action(async (_flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const yaml = await readYaml(flags.file, { input, readFile: ports.readFile });
      const unnamed = flags.prune ? "remove" : "keep";
      const apply = async (ask: AskControl, mode: "plan" | "apply", seen: readonly OutcomeAnswer[] | null) =>
        z.array(OutcomeAnswer).parse(await ask("config.apply", { yaml, unnamed, mode, seen }));
      await review(
        flags,
        (ask) => apply(ask, "plan", null),
        (ask, planned) => apply(ask, "apply", planned),
      );
    });

  config
    .command("changes")
    .description("list the changes that wait for a second administrator")
    .addHelpText("after", "\nExample:\n  $ pra config changes")
    .action(async (_flags: unknown, command: Command) => {
      const { json } = command.optsWithGlobals<Flags>();
      const { waiting } = await control(async (ask) => ListAnswer.parse(await ask("config.list", {})));
      print(json, { changes: waiting }, waiting.length === 0 ? "Nothing waits.\n" : `${waiting.map(changeText).join("\n")}\n`);
    });

  const settling = (verdict: "confirm" | "decline", description: string): void => {
    config
      .command(verdict)
      .description(description)
      .argument("<id>", "as `pra config changes` names it")
      .addHelpText("after", `\nExample:\n  $ pra config ${verdict} 0f8fad5b-d9cb-469f-a165-70867728950e`)
      .action(async (changeId: string, _flags: unknown, command: Command) => {
        const { json } = command.optsWithGlobals<Flags>();
        const change = await control(async (ask) => ChangeAnswer.parse(await ask(`config.${verdict}`, { changeId })));
        print(json, change, changeText(change));
      });
  };
  settling("confirm", "confirm a change that somebody proposed in Slack");
  settling("decline", "decline a change that waits, or take back one from the command line");
}
