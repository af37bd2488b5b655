import { type Command, InvalidArgumentError, Option } from "commander";
import { proposeCover } from "../../services/coverage/propose-cover.ts";
import { readCoverage } from "../../services/coverage/read-coverage.ts";
import { refuseInSeveral } from "../../services/coverage/refuse-in-several.ts";
import { POLICY_TYPES, type PolicyRule, type PolicyType, type PolicyVersion } from "../../services/zpa/policy/policy.ts";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import {
  type RulePlace,
  rulesToOrder,
  ruleToCreate,
  ruleToDelete,
  ruleToMove,
  ruleToUpdate,
  segmentToCover,
} from "../../services/zpa-admin/policy-writes.ts";
import { readYaml } from "../config/confirm.ts";
import { type Place, writes, writesAfterQuestion, type ZpaFlags, type ZpaFrame } from "./frame.ts";
import { idOf } from "./id-of.ts";
import { changeInFile, ruleInFile } from "./rule-file.ts";
import { proposalLines, ruleLines, showCoverage, showCovered, showNames, showRule, showRules, showSets } from "./show-policy.ts";

interface PolicyFlags extends ZpaFlags {
  readonly type: PolicyType;
  readonly apiVersion: string;
  readonly search?: string;
  readonly file?: string;
}

const FILE = `
The file is in YAML or JSON:
  name: Databases with approval
  action: REQUIRE_APPROVAL
  conditions:                                # joined by AND
    - operands: [{objectType: APP, values: ["216196257331400003"]}]
    - operands: [{objectType: CLIENT_TYPE, values: [zpn_client_type_exporter]}]
    - negated: true                          # operator: AND where all operands must hold
      operands: [{objectType: POSTURE, entries: [{lhs: profile-id, rhs: "false"}]}]
description, customMessage and fields (what else ZPA takes, such as credential: {id: "228"}) may be left out.`;

const typed = (command: Command): Command =>
  command.addOption(new Option("--type <type>", "the set of rules").choices(POLICY_TYPES).default("ACCESS_POLICY"));
const versioned = (command: Command): Command =>
  command.addOption(new Option("--api-version <number>", "of ZPA's API for the write").choices(["1", "2"]).default("1"));
const versionOf = ({ apiVersion }: PolicyFlags): PolicyVersion => (apiVersion === "2" ? 2 : 1);
const flagsOf = (command: Command): PolicyFlags => command.optsWithGlobals<PolicyFlags>();

async function placeOf({ policy }: ZpaClient, place: Place, { type }: PolicyFlags): Promise<RulePlace> {
  const { id: setId } = await policy.set(type, place);
  return { setId, type, ...place };
}

/** `pra zpa policy`: sets of rules, and which segments they leave out. */
export function registerZpaPolicy(zpa: Command, frame: ZpaFrame): void {
  const policy = zpa.command("policy").description("access and other policies: sets, rules, their order, and what they cover");
  registerReads(policy, frame);
  registerWrites(policy, frame);
  registerOrder(policy, frame);
  registerCoverage(policy, frame);
}

function registerReads(policy: Command, frame: ZpaFrame): void {
  policy
    .command("sets")
    .description("list the sets of rules by their types")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy sets --json")
    .action(async (_: unknown, command: Command) => {
      await frame.read(flagsOf(command), async (client, place) => {
        const sets = [];
        for (const type of POLICY_TYPES) sets.push({ type, set: await client.policy.set(type, place) });
        return showSets(sets, frame.width);
      });
    });

  typed(policy.command("rules"))
    .description("list the rules of a set, in the order in which ZPA evaluates them")
    .option("--search <expression>", "a filter of ZPA's, such as 'action EQ ALLOW'")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy rules --type CREDENTIAL_POLICY --json")
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      const { type, search } = flags;
      await frame.read(flags, async (client, place) =>
        showRules(await client.policy.rules(type, { ...place, ...(search === undefined ? {} : { search }) }), frame.width),
      );
    });

  typed(policy.command("rule"))
    .description("show one")
    .argument("<id or name>", "which")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy rule 216196257331381001")
    .action(async (named: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.read(flags, async (client, place) => showRule(await currentRule(client, await placeOf(client, place, flags), named)));
    });

  policy
    .command("client-types")
    .description("list what ZPA calls client types")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy client-types")
    .action(async (_: unknown, command: Command) => {
      await frame.read(flagsOf(command), async (client, place) => showNames("clientTypes", await client.policy.clientTypes(place)));
    });

  policy
    .command("platforms")
    .description("list what ZPA calls platforms")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy platforms")
    .action(async (_: unknown, command: Command) => {
      await frame.read(flagsOf(command), async (client, place) => showNames("platforms", await client.policy.platforms(place)));
    });
}

function registerWrites(policy: Command, frame: ZpaFrame): void {
  const read = ({ file }: PolicyFlags): Promise<string> => {
    const { input = process.stdin, readFile } = frame.ports;
    return readYaml(file, { input, readFile });
  };

  versioned(typed(writes(policy.command("create"))))
    .description("make a rule, the last of its set")
    .option("--file <path>", "YAML or JSON; standard input without it")
    .addHelpText("after", `${FILE}\n\nExample:\n  $ pra zpa policy create --file rule.yaml --dry-run`)
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      const draft = ruleInFile(await read(flags));
      await frame.write(flags, {
        plan: async (client, place) =>
          ruleToCreate(client.policy, await placeOf(client, place, flags), { draft, version: versionOf(flags) }),
        show: showRule,
      });
    });

  versioned(typed(writes(policy.command("update"))))
    .description("change a rule; what the file does not name stays as it is")
    .argument("<id or name>", "which")
    .option("--file <path>", "YAML or JSON; standard input without it")
    .addHelpText("after", `${FILE}\n\nExample:\n  $ pra zpa policy update "Databases with approval" --file change.yaml`)
    .action(async (named: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      const change = changeInFile(await read(flags));
      await frame.write(flags, {
        plan: async (client, place) => {
          const at = await placeOf(client, place, flags);
          const current = await currentRule(client, at, named);
          return ruleToUpdate(client.policy, at, { current, change, version: versionOf(flags) });
        },
        show: showRule,
      });
    });

  typed(writesAfterQuestion(policy.command("delete")))
    .description("delete a rule")
    .argument("<id or name>", "which")
    .addHelpText("after", '\nExample:\n  $ pra zpa policy delete "Databases with approval"')
    .action(async (named: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      let asked: readonly string[] = [];
      await frame.write(flags, {
        plan: async (client, place) => {
          const at = await placeOf(client, place, flags);
          const current = await currentRule(client, at, named);
          asked = [...ruleLines(current), "This rule is going to be deleted."];
          return ruleToDelete(client.policy, at, current);
        },
        ask: () => asked,
        show: (read) => (read === null ? { json: { deleted: named }, lines: [`Deleted: ${named}`] } : showRule(read)),
      });
    });
}

function registerOrder(policy: Command, frame: ZpaFrame): void {
  const order = (text: string): number => {
    if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("a place from 1");
    return Number(text);
  };

  typed(writes(policy.command("reorder")))
    .description("move a rule to another place")
    .argument("<id or name>", "which")
    .argument("<place>", "from 1", order)
    .addHelpText("after", '\nExample:\n  $ pra zpa policy reorder "Databases with approval" 2')
    .action(async (named: string, to: number, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.write(flags, {
        plan: async (client, place) => {
          const at = await placeOf(client, place, flags);
          const current = await currentRule(client, at, named);
          return ruleToMove(client.policy, at, { current, order: to });
        },
        show: showRule,
      });
    });

  typed(writes(policy.command("reorder-all")))
    .description("put all rules of a set into the order named; a default rule stays last")
    .argument("<id...>", "every rule of the set")
    .addHelpText("after", "\nExample:\n  $ pra zpa policy reorder-all 216196257331381002 216196257331381001 --dry-run")
    .action(async (ruleIds: readonly string[], _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.write(flags, {
        plan: async (client, place) => {
          const at = await placeOf(client, place, flags);
          return rulesToOrder(client.policy, at, { current: await client.policy.rules(flags.type, place), ruleIds });
        },
        show: (read) => showRules(read, frame.width),
      });
    });
}

function registerCoverage(policy: Command, frame: ZpaFrame): void {
  policy
    .command("coverage")
    .description("tell of every segment with privileged consoles whether a privileged approval on it does anything")
    .addHelpText("after", "\nOf all microtenants, unless one is named.\n\nExample:\n  $ pra zpa policy coverage --json")
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.read(flags, async (client, place) =>
        showCoverage(await readCoverage(client, flags.microtenant === undefined ? undefined : place), frame.width),
      );
    });

  writesAfterQuestion(policy.command("cover"))
    .description("make the rule that has privileged approvals on a segment count, in its place")
    .argument("<segment>", "its id or name")
    .addHelpText("after", '\nExample:\n  $ pra zpa policy cover "Energy" --dry-run')
    .action(async (named: string, _: unknown, command: Command) => {
      let asked: readonly string[] = [];
      await frame.write(flagsOf(command), {
        plan: async (client, place) => {
          const segmentId = await idOf(named, "application segment", () => client.segments.list(place));
          await refuseInSeveral(client, { segmentId, name: named });
          const proposal = await proposeCover(client, { segmentId, ...place });
          asked = [...proposalLines(proposal), "This rule is going to be made."];
          return segmentToCover(client, proposal);
        },
        ask: () => asked,
        show: showCovered,
      });
    });
}

async function currentRule({ policy }: ZpaClient, at: RulePlace, named: string): Promise<PolicyRule> {
  const id = await idOf(named, "rule", () => policy.rules(at.type, at));
  return policy.rule(at.setId, id, at);
}
