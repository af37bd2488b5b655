import { addMinutes } from "date-fns/addMinutes";
import type { Kysely } from "kysely";
import { PortcullisError } from "../../../src/errors.ts";
import { randomIds } from "../../../src/ids.ts";
import { createCatalog } from "../../../src/services/catalog/create-catalog.ts";
import { refreshCatalog } from "../../../src/services/catalog/refresh-catalog.ts";
import type { ConsolesPorts } from "../../../src/services/consoles/consoles-ports.ts";
import { createConsolesService } from "../../../src/services/consoles/create-consoles-service.ts";
import { createProcessTurns, type Turns } from "../../../src/services/zpa/turns.ts";
import type { Database } from "../../../src/store/schema.ts";
import { systemTimers, type Timers } from "../../../src/timers.ts";
import { aStore } from "../../support/a-store.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ana } from "../../views/models.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";

export const dora = { teamId: "T1", userId: "UDORA" };
export const anyone = { teamId: "T1", userId: "UANA" };

/** What several replicas of the bot have in common. */
const NOW = new Date("2026-11-24T12:00:00Z");
/** The tenant's. That of a desk begins there. */
export const tenantClock = { now: () => NOW };

interface Shared {
  readonly db: Kysely<Database>;
  readonly client: TenantClient;
  readonly consoleTurns: Turns;
}

/** The service of consoles over a real store, the simulated tenant with its landscape, and people of whom Dora administers. */
export async function aConsoleDesk({
  totalMilliseconds = 10_000,
  timers = systemTimers,
}: {
  readonly totalMilliseconds?: number;
  readonly timers?: Timers;
} = {}) {
  const [store, client] = await Promise.all([aStore(), tenantClient({ tenant: { clock: tenantClock }, totalMilliseconds })]);
  const desk = await aConsoleDeskOn({ db: store.db, client, consoleTurns: createProcessTurns() }, timers);
  return {
    ...desk,
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await store.close();
    },
  };
}

/** The same over what others use, too. */
export async function aConsoleDeskOn({ db, client, consoleTurns }: Shared, timers: Timers = systemTimers) {
  const { zpa, tenant } = client;
  const { log } = keptLog();
  const clock = { at: NOW, now: () => clock.at };
  const catalog = createCatalog({ db });
  const admins = new Set(["UDORA"]);
  const left = new Set<string>();
  const enqueued: string[] = [];
  const people: ConsolesPorts["people"] = {
    trusted: async ({ userId }) => {
      if (left.has(userId)) throw new PortcullisError("person_deactivated");
      return { ...ana, userId };
    },
    isAdmin: async (userId) => admins.has(userId),
  };
  const jobs: ConsolesPorts["jobs"] = { enqueueNow: async (queue) => void enqueued.push(queue) };
  const refresh = async () => {
    clock.at = addMinutes(clock.at, 1); // a catalog gives way to a later one alone
    await catalog.replace(await refreshCatalog({ zpa, db, clock, log }));
  };
  await refresh();
  return {
    consoles: createConsolesService({
      db,
      zpa,
      catalog,
      people,
      jobs,
      clock,
      ids: randomIds,
      log,
      timers,
      consoleTurns,
    }),
    zpa,
    tenant: tenant.control,
    catalog,
    refresh,
    admins,
    left,
    /** Queues of the jobs that were asked for. */
    enqueued,
    ledger: async () =>
      (await db.selectFrom("ledger_event").selectAll().orderBy("id").execute()).map(({ kind, actor, subject }) => ({
        kind,
        actor,
        subject,
      })),
    /** As the tenant has it, by name. */
    inTenant: async (name: string) => (await tenant.control.state()).consoles.filter((each) => each.name === name),
  };
}

export type ConsoleDesk = Awaited<ReturnType<typeof aConsoleDesk>>;
