import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { ConsoleDetails, ConsolesService } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";
import { whoHasAccess } from "./who-has-access.ts";

/** All about one console; for administrators also who has access by it now. */
export const lookAtConsole =
  (ports: ConsolesPorts): ConsolesService["look"] =>
  async ({ by, consoleId }): Promise<ConsoleDetails> => {
    const { catalog, people } = ports;
    const { userId } = await people.trusted(by);
    const console = knownConsole(catalog, consoleId);
    const alongside = catalog.onSegment(console.segmentId).filter(({ id, enabled }) => id !== console.id && enabled);
    if (!(await people.isAdmin(userId))) return { console, alongside, admin: null };
    const [access, isEnabled] = await Promise.all([whoHasAccess(ports, console), enabledInZpa(ports, console)]);
    return { console, alongside, admin: { access, isEnabled } };
  };

/** @throws PortcullisError `console_unknown` */
export function knownConsole(catalog: Pick<ConsolesPorts["catalog"], "byId">, consoleId: string): CatalogConsole {
  const console = catalog.byId(consoleId);
  if (console === null) throw new PortcullisError("console_unknown");
  return console;
}

async function enabledInZpa(
  { zpa, log }: Pick<ConsolesPorts, "zpa" | "log">,
  { id, microtenantId }: CatalogConsole,
): Promise<boolean | null> {
  try {
    return (await zpa.consoles.get(id, { microtenantId })).enabled;
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), consoleId: id }, "consoles.not-read");
    return null;
  }
}
