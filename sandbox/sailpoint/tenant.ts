import type { Clock } from "../../src/clock.ts";
import type { Fault } from "../simulator/faults.ts";
import type { BulkOrder } from "./bulk-orders.ts";
import type { FaultKind } from "./control.ts";
import { type Seed, seedTenant } from "./seed.ts";

/** `live`: as a tenant was seen to answer. `specified`: as the pages say. */
export type Quirks = "live" | "specified";

export interface StoredIdentity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly level: "ORG_ADMIN" | "USER";
}

export interface StoredGroup {
  readonly id: string;
  readonly name: string;
  readonly memberIds: readonly string[];
}

/** What an API client is: a personal access token of one identity. */
export interface StoredClient {
  readonly id: string;
  readonly secret: string;
  readonly identityId: string;
}

export interface Holder {
  readonly type: "IDENTITY" | "GOVERNANCE_GROUP";
  readonly id: string;
}

export interface StoredSeat {
  holder: Holder;
  decision: { readonly verdict: "APPROVED" | "REJECTED"; readonly byId: string; readonly at: Date } | null;
}

export interface StoredComment {
  readonly id: string;
  readonly authorId: string;
  readonly text: string;
  readonly at: Date;
}

export interface StoredReassignment {
  readonly from: Holder | null;
  readonly to: Holder;
  readonly byId: string;
  readonly at: Date;
  readonly commentId: string | null;
}

export interface Criterion {
  readonly calculationType: "COUNT" | "PERCENT";
  readonly value: number;
}

export interface Criteria {
  readonly type: "SERIAL" | "PARALLEL";
  readonly approval: Criterion;
  readonly rejection: Criterion;
}

export interface StoredReference {
  readonly id: string;
  readonly type: string;
  readonly name?: string | undefined;
}

export interface StoredTarget {
  readonly id: string;
  readonly name: string;
  readonly targetType: string;
  readonly requestType: string;
  readonly reauthRequired: boolean;
}

export type StoredConfig = Readonly<Record<string, unknown>>;

export interface StoredApproval {
  readonly id: string;
  readonly type: string;
  status: "PENDING" | "APPROVED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "PASSED";
  readonly name: string;
  readonly description: string;
  readonly priority: "HIGH" | "MEDIUM" | "LOW";
  readonly requesterId: string;
  readonly requesteeId: string;
  readonly seats: StoredSeat[];
  readonly criteria: Criteria;
  /** Its own copy: what is configured later does not touch it. */
  readonly config: StoredConfig;
  readonly comments: StoredComment[];
  readonly attributes: Map<string, unknown>;
  readonly references: readonly StoredReference[];
  readonly targets: readonly StoredTarget[];
  readonly reassignments: StoredReassignment[];
  readonly batch: { readonly batchId: string; readonly batchSize: number } | null;
  readonly created: Date;
  modified: Date;
  readonly due: Date | null;
  completed: Date | null;
}

export interface Tenant {
  readonly id: string;
  readonly quirks: Quirks;
  /** Which of its two forms `/v2025` has. */
  readonly v2025: "seed" | "current";
  readonly tokenSeconds: number;
  /** How long a bulk command takes, on the tenant's clock. */
  readonly bulkDelayMilliseconds: number;
  /** From 0 (included) to 1 (excluded): whose place an administrator takes. */
  readonly random: () => number;
  readonly identities: Map<string, StoredIdentity>;
  readonly groups: Map<string, StoredGroup>;
  readonly clients: Map<string, StoredClient>;
  readonly approvals: Map<string, StoredApproval>;
  /** By `id:SCOPE`. */
  readonly configs: Map<string, StoredConfig>;
  bulkOrders: BulkOrder[];
  faults: Fault<FaultKind>[];
  calls: Map<string, number>;
  authCalls: number;
  rateLimited: number;
  /** Tokens of an earlier generation are no longer taken. */
  tokenGeneration: number;
  nextId: number;
  clockOffsetMilliseconds: number;
  readonly now: () => Date;
}

export type TenantSettings = Pick<Tenant, "quirks" | "v2025" | "tokenSeconds" | "bulkDelayMilliseconds" | "random"> & {
  readonly clock: Clock;
  readonly seed: Seed;
};

export function createTenant({ clock, seed, ...settings }: TenantSettings): Tenant {
  const tenant: Tenant = {
    ...settings,
    id: "6f1c1a7e-0d5b-4c55-9c0e-2f6f7f3b1a01",
    identities: new Map(),
    groups: new Map(),
    clients: new Map(),
    approvals: new Map(),
    configs: new Map(),
    bulkOrders: [],
    faults: [],
    calls: new Map(),
    authCalls: 0,
    rateLimited: 0,
    tokenGeneration: 1,
    nextId: 1,
    clockOffsetMilliseconds: 0,
    now: () => new Date(clock.now().getTime() + tenant.clockOffsetMilliseconds),
  };
  seedTenant(tenant, seed);
  return tenant;
}

/** The same calls give the same ids. */
export function newId(tenant: Pick<Tenant, "nextId">): string {
  const id = `5a11b01d-0000-4000-8000-${String(tenant.nextId).padStart(12, "0")}`;
  tenant.nextId += 1;
  return id;
}

/** Whether this identity holds it, itself or as a member of the group. */
export const holds = ({ groups }: Pick<Tenant, "groups">, holder: Holder, identityId: string): boolean =>
  holder.type === "IDENTITY" ? holder.id === identityId : (groups.get(holder.id)?.memberIds.includes(identityId) ?? false);

/** Seats that wait for a decision now: in a serial chain only the first. */
export function seatsInTurn({ status, criteria, seats }: StoredApproval): readonly StoredSeat[] {
  if (status !== "PENDING") return [];
  const open = seats.filter(({ decision }) => decision === null);
  return criteria.type === "SERIAL" ? open.slice(0, 1) : open;
}
