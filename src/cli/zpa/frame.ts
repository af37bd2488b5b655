import { isDeepStrictEqual } from "node:util";
import { type Command, InvalidArgumentError, Option } from "commander";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { RehearsedCall } from "../../services/zpa/api.ts";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import type { AdminWrite } from "../../services/zpa-admin/record-write.ts";
import { isConfirmed } from "../config/confirm.ts";
import type { CliPorts } from "../run-cli.ts";
import { rehearsedJson, rehearsedLines } from "./rehearsed.ts";
import { widthOf } from "./table.ts";

/** Options that every command below `pra zpa` has. */
export interface ZpaFlags {
  readonly json?: boolean;
  readonly microtenant?: string;
  readonly dryRun?: boolean;
  readonly withoutLedger?: boolean;
  readonly yes?: boolean;
}

/** What is printed: an object for programs, lines for people. */
export interface Shown {
  readonly json: object;
  readonly lines: readonly string[];
}

/** Where a command acts. */
export interface Place {
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
}

export interface WriteSteps<Done, Read> {
  /** Looks at what stands and says what is to be written. Writes nothing. */
  readonly plan: (zpa: ZpaClient, place: Place) => Promise<AdminWrite<Done, Read>>;
  /** What a person reads before they are asked; left out, nobody is asked. Whoever was asked has it planned again, and no other write done. */
  readonly ask?: (write: AdminWrite<Done, Read>) => readonly string[];
  /** What stands after it, as read from ZPA. */
  readonly show: (read: Read) => Shown;
}

export interface ZpaFrame {
  /** Columns of the terminal, null where the output is no terminal. */
  readonly width: number | null;
  readonly ports: CliPorts;
  read(flags: ZpaFlags, look: (zpa: ZpaClient, place: Place) => Promise<Shown>): Promise<void>;
  write<Done, Read>(flags: ZpaFlags, steps: WriteSteps<Done, Read>): Promise<void>;
}

/** The options of a command that writes. */
export const writes = (command: Command): Command =>
  command
    .option("--dry-run", "print what would be sent, and send nothing that writes")
    .addOption(new Option("--without-ledger", "write although the bot's database cannot be reached, without a record"));

/** The same of one that asks first. */
export const writesAfterQuestion = (command: Command): Command => writes(command).option("--yes", "do it without asking");

/** Of `--microtenant`: digits, or `default`. */
export const microtenantArgument = (text: string): string => {
  if (!/^(?:\d{1,20}|default)$/i.test(text)) throw new InvalidArgumentError("the id of a microtenant, or default");
  return text.toLowerCase();
};

const placeOf = ({ microtenant = "default" }: ZpaFlags): Place => ({
  microtenantId: microtenant === "default" || microtenant === "0" ? null : microtenant,
});

/** What all commands of `pra zpa` do alike: where they read, how they write, and what they print. */
export function zpaFrame(ports: CliPorts): ZpaFrame {
  const { output, errors } = ports;
  const print = ({ json: asJson }: ZpaFlags, { json, lines }: Shown): void =>
    void output.write(asJson ? `${JSON.stringify(json)}\n` : lines.map((line) => `${line}\n`).join(""));
  /** Loaded only here: the clients of ZPA and the database would slow down every other command. */
  const withTenant = async () => (await import("./with-tenant.ts")).withTenant;

  const rehearse = async <Done, Read>(flags: ZpaFlags, { plan }: WriteSteps<Done, Read>): Promise<void> => {
    const calls: RehearsedCall[] = [];
    await (await withTenant())(ports, { kind: "rehearsed", rehearse: (call) => void calls.push(call) }, async ({ zpa }) => {
      await (await plan(zpa, placeOf(flags))).write();
    });
    print(flags, { json: { dryRun: rehearsedJson(calls) }, lines: rehearsedLines(calls) });
  };

  const isWanted = async (lines: readonly string[]): Promise<boolean> => {
    errors.write(lines.map((line) => `${line}\n`).join(""));
    return isConfirmed({ input: ports.input ?? process.stdin, errors });
  };

  /** A person takes their time: what they said yes to must still be what is to be written. @throws PortcullisError `zpa_object_changed` */
  const asShown = async <Done, Read>(
    plan: () => Promise<AdminWrite<Done, Read>>,
    ask: (write: AdminWrite<Done, Read>) => readonly string[],
    shown: { readonly write: AdminWrite<Done, Read>; readonly lines: readonly string[] },
  ): Promise<AdminWrite<Done, Read>> => {
    const { subject } = shown.write;
    const now = await plan().catch((thrown: unknown) => {
      const cause = fromUnknown(thrown);
      throw cause.code === "zpa_not_found" ? new PortcullisError("zpa_object_changed", { params: { subject } }, { cause }) : cause;
    });
    const isSame = isDeepStrictEqual(
      [now.subject, now.before, now.intended, ask(now)],
      [subject, shown.write.before, shown.write.intended, shown.lines],
    );
    if (!isSame) throw new PortcullisError("zpa_object_changed", { params: { subject } });
    return now;
  };

  return {
    width: widthOf(output),
    ports,
    read: async (flags, look) =>
      (await withTenant())(ports, { kind: "unrecorded" }, async ({ zpa }) => print(flags, await look(zpa, placeOf(flags)))),
    write: async (flags, steps) => {
      if (flags.dryRun === true) return rehearse(flags, steps);
      const kind = flags.withoutLedger === true ? "unrecorded" : "recorded";
      await (await withTenant())(ports, { kind }, async ({ zpa, record }) => {
        const plan = () => steps.plan(zpa, placeOf(flags));
        const { ask } = steps;
        let write = await plan();
        if (ask !== undefined && flags.yes !== true) {
          const lines = ask(write);
          if (!(await isWanted(lines))) {
            print(flags, { json: { changed: false }, lines: ["Nothing was changed."] });
            return;
          }
          write = await asShown(plan, ask, { write, lines });
        }
        const { read, asIntended, recorded } = await record(write);
        const { json, lines } = steps.show(read);
        print(flags, { json: { ...json, asIntended, recorded: kind === "recorded" ? recorded : "not" }, lines });
        if (kind === "unrecorded") errors.write("This write is not on record: --without-ledger.\n");
        else if (recorded === "intent-only") errors.write("It was done. On record is that it was intended, not what it came to.\n");
        if (asIntended) return;
        errors.write("What stands in ZPA is not what was asked for: look at it.\n");
        ports.exitWith(1);
      });
    },
  };
}
