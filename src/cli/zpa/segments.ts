import type { Command } from "commander";
import type { NamedSegment, ZpaClient } from "../../services/zpa/zpa-client.ts";
import type { Place, Shown, ZpaFlags, ZpaFrame } from "./frame.ts";
import { registerGet } from "./get-command.ts";
import { factLines, tableLines } from "./table.ts";

interface SegmentFlags extends ZpaFlags {
  readonly withoutConsole?: boolean;
}

/** A segment with its PRA applications, and which consoles those have. */
interface SegmentView extends NamedSegment {
  readonly praApplications: readonly {
    readonly id: string;
    readonly domain: string | null;
    readonly protocol: string | null;
    readonly port: string | null;
    readonly enabled: boolean;
    readonly consoles: readonly { readonly id: string; readonly name: string }[];
  }[];
}

/** `pra zpa segments`: application segments, as far as privileged remote access concerns them. */
export function registerZpaSegments(zpa: Command, frame: ZpaFrame): void {
  const segments = zpa.command("segments").description("application segments, with their PRA applications and consoles");

  segments
    .command("list")
    .description("list those of one microtenant")
    .option("--without-console", "only those with a PRA application that has no console")
    .addHelpText("after", "\nExample:\n  $ pra zpa segments list --without-console")
    .action(async (_: unknown, command: Command) => {
      const flags = command.optsWithGlobals<SegmentFlags>();
      await frame.read(flags, async (client, place) => {
        const listed = viewsOf(await client.segments.list(place), await praOf(client, place));
        const chosen = flags.withoutConsole === true ? listed.filter(hasBareApplication) : listed;
        return showSegments(chosen, frame.width);
      });
    });

  registerGet(segments, frame, {
    example: "216196257331400003",
    look: async (client, id, place) => {
      const [view] = viewsOf([await client.segments.get(id, place)], await praOf(client, place));
      return { json: { segment: view }, lines: view === undefined ? [] : segmentLines(view) };
    },
  });
}

type Pra = Awaited<ReturnType<typeof praOf>>;

async function praOf({ applications, consoles }: ZpaClient, place: Place) {
  return { applications: await applications.list(place), consoles: await consoles.list(place) };
}

const viewsOf = (segments: readonly NamedSegment[], { applications, consoles }: Pra): readonly SegmentView[] =>
  segments.map((segment) => ({
    ...segment,
    praApplications: applications
      .filter(({ segmentId }) => segmentId === segment.id)
      .map(({ id, domain, protocol, port, enabled }) => ({
        ...{ id, domain, protocol, port, enabled },
        consoles: consoles.filter(({ praApplicationId }) => praApplicationId === id).map((each) => ({ id: each.id, name: each.name })),
      })),
  }));

const hasBareApplication = ({ praApplications }: SegmentView): boolean => praApplications.some(({ consoles }) => consoles.length === 0);

/** One line for each PRA application: it is what a console is made for. */
const showSegments = (segments: readonly SegmentView[], width: number | null): Shown => ({
  json: { segments },
  lines:
    segments.length === 0
      ? ["No application segment."]
      : tableLines(
          ["Id", "Name", "Group", "PRA application", "Its id", "Consoles"],
          segments.flatMap(({ id, name, segmentGroupName, praApplications }) =>
            praApplications.length === 0
              ? [[id, name, segmentGroupName, null, null, null]]
              : praApplications.map((each) => [
                  ...[id, name, segmentGroupName, [each.domain, each.protocol].filter((part) => part !== null).join(" "), each.id],
                  each.consoles.map((console) => console.name).join(", ") || "none",
                ]),
          ),
          width,
        ),
});

const segmentLines = (segment: SegmentView): readonly string[] =>
  factLines([
    ["Id", segment.id],
    ["Name", segment.name],
    ["Group", segment.segmentGroupName],
    ["Enabled", segment.enabled ? "yes" : "no"],
    ["Domains", segment.domainNames.join(", ")],
    ["Microtenant", segment.microtenantId ?? "Default"],
    ...segment.praApplications.map(
      ({ id, domain, protocol, consoles }) =>
        [
          "PRA application",
          `${domain ?? id} ${protocol ?? ""} (${id}): ${consoles.map(({ name }) => name).join(", ") || "no console"}`,
        ] as const,
    ),
  ]);
