import { PEOPLE, TEAM } from "../sandbox/slack/seed.ts";
import { startEmbeddedPostgres } from "../sandbox/start-postgres.ts";
import { systemClock } from "../src/clock.ts";
import { noFault } from "../src/fault-points.ts";
import { randomIds } from "../src/ids.ts";
import type { Jobs } from "../src/jobs/jobs.ts";
import { createLog } from "../src/log.ts";
import { readGrants, updateGrant } from "../src/services/access/grant-rows.ts";
import { homeLists } from "../src/services/access/home-lists.ts";
import { draftOf } from "../src/services/access/matching.ts";
import { reconcileMicrotenant } from "../src/services/access/reconcile/reconcile-microtenant.ts";
import { updateRequest } from "../src/services/access/request-rows.ts";
import { QUEUE_START } from "../src/services/approvals/queue.ts";
import { readQueue } from "../src/services/approvals/read-queue.ts";
import type { PrivilegedApproval } from "../src/services/zpa/zpa-client.ts";
import { openDatabase } from "../src/store/open-database.ts";
import { createAsking } from "./asking.ts";
import { storeHistory } from "./scale/store-history.ts";

const SIZES = [1_000, 100_000, 1_000_000] as const;
/** What lives stays the same however much is stored. */
const LIVE_GRANTS = 200;
const PENDING = 300;
const RUNS = 1_000;
const WARM_UP = 20;
const ana = PEOPLE.requester.id;
const ben = PEOPLE.approver.id;

type Cost = "queue" | "access" | "reconcile";

/**
 * Milliseconds to list what waits for a person, to list a person's access, and for one pass of the reconciler, with a thousand, a hundred
 * thousand and a million requests stored on PostgreSQL, of which the same few are alive. ZPA's answers come from memory.
 */
export async function bench({ json }: { readonly json: boolean }): Promise<Record<string, unknown>> {
  const postgres = await startEmbeddedPostgres();
  const log = createLog("error");
  const database = await openDatabase({ url: await postgres.newDatabase(), folder: "", log });
  const { db } = database;
  try {
    const jobs: Jobs = { enqueue: async () => {}, enqueueNow: async () => {}, work: async () => {}, stop: async () => {} };
    const asking = createAsking({ db, jobs, log, requester: ana, approver: ben, segmentId: "segment-1" });
    const tenant: PrivilegedApproval[] = [];
    const ids: string[] = [];
    for (let index = 0; index < LIVE_GRANTS; index++) {
      const requestId = await asking.approved(index);
      ids.push(requestId);
      await db.transaction().execute(async (trx) => {
        for (const grant of await readGrants(trx, requestId)) {
          const zpaId = String(20_000 + tenant.length);
          await updateGrant(trx, grant.id, systemClock.now(), { status: "GRANTED", zpaId });
          const { email, ...draft } = draftOf(grant);
          tenant.push({ id: zpaId, emailIds: [email], ...draft, status: "ACTIVE", raw: {} });
        }
        await updateRequest(trx, requestId, { status: "GRANTED" });
      });
    }
    for (let index = 0; index < PENDING; index++) await asking.pending(LIVE_GRANTS + index);

    const { people } = asking;
    const queue = readQueue({ db, people, clock: systemClock });
    const home = homeLists({ db, clock: systemClock });
    const zpa = {
      approvals: {
        create: never,
        update: never,
        delete: never,
        deleteExpired: never,
        list: async () => tenant,
        get: async (id: string) => tenant.find((each) => each.id === id) ?? never(),
      },
    };
    const ports = { db, jobs, zpa, people, clock: systemClock, ids: randomIds, log, faultPoint: noFault, cleanExpired: false };
    const costs: Readonly<Record<Cost, () => Promise<unknown>>> = {
      queue: () => queue({ by: { teamId: TEAM.id, userId: ben }, place: QUEUE_START, limit: 20 }),
      access: () => home(ana, { limit: 20 }),
      reconcile: () => reconcileMicrotenant(ports, { microtenantId: null, microtenantName: "Default" }),
    };

    const measured: { readonly size: number; readonly p99: Record<Cost, number> }[] = [];
    let stored = 0;
    for (const size of SIZES) {
      await storeHistory(db, { requestId: ids[0] ?? "", requester: ana, approver: ben }, stored, size);
      stored = size;
      await database.pool.query("vacuum analyze");
      await database.pool.query("checkpoint"); // or writing the history out would be measured along
      const p99 = {
        queue: await p99Of(costs.queue),
        access: await p99Of(costs.access),
        reconcile: await p99Of(costs.reconcile),
      };
      measured.push({ size, p99 });
      if (json) console.log(JSON.stringify({ size, p99Milliseconds: p99 }));
      else console.log(`${size} stored: ${JSON.stringify(p99)}`);
    }
    const ratio = (cost: Cost): number => rounded((measured.at(-1)?.p99[cost] ?? Number.NaN) / (measured[0]?.p99[cost] ?? Number.NaN));
    return {
      bench: "scale",
      sizes: measured.map(({ size }) => size),
      p99Ratio: { queue: ratio("queue"), access: ratio("access"), reconcile: ratio("reconcile") },
    };
  } finally {
    await database.close();
    await postgres.stop();
  }
}

const never = (): never => {
  throw new Error("the bench's tenant is only read");
};

async function p99Of(work: () => Promise<unknown>): Promise<number> {
  for (let run = 0; run < WARM_UP; run++) await work();
  const taken: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const begin = performance.now();
    await work();
    taken.push(performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  return rounded(taken[Math.ceil(taken.length * 0.99) - 1] ?? Number.NaN);
}

const rounded = (value: number): number => Math.round(value * 100) / 100;
