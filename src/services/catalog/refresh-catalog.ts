import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { ApplicationSegment, Microtenant, MicrotenantList, MicrotenantOption, ZpaClient } from "../zpa/zpa-client.ts";
import type { CatalogSnapshot } from "./catalog.ts";
import { DEFAULT_MICROTENANT, inside, joinCatalog, type ListedConsole, type MicrotenantListing } from "./join-catalog.ts";
import { knownSegmentGroups, saveSnapshot } from "./snapshot.ts";

/** What the catalog is read from. */
export interface CatalogSource extends Pick<ZpaClient, "applications"> {
  readonly microtenants: MicrotenantList;
  readonly segments: { list(options?: MicrotenantOption): Promise<readonly ApplicationSegment[]> };
  readonly consoles: { list(options?: MicrotenantOption): Promise<readonly ListedConsole[]> };
  readonly portals: Pick<ZpaClient["portals"], "list">;
}

/** What one reading brings, with what is not stored of it. */
export interface CatalogReading extends CatalogSnapshot {
  /** Each with PRA applications, once for every microtenant that lists it. */
  readonly segments: readonly ListedSegment[];
}

export interface ListedSegment {
  readonly id: string;
  readonly name: string;
  /** As ZPA listed it in this very reading; null where it did not, whatever was known before. */
  readonly groupId: string | null;
  /** null is the Default microtenant. */
  readonly microtenantId: string | null;
}

export interface RefreshPorts {
  readonly zpa: CatalogSource;
  readonly db: Kysely<Database>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Reads the whole catalog from ZPA and stores it. All or nothing: when any list fails, or nothing is left after the lists
 * are joined, what was stored before stays.
 *
 * Segment groups are the one thing that it does without: an API client may lack the right to list application segments. What was known of
 * them stays then, so that the rules of a segment group do not come and go with ZPA's moods. Coverage does not go by what is remembered.
 * @throws PortcullisError `catalog_empty`, or what the ZPA client says
 */
export async function refreshCatalog({ zpa, db, clock, log }: RefreshPorts): Promise<CatalogReading> {
  const refreshedAt = clock.now();
  const listings: MicrotenantListing[] = [];
  // One microtenant after the other: the budget of ZPA's API is for grants first.
  for (const microtenant of withDefault(await zpa.microtenants.list())) listings.push(await listingOf({ zpa, log }, microtenant));

  const groups = await segmentGroups(db, listings);
  const { consoles, withoutSegment } = joinCatalog(listings, groups);
  if (consoles.length === 0) throw new PortcullisError("catalog_empty", { params: { microtenants: listings.length, withoutSegment } });
  const snapshot = { consoles, refreshedAt };
  await saveSnapshot(db, snapshot);
  log.info({ consoles: consoles.length, microtenants: listings.length, withoutSegment }, "catalog.refreshed");
  return { ...snapshot, segments: listedSegments(listings) };
}

function listedSegments(listings: readonly MicrotenantListing[]): readonly ListedSegment[] {
  const groups = new Map(listings.flatMap(({ segments }) => segments).map(({ id, segmentGroupId }) => [id, segmentGroupId]));
  return listings.flatMap(({ microtenant, applications }) => {
    const microtenantId = inside(microtenant.id);
    const names = new Map(applications.map(({ segmentId, name }) => [segmentId, name]));
    return [...names].map(([id, name]) => ({ id, name, groupId: groups.get(id) ?? null, microtenantId }));
  });
}

async function listingOf(ports: Pick<RefreshPorts, "zpa" | "log">, microtenant: Microtenant): Promise<MicrotenantListing> {
  const { zpa } = ports;
  const place = { microtenantId: inside(microtenant.id) };
  const [applications, segments, consoles, portals] = await Promise.all([
    zpa.applications.list(place),
    segmentsOf(ports, place),
    zpa.consoles.list(place),
    zpa.portals.list(place),
  ]);
  return { microtenant, applications, segments, consoles, portals };
}

async function segmentsOf(
  { zpa, log }: Pick<RefreshPorts, "zpa" | "log">,
  place: { readonly microtenantId: string | null },
): Promise<readonly ApplicationSegment[]> {
  try {
    return await zpa.segments.list(place);
  } catch (thrown) {
    log.warn({ err: fromUnknown(thrown), ...place }, "catalog.segment-groups-not-read");
    return [];
  }
}

/** What ZPA lists now, over what was known of the segments that it does not list. */
async function segmentGroups(db: RefreshPorts["db"], listings: readonly MicrotenantListing[]): Promise<readonly ApplicationSegment[]> {
  const listed = listings.flatMap(({ segments }) => segments);
  const ids = new Set(listed.map(({ id }) => id));
  const complete = listings.every(({ applications }) => applications.every(({ segmentId }) => ids.has(segmentId)));
  return complete ? listed : [...(await knownSegmentGroups(db)), ...listed];
}

/** Every tenant has the Default microtenant, also where ZPA's list leaves it out. */
const withDefault = (microtenants: readonly Microtenant[]): readonly Microtenant[] =>
  microtenants.some(({ id }) => id === DEFAULT_MICROTENANT)
    ? microtenants
    : [{ id: DEFAULT_MICROTENANT, name: "Default", enabled: true, privilegedApprovalsEnabled: true }, ...microtenants];
