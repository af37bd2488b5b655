import { PortcullisError } from "../../../src/errors.ts";
import { randomIds } from "../../../src/ids.ts";
import { createCatalog } from "../../../src/services/catalog/create-catalog.ts";
import { refreshCatalog } from "../../../src/services/catalog/refresh-catalog.ts";
import type { CoveragePorts } from "../../../src/services/coverage/coverage-ports.ts";
import { createCoverageService } from "../../../src/services/coverage/create-coverage-service.ts";
import { aStore } from "../../support/a-store.ts";
import { keptLog } from "../../support/silent-log.ts";
import { ana } from "../../views/models.ts";
import { tenantClient } from "../zpa/support/tenant-client.ts";

export const dora = { teamId: "T1", userId: "UDORA" };
export const emil = { teamId: "T1", userId: "UEMIL" };
export const anyone = { teamId: "T1", userId: "UANA" };

const NOW = new Date("2026-11-24T12:00:00Z");
/** The clock of the desk, and of the tenant before it. */
const clock = { now: () => NOW };

/** The service of coverage over a real store, the simulated tenant with its rules, and people of whom Dora and Emil administer. */
export async function aPolicyDesk({
  totalMilliseconds = 10_000,
  over = (zpa) => zpa,
}: {
  readonly totalMilliseconds?: number;
  /** What the service sees of the tenant in its place. */
  readonly over?: (zpa: CoveragePorts["zpa"]) => CoveragePorts["zpa"];
} = {}) {
  const [store, client] = await Promise.all([aStore(), tenantClient({ tenant: { clock }, totalMilliseconds })]);
  const { db } = store;
  const { zpa, tenant } = client;
  const { log } = keptLog();
  const catalog = createCatalog({ db });
  const admins = new Set(["UDORA", "UEMIL"]);
  const people: CoveragePorts["people"] = {
    trusted: async ({ userId }) => {
      if (userId === "UGONE") throw new PortcullisError("person_deactivated");
      return { ...ana, userId };
    },
    isAdmin: async (userId) => admins.has(userId),
  };
  await catalog.replace(await refreshCatalog({ zpa, db, clock, log }));
  const segments = await zpa.segments.list();
  const idOf = (name: string): string => segments.find((segment) => segment.name === name)?.id ?? "";
  return {
    coverage: createCoverageService({ db, zpa: over(zpa), catalog, people, clock, ids: randomIds, log }),
    zpa,
    tenant: tenant.control,
    catalog,
    admins,
    idOf,
    consoleNamed: (name: string) => {
      const console = catalog.byName(name);
      if (console === null) throw new Error(`no console ${name}`);
      return console;
    },
    rulesFor: async (name: string) =>
      (await zpa.policy.rules("ACCESS_POLICY")).filter((rule) => rule.name.startsWith(`Portcullis - ${name}`)),
    ledger: async () =>
      (await db.selectFrom("ledger_event").selectAll().orderBy("id").execute()).map(({ kind, actor, subject }) => ({
        kind,
        actor,
        subject,
      })),
    [Symbol.asyncDispose]: async () => {
      await client[Symbol.asyncDispose]();
      await store.close();
    },
  };
}

export type PolicyDesk = Awaited<ReturnType<typeof aPolicyDesk>>;
