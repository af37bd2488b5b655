import { PortcullisError } from "../../errors.ts";
import { DEFAULT_MICROTENANT } from "../catalog/join-catalog.ts";
import type { PraConsole } from "../zpa/consoles/console.ts";
import type { ConsoleRoom, ConsoleTarget } from "./consoles.ts";
import type { ConsolesPorts } from "./consoles-ports.ts";

/** A room with what stands in it. */
export interface ReadRoom extends ConsoleRoom {
  readonly consoles: readonly PraConsole[];
  /** Every application that is switched on, also those that have a console. */
  readonly targets: readonly ConsoleTarget[];
}

/**
 * What consoles can be made of in a microtenant, as ZPA lists it now.
 * @throws PortcullisError `zpa_*`, `zpa_not_found` for a microtenant that there is none of
 */
export async function readRoom({ zpa }: Pick<ConsolesPorts, "zpa">, microtenantId: string | null): Promise<ReadRoom> {
  const place = { microtenantId };
  const [known, applications, consoles, portals] = await Promise.all([
    zpa.microtenants.list(),
    zpa.applications.list(place),
    zpa.consoles.list(place),
    zpa.portals.list(place),
  ]);
  const others = known.filter(({ id, enabled }) => enabled && id !== DEFAULT_MICROTENANT).map(({ id, name }) => ({ id, name }));
  const home = known.find(({ id }) => id === DEFAULT_MICROTENANT)?.name ?? "Default";
  const microtenants = [{ id: null, name: home }, ...others];
  const microtenant = microtenants.find(({ id }) => id === microtenantId);
  if (microtenant === undefined) throw new PortcullisError("zpa_not_found");
  const taken = new Set(consoles.map(({ praApplicationId }) => praApplicationId));
  const targets = applications
    .filter(({ enabled }) => enabled)
    .map(({ id, name, domain, protocol }): ConsoleTarget => ({ id, name, domain, protocol }))
    .sort((left, right) => (left.domain ?? left.name).localeCompare(right.domain ?? right.name, "en", { numeric: true }));
  return {
    microtenants,
    microtenantId,
    microtenantName: microtenant.name,
    applications: targets.filter(({ id }) => !taken.has(id)),
    portals: portals.filter(({ enabled }) => enabled).map(({ id, name }) => ({ id, name })),
    consoles,
    targets,
  };
}
