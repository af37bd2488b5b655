import type { Clock } from "../../src/clock.ts";
import type { Fault } from "../simulator/faults.ts";
import type { FaultKind } from "./control.ts";
import { firstNewCredentialId, seedCredentials } from "./credential-seed.ts";
import type { Protocol } from "./landscape.ts";
import { seedPolicies } from "./policy/policy-seed.ts";
import type { PolicyStore } from "./policy/policy-store.ts";
import { type SeedOptions, seedObjects } from "./seed.ts";

/** null is the Default microtenant. */
export type MicrotenantId = string | null;

export interface StoredSegment {
  readonly id: string;
  readonly name: string;
  readonly domainNames: readonly string[];
  readonly ports: readonly string[];
  readonly groupId: string;
  readonly microtenantId: MicrotenantId;
}

/** Every application segment belongs to one. */
export interface StoredSegmentGroup {
  readonly id: string;
  readonly name: string;
}

export interface StoredApplication {
  readonly id: string;
  readonly segmentId: string;
  readonly domain: string;
  readonly protocol: Protocol;
  readonly microtenantId: MicrotenantId;
}

export interface StoredPortal {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly microtenantId: MicrotenantId;
}

export interface StoredConsole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly enabled: boolean;
  /** Seen in no example of the page on consoles, and kept by the real service. */
  readonly iconText: string;
  readonly applicationId: string;
  readonly portalIds: readonly string[];
  readonly microtenantId: MicrotenantId;
  readonly creationTime: number;
  readonly modifiedTime: number;
}

export interface StoredMicrotenant {
  /** "0" is Default. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly privilegedApprovalsEnabled: boolean;
}

export const credentialTypes = ["USERNAME_PASSWORD", "SSH_KEY", "PASSWORD"] as const;

export interface StoredCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly credentialType: (typeof credentialTypes)[number];
  readonly userName: string | null;
  readonly userDomain: string | null;
  /** All that is kept of a secret that came, in hexadecimal; null for the seeded ones. */
  readonly secretSha256: string | null;
  readonly creationTime: number;
  readonly modifiedTime: number | null;
  readonly lastCredentialResetTime: number;
  readonly microtenantId: MicrotenantId;
}

/** As it was sent, but for what the tenant adds: nothing in it is checked against anything else in it. */
export interface StoredWorkingHours {
  readonly startTimeCron: string;
  readonly endTimeCron: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly days: readonly string[];
  readonly timeZone: string;
}

export interface StoredApproval {
  readonly id: string;
  readonly creationTime: number;
  readonly modifiedTime: number;
  readonly startTime: number;
  readonly endTime: number;
  readonly emailIds: readonly string[];
  readonly segmentIds: readonly string[];
  readonly workingHours: StoredWorkingHours | null;
  readonly microtenantId: MicrotenantId;
}

/** The catalog of a tenant, by id. Only consoles are written after the seeding. */
export interface TenantObjects {
  readonly segments: ReadonlyMap<string, StoredSegment>;
  readonly segmentGroups: ReadonlyMap<string, StoredSegmentGroup>;
  readonly applications: ReadonlyMap<string, StoredApplication>;
  readonly consoles: Map<string, StoredConsole>;
  readonly portals: ReadonlyMap<string, StoredPortal>;
  readonly microtenants: ReadonlyMap<string, StoredMicrotenant>;
}

export interface Tenant {
  readonly customerId: string;
  /** What the objects were made from. */
  seed: SeedOptions;
  readonly credentials: Map<string, StoredCredential>;
  nextCredentialId: number;
  objects: TenantObjects;
  policies: PolicyStore;
  readonly approvals: Map<string, StoredApproval>;
  nextApprovalId: number;
  nextConsoleId: bigint;
  clockOffsetMilliseconds: number;
  faults: Fault<FaultKind>[];
  calls: Map<string, number>;
  authCalls: number;
  rateLimited: number;
  /** The tenant's present: the machine's plus the offset. */
  readonly now: () => Date;
}

/** Approval ids are small numbers in sequence, unlike all others. */
const firstApprovalId = 20_472;
/** Beyond those of the seeding. */
const firstConsoleId = 216_196_257_331_900_001n;

export function createTenant({ clock, customerId, seed }: { clock: Clock; customerId: string; seed: SeedOptions }): Tenant {
  const objects = seedObjects(seed);
  const tenant: Tenant = {
    customerId,
    objects,
    policies: seedPolicies(objects),
    seed,
    credentials: new Map(),
    nextCredentialId: firstNewCredentialId,
    approvals: new Map(),
    nextApprovalId: firstApprovalId,
    nextConsoleId: firstConsoleId,
    clockOffsetMilliseconds: 0,
    faults: [],
    calls: new Map(),
    authCalls: 0,
    rateLimited: 0,
    now: () => new Date(clock.now().getTime() + tenant.clockOffsetMilliseconds),
  };
  addSeededCredentials(tenant);
  return tenant;
}

/** Starts over with other objects. The clock stays where it is. */
export function reseed(tenant: Tenant, seed: SeedOptions): void {
  tenant.seed = seed;
  tenant.credentials.clear();
  tenant.nextCredentialId = firstNewCredentialId;
  addSeededCredentials(tenant);
  tenant.objects = seedObjects(seed);
  tenant.policies = seedPolicies(tenant.objects);
  tenant.approvals.clear();
  tenant.nextApprovalId = firstApprovalId;
  tenant.nextConsoleId = firstConsoleId;
  tenant.faults = [];
}

function addSeededCredentials(tenant: Tenant): void {
  for (const [id, credential] of seedCredentials(tenant.seed, nowEpochSeconds(tenant))) tenant.credentials.set(id, credential);
}

export const nowEpochSeconds = (tenant: Tenant): number => Math.floor(tenant.now().getTime() / 1000);
