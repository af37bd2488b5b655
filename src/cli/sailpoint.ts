import { isDeepStrictEqual } from "node:util";
import { type Command, Option } from "commander";
import { PortcullisError } from "../errors.ts";
import type { ScopeKey } from "../services/policy/rules.ts";
import type { ConfigPlace, SailPointClient } from "../services/sailpoint/sailpoint-client.ts";
import { OutcomeAnswer, RulesAnswer } from "./config/answers.ts";
import { isConfirmed } from "./config/confirm.ts";
import { planText, resultText } from "./config/report.ts";
import { SCOPE_WORDS, scopeOf } from "./config/scope-arguments.ts";
import type { AskControl } from "./control/with-control.ts";
import type { CliPorts } from "./run-cli.ts";
import { configPlace } from "./sailpoint/config-place.ts";

interface Flags {
  readonly json?: boolean;
  readonly at: ConfigPlace;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}

interface Sides {
  readonly key: ScopeKey;
  readonly revision: number;
  readonly ours: Readonly<Record<string, unknown>>;
  /** Null where SailPoint has none there. */
  readonly theirs: Readonly<Record<string, unknown>> | null;
}

/** `pra sailpoint`: what concerns SailPoint. */
export function registerSailPoint(program: Command, ports: CliPorts): void {
  const config = program
    .command("sailpoint")
    .description("what concerns SailPoint")
    .command("config")
    .description("carry approval rules between a scope of ours and a configuration of SailPoint's");
  const { output, errors } = ports;
  const input = ports.input ?? process.stdin;

  /** Loaded only here, as they would slow down every other command; and let go of while a person thinks: a bot may want to start. */
  const withBoth = async <T>(use: (ask: AskControl, sailpoint: SailPointClient) => Promise<T>): Promise<T> => {
    const [{ withControl }, { sailPointOfSettings }] = await Promise.all([
      import("./control/with-control.ts"),
      import("./sailpoint/sailpoint-of-settings.ts"),
    ]);
    const sailpoint = sailPointOfSettings(ports);
    try {
      return await withControl(ports, (ask) => use(ask, sailpoint));
    } finally {
      await sailpoint.close();
    }
  };
  const placed = (name: string, description: string): Command =>
    config
      .command(name)
      .description(description)
      .argument("<scope>", `one of ${SCOPE_WORDS.join(", ")}`)
      .argument("[id]", "what it is for")
      .addOption(new Option("--at <place>", "SailPoint's scope and id, between them a colon").argParser(configPlace).makeOptionMandatory());
  const reviewed = (command: Command): Command =>
    command.option("--yes", "apply without asking").option("--dry-run", "only show what would change");
  const say = (json: boolean | undefined, answer: object, text: string): void =>
    void output.write(json ? `${JSON.stringify(answer)}\n` : text);
  /** Whether what was shown is to be done. */
  const goesOn = async ({ yes, dryRun }: Flags): Promise<boolean> => !dryRun && (yes === true || (await isConfirmed({ input, errors })));

  placed("diff", "show in what the two differ, and what cannot be carried over")
    .addHelpText("after", "\nExample:\n  $ pra sailpoint config diff approval-type --at APPROVAL_TYPE:GENERIC_APPROVAL")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const { json, at } = command.optsWithGlobals<Flags>();
      const { compared, comparison } = await import("./sailpoint/compare-configs.ts");
      const sides = await withBoth((ask, sailpoint) => bothSides({ word, id, at }, ask, sailpoint));
      const found = compared(sides);
      say(json, found, comparison(found));
    });

  reviewed(placed("pull", "bring a scope of ours to what SailPoint says"))
    .addHelpText("after", "\nExample:\n  $ pra sailpoint config pull tenant --at TENANT:6f1c1a7e-0d5b-4c55-9c0e-2f6f7f3b1a01 --dry-run")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { compared, leftText, pulledYaml } = await import("./sailpoint/compare-configs.ts");
      const put = async (ask: AskControl, sides: Sides, mode: "plan" | "apply"): Promise<OutcomeAnswer> =>
        OutcomeAnswer.parse(await ask("config.put", { ...sides.key, yaml: pulledYaml(sides), mode, expectedRevision: sides.revision }));
      const { sides, planned } = await withBoth(async (ask, sailpoint) => {
        const both = await bothSides({ word, id, at: flags.at }, ask, sailpoint);
        if (both.theirs === null) throw new PortcullisError("sailpoint_not_found");
        return { sides: both, planned: await put(ask, both, "plan") };
      });
      const { left } = compared(sides);
      (flags.json ? errors : output).write(`${planText([planned])}${leftText("SailPoint", left.theirs)}`);
      if (planned.kind === "none" || !(await goesOn(flags))) return say(flags.json, { changes: [planned], left }, "");
      const done = await withBoth((ask) => put(ask, sides, "apply"));
      say(flags.json, { changes: [done], left }, resultText([done]));
    });

  reviewed(placed("push", "bring SailPoint's configuration to what a scope of ours says"))
    .addHelpText("after", "\nExample:\n  $ pra sailpoint config push approval-type --at APPROVAL_TYPE:GENERIC_APPROVAL --dry-run")
    .action(async (word: string, id: string | undefined, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>();
      const { compared, comparison, pushedConfig } = await import("./sailpoint/compare-configs.ts");
      const sides = await withBoth((ask, sailpoint) => bothSides({ word, id, at: flags.at }, ask, sailpoint));
      const found = compared(sides);
      (flags.json ? errors : output).write(comparison(found));
      if (found.equal || !(await goesOn(flags))) return say(flags.json, { ...found, written: false }, "");
      const theirs = await withBoth(async (_ask, sailpoint) => {
        // SailPoint has no revision that it would refuse another by: what was shown is what is written over, or nothing is.
        if (!isDeepStrictEqual(await theirsAt(flags.at, sailpoint), sides.theirs)) throw new PortcullisError("rules_changed_meanwhile");
        await sailpoint.configs.put(flags.at, pushedConfig(sides));
        return theirsAt(flags.at, sailpoint);
      });
      const after = compared({ ...sides, theirs });
      say(
        flags.json,
        { ...after, written: true },
        after.equal ? "SailPoint has it now.\n" : `SailPoint has something else.\n${comparison(after)}`,
      );
    });
}

async function bothSides(
  { word, id, at }: { readonly word: string; readonly id: string | undefined; readonly at: ConfigPlace },
  ask: AskControl,
  sailpoint: SailPointClient,
): Promise<Sides> {
  const key = await scopeOf(word, id, ask);
  const theirs = await theirsAt(at, sailpoint);
  try {
    const { rules, revision } = RulesAnswer.parse(await ask("config.get", key));
    return { key, revision, ours: typeof rules === "object" ? { ...rules } : {}, theirs };
  } catch (cause) {
    if (!(cause instanceof PortcullisError) || cause.code !== "rules_unknown") throw cause;
    return { key, revision: 0, ours: {}, theirs };
  }
}

async function theirsAt({ id }: ConfigPlace, { configs }: SailPointClient): Promise<Sides["theirs"]> {
  try {
    return await configs.get(id);
  } catch (cause) {
    if (cause instanceof PortcullisError && cause.code === "sailpoint_not_found") return null;
    throw cause;
  }
}
