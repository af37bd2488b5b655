import type { Command } from "commander";
import { PortcullisError } from "../../errors.ts";
import type { ConsoleDraft } from "../../services/zpa/consoles/console.ts";
import type { ZpaClient } from "../../services/zpa/zpa-client.ts";
import {
  type ConsoleChange,
  consolesToCreate,
  consoleToCreate,
  consoleToDelete,
  consoleToUpdate,
  draftOf,
} from "../../services/zpa-admin/console-writes.ts";
import { readYaml } from "../config/confirm.ts";
import { consolesInFile } from "./console-file.ts";
import { type Place, writes, writesAfterQuestion, type ZpaFlags, type ZpaFrame } from "./frame.ts";
import { registerGet } from "./get-command.ts";
import { idOf } from "./id-of.ts";
import { consoleLines, showConsole, showConsoles } from "./show-console.ts";

interface ConsoleFlags extends ZpaFlags {
  readonly search?: string;
  readonly name?: string;
  readonly description?: string;
  readonly application?: string;
  readonly segment?: string;
  readonly portal?: readonly string[];
  readonly disabled?: boolean;
  readonly file?: string;
}

const SEARCH = "a filter of ZPA's, such as 'name EQ db-prod'";
const FILE = `
The file is a list, in YAML or JSON:
  - name: bench-1
    application: "216196257331395002"   # the PRA application's id: pra zpa segments list
    portals: [Infrastructure portal]    # ids or names
    description: Test bench             # may be left out, as enabled: false may`;

/** `pra zpa consoles`: privileged consoles. */
export function registerZpaConsoles(zpa: Command, frame: ZpaFrame): void {
  const consoles = zpa.command("consoles").description("privileged consoles");
  const flagsOf = (command: Command): ConsoleFlags => command.optsWithGlobals<ConsoleFlags>();

  consoles
    .command("list")
    .description("list all of one microtenant")
    .option("--search <expression>", SEARCH)
    .addHelpText("after", "\nExample:\n  $ pra zpa consoles list --json")
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.read(flags, async (client, place) =>
        showConsoles(await client.consoles.list({ ...place, ...searchOf(flags) }), frame.width),
      );
    });

  consoles
    .command("by-portal")
    .description("list those of one portal")
    .argument("<portal>", "its id or name")
    .option("--search <expression>", SEARCH)
    .addHelpText("after", '\nExample:\n  $ pra zpa consoles by-portal "Plant portal"')
    .action(async (named: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await frame.read(flags, async (client, place) => {
        const portalId = await portalIdOf(client, place, named);
        return showConsoles(await client.consoles.listByPortal(portalId, { ...place, ...searchOf(flags) }), frame.width);
      });
    });

  registerGet(consoles, frame, {
    example: "216196257331400005",
    look: async ({ consoles: api }, id, place) => showConsole(await api.get(id, place)),
  });

  writes(consoles.command("create"))
    .description("make one")
    .requiredOption("--name <name>", "what people will look for")
    .option("--application <id>", "the PRA application, as `pra zpa segments list` names it")
    .option("--segment <id or name>", "instead, the application segment, where it has one PRA application")
    .requiredOption("--portal <id or name...>", "the portals that show it")
    .option("--description <text>", "what it is")
    .option("--disabled", "switched off to begin with")
    .addHelpText(
      "after",
      '\nExample:\n  $ pra zpa consoles create --name bench-1 --segment "Test bench" --portal "Infrastructure portal" --dry-run',
    )
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      const { name = "", description = null, disabled = false } = flags;
      await frame.write(flags, {
        plan: async (client, place) => {
          const praApplicationId = await applicationIdOf(client, place, flags);
          const portalIds = await portalIdsOf(client, place, flags.portal ?? []);
          const draft = { name, description, enabled: !disabled, praApplicationId, portalIds, ...place };
          return consoleToCreate(client.consoles, draft);
        },
        show: showConsole,
      });
    });

  writes(consoles.command("create-many"))
    .description("make those that a file names, all of them or none")
    .option("--file <path>", "YAML or JSON; standard input without it")
    .addHelpText("after", `${FILE}\n\nExample:\n  $ pra zpa consoles create-many --file consoles.yaml --dry-run`)
    .action(async (_: unknown, command: Command) => {
      const flags = flagsOf(command);
      const { input = process.stdin, readFile } = frame.ports;
      const listed = consolesInFile(await readYaml(flags.file, { input, readFile }));
      await frame.write(flags, {
        plan: async (client, place) => {
          const drafts: ConsoleDraft[] = [];
          for (const { application, portals, ...same } of listed) {
            drafts.push({ ...same, praApplicationId: application, portalIds: await portalIdsOf(client, place, portals), ...place });
          }
          return consolesToCreate(client.consoles, drafts);
        },
        show: (read) => showConsoles(read, frame.width),
      });
    });

  writes(consoles.command("update"))
    .description("change one; what is not named stays as it is")
    .argument("<id>", "its id in ZPA")
    .option("--name <name>", "another name")
    .option("--description <text>", "another description")
    .option("--application <id>", "another PRA application")
    .option("--portal <id or name...>", "these portals in place of its own")
    .addHelpText("after", '\nExample:\n  $ pra zpa consoles update 216196257331400005 --description "Retired in 2027"')
    .action(async (id: string, _: unknown, command: Command) => {
      const flags = flagsOf(command);
      await change(id, flags, "update", async (client, place) => ({
        ...(flags.name === undefined ? {} : { name: flags.name }),
        ...(flags.description === undefined ? {} : { description: flags.description }),
        ...(flags.application === undefined ? {} : { praApplicationId: flags.application }),
        ...(flags.portal === undefined ? {} : { portalIds: await portalIdsOf(client, place, flags.portal) }),
      }));
    });

  for (const [verb, description] of [
    ["enable", "switch one on"],
    ["disable", "switch one off: it cannot be asked for any more, and portals do not offer it"],
  ] as const) {
    writes(consoles.command(verb))
      .description(description)
      .argument("<id>", "its id in ZPA")
      .addHelpText("after", `\nExample:\n  $ pra zpa consoles ${verb} 216196257331400005`)
      .action(async (id: string, _: unknown, command: Command) => {
        await change(id, flagsOf(command), verb, async () => ({ enabled: verb === "enable" }));
      });
  }

  writesAfterQuestion(consoles.command("delete"))
    .description("delete one; ZPA refuses while a credential rule names it")
    .argument("<id>", "its id in ZPA")
    .addHelpText("after", "\nExample:\n  $ pra zpa consoles delete 216196257331400005")
    .action(async (id: string, _: unknown, command: Command) => {
      let asked: readonly string[] = [];
      await frame.write(flagsOf(command), {
        plan: async (client, place) => {
          const current = await client.consoles.get(id, place);
          asked = [...consoleLines(current), "This console is going to be deleted."];
          return consoleToDelete(client.consoles, current);
        },
        ask: () => asked,
        show: (read) => (read === null ? { json: { deleted: id }, lines: [`Deleted: ${id}`] } : showConsole(read)),
      });
    });

  const change = (
    id: string,
    flags: ConsoleFlags,
    verb: ConsoleChange,
    changesOf: (client: ZpaClient, place: Place) => Promise<Partial<ConsoleDraft>>,
  ): Promise<void> =>
    frame.write(flags, {
      plan: async (client, place) => {
        const current = await client.consoles.get(id, place);
        const draft = { ...draftOf(current), ...(await changesOf(client, place)) };
        return consoleToUpdate(client.consoles, { current, draft, verb });
      },
      show: showConsole,
    });
}

const searchOf = ({ search }: ConsoleFlags): { search?: string } => (search === undefined ? {} : { search });

const portalIdOf = ({ portals }: ZpaClient, place: Place, named: string): Promise<string> =>
  idOf(named, "portal", () => portals.list(place));

async function portalIdsOf(client: ZpaClient, place: Place, named: readonly string[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const name of named) ids.push(await portalIdOf(client, place, name));
  return [...new Set(ids)];
}

/** @throws PortcullisError `invalid_input` for neither or both, and for a segment without exactly one PRA application */
async function applicationIdOf(client: ZpaClient, place: Place, { application, segment }: ConsoleFlags): Promise<string> {
  if ((application === undefined) === (segment === undefined))
    throw refused("name the console's target with --application or with --segment");
  if (segment === undefined) return application ?? "";
  const segmentId = await idOf(segment, "application segment", () => client.segments.list(place));
  const [first, second] = (await client.applications.list(place)).filter((each) => each.segmentId === segmentId);
  if (first === undefined) throw refused(`“${segment}” has no PRA application`);
  if (second !== undefined) throw refused(`“${segment}” has more than one PRA application: name it with --application`);
  return first.id;
}

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem } });
