import type { ApprovalInput } from "../../../../sandbox/sailpoint/control.ts";
import { IDENTITIES } from "../../../../sandbox/sailpoint/seed.ts";
import { type RunningSailPoint, type SailPointOptions, startSailPoint } from "../../../../sandbox/sailpoint/server.ts";
import { type Clock, systemClock } from "../../../../src/clock.ts";
import { createTransport, defaultTimeouts } from "../../../../src/services/http-client/transport.ts";
import type { SailPointBudget } from "../../../../src/services/sailpoint/budget.ts";
import { createSailPointClient } from "../../../../src/services/sailpoint/create-sailpoint-client.ts";
import type { PathProfile } from "../../../../src/services/sailpoint/operations.ts";
import type { SailPointClient } from "../../../../src/services/sailpoint/sailpoint-client.ts";
import type { Timers } from "../../../../src/timers.ts";
import { instantTimers } from "../../zpa/support/instant-timers.ts";
import { silentLog } from "../../zpa/support/silent-log.ts";

const unlimited: SailPointBudget = { run: (_place, call) => call() };

export interface SailPointTenant {
  readonly tenant: RunningSailPoint;
  readonly sailpoint: SailPointClient;
  /** Milliseconds of every wait between two attempts. */
  readonly slept: readonly number[];
  /** A client with the token of somebody else. */
  as(identityId: string): Promise<SailPointClient>;
  /** Makes one approval, and says its id. */
  born(input?: Partial<ApprovalInput>): Promise<string>;
  /** As the tenant has it, whatever it would answer. */
  stored(id: string): Promise<Record<string, unknown>>;
  calls(method: string): Promise<number>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A simulated SailPoint and a client of it, over real HTTP. Waits between attempts end at once. */
export async function sailPointTenant({
  tenant: options = {},
  paths = "v1",
  clock = systemClock,
  timers = instantTimers(),
  budget = unlimited,
  totalMilliseconds = 10_000,
}: {
  readonly tenant?: Partial<SailPointOptions>;
  readonly paths?: PathProfile;
  readonly clock?: Clock;
  readonly timers?: Timers & { readonly slept?: readonly number[] };
  readonly budget?: SailPointBudget;
  /** How long a call may take. Short only where an answer is meant to stay away: this machine may be busy. */
  readonly totalMilliseconds?: number;
} = {}): Promise<SailPointTenant> {
  const v2025 = paths === "v2025-seed" ? "seed" : "current";
  const tenant = await startSailPoint({ port: 0, host: "127.0.0.1", clock, v2025, ...options });
  const clients: SailPointClient[] = [];
  const clientOf = (credentials: RunningSailPoint["credentials"]): SailPointClient => {
    const client = createSailPointClient({
      config: { apiUrl: tenant.url, paths, ...credentials },
      clock,
      timers,
      random: () => 0.5,
      log: silentLog,
      budget,
      transport: createTransport({ ...defaultTimeouts, totalMilliseconds }),
    });
    clients.push(client);
    return client;
  };
  return {
    tenant,
    sailpoint: clientOf(tenant.credentials),
    slept: timers.slept ?? [],
    as: async (identityId) => clientOf(await tenant.control.createClient({ identityId })),
    born: async (input = {}) => {
      const { ids } = await tenant.control.createApprovals({ approvals: [{ ...plain, ...input }] });
      return ids[0] ?? "";
    },
    stored: async (id) => {
      const found = (await tenant.control.state()).approvals.find((approval) => approval.id === id);
      if (found === undefined) throw new Error(`the tenant has no ${id}`);
      return found;
    },
    calls: async (method) => (await tenant.control.state()).calls[method] ?? 0,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(clients.map((client) => client.close()));
      await tenant.close();
    },
  };
}

const plain: ApprovalInput = {
  name: "db-prod for Ana",
  requesterId: IDENTITIES.requester.id,
  approverIds: [IDENTITIES.approver.id],
};
