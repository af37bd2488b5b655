import {
  bareSegment,
  landscape,
  type MicrotenantName,
  microtenantSeeds,
  type PortalName,
  portalDomains,
  portOf,
  type SegmentSeed,
} from "./landscape.ts";
import type {
  MicrotenantId,
  StoredApplication,
  StoredConsole,
  StoredMicrotenant,
  StoredPortal,
  StoredSegment,
  StoredSegmentGroup,
  TenantObjects,
} from "./tenant.ts";

export interface SeedOptions {
  /** How many consoles in all; default: the landscape's own. More are generated, fewer are cut. */
  readonly consoles?: number;
  /** false: a tenant with the Default microtenant only. */
  readonly microtenants?: boolean;
}

const generatedRoles = ["web", "api", "cache", "queue", "search", "batch", "mail", "proxy", "metrics", "vault"] as const;
const generatedSites = ["fra", "iad", "sin", "gru", "syd"] as const;
const generatedPerSegment = 20;

/** Every id has 18 digits and is larger than a double holds exactly. */
const firstId = 216_196_257_331_400_001n;
/** Apart, so that the ids of everything else do not depend on how many groups there are. */
const firstGroupId = 216_196_257_331_390_001n;
/** Apart for the same reason. */
const firstBareId = 216_196_257_331_395_001n;
const seededAt = 1_735_689_600;

/** The objects of a new tenant. The same options give the same ids. */
export function seedObjects({ consoles: wanted, microtenants: withMicrotenants = true }: SeedOptions): TenantObjects {
  let last = firstId;
  const nextId = (): string => {
    last += 1n;
    return String(last);
  };
  const segments = new Map<string, StoredSegment>();
  const segmentGroups = new Map<string, StoredSegmentGroup>();
  const groupIds = new Map<string, string>();
  const groupFor = (name: string): string => {
    const id = groupIds.get(name) ?? String(firstGroupId + BigInt(groupIds.size));
    groupIds.set(name, id);
    segmentGroups.set(id, { id, name });
    return id;
  };

  const applications = new Map<string, StoredApplication>();
  const consoles = new Map<string, StoredConsole>();
  const portals = new Map<string, StoredPortal>();
  const portalIds = new Map<PortalName, string>();

  const portalFor = (name: PortalName, microtenantId: MicrotenantId): string => {
    const known = portalIds.get(name);
    if (known !== undefined) return known;
    const id = nextId();
    portalIds.set(name, id);
    portals.set(id, { id, name: `${name} portal`, domain: portalDomains[name], microtenantId });
    return id;
  };

  for (const seed of [...own(withMicrotenants), ...generated((wanted ?? 0) - count(own(withMicrotenants)))]) {
    const room = wanted === undefined ? seed.consoles.length : wanted - consoles.size;
    const chosen = seed.consoles.slice(0, Math.max(room, 0));
    if (chosen.length === 0) break;
    const microtenantId = microtenantIdOf(seed.microtenant);
    const portalId = portalFor(seed.portal, microtenantId);
    const segmentId = nextId();
    const domainOf = (name: string): string => `${hostName(name)}.${seed.zone}`;
    const domainNames = chosen.map(({ name }) => domainOf(name));
    segments.set(segmentId, {
      id: segmentId,
      name: seed.name,
      domainNames,
      ports: [...new Set(chosen.map(({ protocol }) => portOf[protocol]))],
      groupId: groupFor(seed.group),
      microtenantId,
    });
    for (const { name, protocol, description, enabled = true } of chosen) {
      const applicationId = nextId();
      applications.set(applicationId, { id: applicationId, segmentId, domain: domainOf(name), protocol, microtenantId });
      const id = nextId();
      const at = { creationTime: seededAt, modifiedTime: seededAt };
      consoles.set(id, { id, name, description, enabled, iconText: "", applicationId, portalIds: [portalId], microtenantId, ...at });
    }
  }
  if (wanted === undefined) {
    const { segment, application } = withoutConsole(groupFor(bareSegment.group));
    segments.set(segment.id, segment);
    applications.set(application.id, application);
  }
  return { segments, segmentGroups, applications, consoles, portals, microtenants: microtenantsOf(withMicrotenants) };
}

/** A segment that somebody enabled for PRA and has made no console for yet. */
function withoutConsole(groupId: string): { readonly segment: StoredSegment; readonly application: StoredApplication } {
  const { name, domain, protocol } = bareSegment;
  const [segmentId, applicationId] = [String(firstBareId), String(firstBareId + 1n)];
  return {
    segment: { id: segmentId, name, domainNames: [domain], ports: [portOf[protocol]], groupId, microtenantId: null },
    application: { id: applicationId, segmentId, domain, protocol, microtenantId: null },
  };
}

const own = (withMicrotenants: boolean): readonly SegmentSeed[] =>
  landscape.filter(({ microtenant }) => withMicrotenants || microtenant === null);

const count = (seeds: readonly SegmentSeed[]): number => seeds.reduce((sum, { consoles }) => sum + consoles.length, 0);

function generated(consoles: number): readonly SegmentSeed[] {
  return Array.from({ length: Math.ceil(Math.max(consoles, 0) / generatedPerSegment) }, (_, block) => {
    const role = generatedRoles[block % generatedRoles.length] ?? generatedRoles[0];
    const site = generatedSites[Math.floor(block / generatedRoles.length) % generatedSites.length] ?? generatedSites[0];
    return {
      name: `Fleet ${role} ${site} ${block + 1}`,
      group: `Fleet ${site}`,
      zone: `${site}.fleet.acme.example`,
      portal: "Infrastructure",
      microtenant: null,
      consoles: Array.from({ length: generatedPerSegment }, (_none, index) => ({
        name: `${role}-${site}-${String(block * generatedPerSegment + index + 1).padStart(5, "0")}`,
        protocol: "SSH",
        description: `Fleet host, ${role}, ${site}`,
      })),
    };
  });
}

const microtenantIdOf = (name: MicrotenantName | null): MicrotenantId => microtenantSeeds.find((seed) => seed.name === name)?.id ?? null;

function microtenantsOf(withMicrotenants: boolean): ReadonlyMap<string, StoredMicrotenant> {
  const byDefault: StoredMicrotenant = { id: "0", name: "Default", description: "", privilegedApprovalsEnabled: true };
  return new Map([byDefault, ...(withMicrotenants ? microtenantSeeds : [])].map((microtenant) => [microtenant.id, microtenant]));
}

const hostName = (name: string): string =>
  name
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
