import type { PraConsole } from "../zpa/consoles/console.ts";
import type { ApplicationSegment, Microtenant, PraApplication, PraPortal } from "../zpa/zpa-client.ts";
import type { CatalogConsole, CatalogPortal } from "./catalog.ts";

/** What the catalog needs of a console. */
export type ListedConsole = Pick<
  PraConsole,
  "id" | "name" | "description" | "enabled" | "praApplicationId" | "portalIds" | "microtenantId"
>;

/** All that ZPA lists in one microtenant. */
export interface MicrotenantListing {
  readonly microtenant: Microtenant;
  readonly applications: readonly PraApplication[];
  /** Empty where ZPA does not list them. */
  readonly segments: readonly ApplicationSegment[];
  readonly consoles: readonly ListedConsole[];
  readonly portals: readonly PraPortal[];
}

export interface JoinedCatalog {
  readonly consoles: readonly CatalogConsole[];
  /** Consoles whose PRA application is in no listing: they cannot be approved, because their segment is not known. */
  readonly withoutSegment: number;
}

/** ZPA's id of the Default microtenant, which the rest of Portcullis knows as null. */
export const DEFAULT_MICROTENANT = "0";

/** As the rest of Portcullis knows a microtenant. */
export const inside = (microtenantId: string): string | null => (microtenantId === DEFAULT_MICROTENANT ? null : microtenantId);

/**
 * Brings consoles together with the segment that a privileged approval names: console → PRA application → segment
 * (`praApplication.id` is the application's id and never the segment's). A microtenant may show what another shares with
 * it, so listings are joined as a whole, and a console that is listed twice counts once, where it says it belongs.
 *
 * @param segments which segment belongs to which group; of a segment that comes twice the later counts
 */
export function joinCatalog(
  listings: readonly MicrotenantListing[],
  segments: readonly ApplicationSegment[] = listings.flatMap((listing) => listing.segments),
): JoinedCatalog {
  const applications = new Map(listings.flatMap((listing) => listing.applications).map((application) => [application.id, application]));
  const enabledPortals = listings.flatMap((listing) => listing.portals).filter(({ enabled }) => enabled);
  const portals = new Map(enabledPortals.map((portal) => [portal.id, portalOf(portal)]));
  const microtenants = new Map(listings.map(({ microtenant }) => [inside(microtenant.id), microtenant]));
  const groups = new Map(segments.map((segment) => [segment.id, segment]));
  const consoles = new Map<string, CatalogConsole>();
  const withoutSegment = new Set<string>();

  for (const listing of listings) {
    for (const console of listing.consoles) {
      const application = applications.get(console.praApplicationId);
      const microtenant = microtenants.get(console.microtenantId) ?? listing.microtenant;
      if (application === undefined) withoutSegment.add(console.id);
      else if (!consoles.has(console.id))
        consoles.set(console.id, joined(console, { application, segment: groups.get(application.segmentId), microtenant, portals }));
    }
  }
  return { consoles: [...consoles.values()], withoutSegment: withoutSegment.size };
}

const joined = (
  console: ListedConsole,
  {
    application,
    segment,
    microtenant,
    portals,
  }: {
    readonly application: PraApplication;
    readonly segment: ApplicationSegment | undefined;
    readonly microtenant: Microtenant;
    readonly portals: ReadonlyMap<string, CatalogPortal>;
  },
): CatalogConsole => ({
  id: console.id,
  name: console.name,
  description: console.description,
  enabled: console.enabled && application.enabled && microtenant.enabled,
  segmentId: application.segmentId,
  segmentName: application.name,
  segmentGroupId: segment?.segmentGroupId ?? null,
  segmentGroupName: segment?.segmentGroupName ?? null,
  microtenantId: inside(microtenant.id),
  microtenantName: microtenant.name,
  privilegedApprovalsEnabled: microtenant.privilegedApprovalsEnabled,
  protocol: application.protocol,
  domain: application.domain,
  portals: console.portalIds.flatMap((id) => portals.get(id) ?? []),
});

/** People open a portal at its own domain, over https. */
function portalOf({ id, name, domain }: PraPortal): CatalogPortal {
  const url = domain === null ? null : URL.parse(`https://${domain}`);
  return { id, name, url: url?.origin ?? null };
}
