import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Microtenant, ZpaClient } from "../zpa/zpa-client.ts";
import type { CatalogSnapshot } from "./catalog.ts";
import { DEFAULT_MICROTENANT, joinCatalog, type MicrotenantListing } from "./join-catalog.ts";
import { saveSnapshot } from "./snapshot.ts";

export interface RefreshPorts {
  readonly zpa: Pick<ZpaClient, "microtenants" | "applications" | "consoles" | "portals">;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Reads the whole catalog from ZPA and stores it. All or nothing: when any list fails, or nothing is left after the lists
 * are joined, what was stored before stays.
 * @throws PortcullisError `catalog_empty`, or what the ZPA client says
 */
export async function refreshCatalog({ zpa, db, clock, log }: RefreshPorts): Promise<CatalogSnapshot> {
  const refreshedAt = clock.now();
  const listings: MicrotenantListing[] = [];
  // One microtenant after the other: the budget of ZPA's API is for grants first.
  for (const microtenant of withDefault(await zpa.microtenants.list())) listings.push(await listingOf(zpa, microtenant));

  const { consoles, withoutSegment } = joinCatalog(listings);
  if (consoles.length === 0) throw new PortcullisError("catalog_empty", { params: { microtenants: listings.length, withoutSegment } });
  const snapshot = { consoles, refreshedAt };
  await saveSnapshot(db, snapshot);
  log.info({ consoles: consoles.length, microtenants: listings.length, withoutSegment }, "catalog.refreshed");
  return snapshot;
}

async function listingOf(zpa: RefreshPorts["zpa"], microtenant: Microtenant): Promise<MicrotenantListing> {
  const place = { microtenantId: microtenant.id === DEFAULT_MICROTENANT ? null : microtenant.id };
  const [applications, consoles, portals] = await Promise.all([
    zpa.applications.list(place),
    zpa.consoles.list(place),
    zpa.portals.list(place),
  ]);
  return { microtenant, applications, consoles, portals };
}

/** Every tenant has the Default microtenant, also where ZPA's list leaves it out. */
const withDefault = (microtenants: readonly Microtenant[]): readonly Microtenant[] =>
  microtenants.some(({ id }) => id === DEFAULT_MICROTENANT)
    ? microtenants
    : [{ id: DEFAULT_MICROTENANT, name: "Default", enabled: true, privilegedApprovalsEnabled: true }, ...microtenants];
