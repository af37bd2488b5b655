import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { PraConsole } from "../zpa/consoles/console.ts";
import { administer } from "../zpa-admin/administer.ts";
import { consoleToUpdate, draftOf } from "../zpa-admin/console-writes.ts";
import type { ConsolesService, SwitchTo } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";
import { knownConsole } from "./look-at-console.ts";
import { shortHash } from "./plan-consoles.ts";
import { whoHasAccess } from "./who-has-access.ts";
import { refreshSoon, refusedConsole } from "./write-consoles.ts";

/** What switching a console on or off would mean, for whom. */
export const planSwitch =
  (ports: ConsolesPorts): ConsolesService["planSwitch"] =>
  async ({ by, consoleId, to }) => {
    await administer(ports)(by);
    const console = knownConsole(ports.catalog, consoleId);
    const [current, access] = await Promise.all([currentOf(ports, console, to), whoHasAccess(ports, console)]);
    return { console, to, access, seal: sealOf(current) };
  };

/** Switches a console on or off, as it was looked at. */
export const switchConsole =
  (ports: ConsolesPorts): ConsolesService["switch"] =>
  async ({ by, consoleId, to, seal }) => {
    const record = await administer(ports)(by);
    const { zpa, log } = ports;
    const console = knownConsole(ports.catalog, consoleId);
    const current = await currentOf(ports, console, to);
    if (sealOf(current) !== seal) throw new PortcullisError("consoles_changed");
    const isEnabled = to === "enabled";
    const draft = { ...draftOf(current), enabled: isEnabled };
    try {
      const write = consoleToUpdate(zpa.consoles, { current, draft, verb: isEnabled ? "enable" : "disable" });
      const { read, asIntended, recorded } = await record(write);
      return { kind: "switched", read, asIntended, isRecordedWhole: recorded === "whole" };
    } catch (thrown) {
      if (fromUnknown(thrown).code !== "zpa_timeout") throw refusedConsole(thrown);
      const read = await zpa.consoles.get(console.id, console).catch((lost: unknown) => {
        log.warn({ err: fromUnknown(lost), consoleId }, "consoles.not-looked-for");
        return null;
      });
      return { kind: "unknown", read, name: console.name, to };
    } finally {
      await refreshSoon(ports);
    }
  };

/** @throws PortcullisError `change_nothing`, `consoles_changed` for one that is gone, `zpa_*` */
async function currentOf({ zpa }: Pick<ConsolesPorts, "zpa">, console: CatalogConsole, to: SwitchTo): Promise<PraConsole> {
  const current = await zpa.consoles.get(console.id, console).catch((thrown: unknown) => {
    throw refusedConsole(thrown);
  });
  if (current.enabled === (to === "enabled")) throw new PortcullisError("change_nothing");
  return current;
}

const sealOf = (current: PraConsole): string => shortHash(draftOf(current));
