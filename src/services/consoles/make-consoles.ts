import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { ConsoleDraft, PraConsole } from "../zpa/consoles/console.ts";
import { administer } from "../zpa-admin/administer.ts";
import { consolesToCreate, consoleToCreate } from "../zpa-admin/console-writes.ts";
import type { RecordWrite, Written } from "../zpa-admin/record-write.ts";
import { readRoom } from "./console-room.ts";
import type { ConsolesService, MadeConsoles, NewConsoles } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";
import { draftsOf, namedTargets, planConsoles } from "./plan-consoles.ts";
import { refreshSoon, refusedConsole } from "./write-consoles.ts";

/**
 * Has the consoles made that were shown, or none: everything is looked at again right before, so that what somebody made meanwhile, or what a
 * lost answer left behind, is not made twice. Where the answer is lost, what stands is looked for by name and application.
 */
export const makeConsoles =
  (ports: ConsolesPorts): ConsolesService["make"] =>
  async ({ by, wanted, seal }) => {
    const record = await administer(ports)(by);
    const plan = planConsoles(await readRoom(ports, wanted.microtenantId), wanted);
    if (plan.seal !== seal) throw new PortcullisError("consoles_changed");
    try {
      const { read, asIntended, recorded } = await create(ports, record, draftsOf(plan));
      return { kind: "made", read, asIntended, isRecordedWhole: recorded === "whole" };
    } catch (thrown) {
      if (fromUnknown(thrown).code !== "zpa_timeout") throw refusedConsole(thrown);
      return await standing(ports, wanted).catch((lost: unknown) => {
        ports.log.warn({ err: fromUnknown(lost) }, "consoles.not-looked-for");
        const notFound = plan.consoles.map(({ name }) => name);
        return { kind: "unknown" as const, found: [], notFound, wanted };
      });
    } finally {
      await refreshSoon(ports);
    }
  };

/** What stands of what was wanted. */
export const lookForConsoles =
  (ports: ConsolesPorts): ConsolesService["lookFor"] =>
  async ({ by, wanted }) => {
    await administer(ports)(by);
    return standing(ports, wanted);
  };

async function create(
  { zpa }: ConsolesPorts,
  record: RecordWrite,
  drafts: readonly ConsoleDraft[],
): Promise<Written<readonly PraConsole[]>> {
  const [only, second] = drafts;
  if (only === undefined || second !== undefined) return record(consolesToCreate(zpa.consoles, drafts));
  const { read, ...same } = await record(consoleToCreate(zpa.consoles, only));
  return { ...same, read: [read] };
}

async function standing(ports: ConsolesPorts, wanted: NewConsoles): Promise<MadeConsoles> {
  const room = await readRoom(ports, wanted.microtenantId);
  const looked = namedTargets(room, wanted).map(({ name, application }) => ({
    name,
    found: room.consoles.filter((console) => console.name === name && console.praApplicationId === application.id),
  }));
  return {
    kind: "unknown",
    found: looked.flatMap(({ found }) => found),
    notFound: looked.filter(({ found }) => found.length === 0).map(({ name }) => name),
    wanted,
  };
}
