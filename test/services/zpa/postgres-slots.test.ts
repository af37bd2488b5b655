import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { sailPointSlotRules } from "../../../src/services/sailpoint/budget.ts";
import { createPostgresSlots } from "../../../src/services/zpa/postgres-slots.ts";
import type { SlotRules } from "../../../src/services/zpa/slots.ts";
import { createThrottle } from "../../../src/services/zpa/throttle.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { systemTimers } from "../../../src/timers.ts";
import { type DataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { silentLog } from "./support/silent-log.ts";

/**
 * Contract: replicas that share a database share one budget: together they never have more calls counted in any rest than a lane has
 * slots, and a call of a process that died gives its slot back when its lease ends.
 */
const rules: SlotRules = { perLane: { read: 4, write: 3 }, restMilliseconds: 200, leaseMilliseconds: 400 };

describe("slots in the database", () => {
  let data: DataFolder;
  let database: OpenDatabase;

  beforeAll(async () => {
    data = await newMigratedFolder();
    database = await openDatabase({ url: null, folder: data.folder, log: silentLog });
  });
  beforeEach(async () => {
    await database.pool.query("drop table if exists zpa_slot");
  });
  afterAll(async () => {
    await database.close();
    await data.remove();
  });

  it("are shared by three replicas on one session", async () => {
    const counted = await fifteenWrites([database.pool, database.pool, database.pool]);
    expect(counted).toHaveLength(15);
    expect(mostInOneRest(counted)).toBeLessThanOrEqual(rules.perLane.write);
  });

  it("come back when a lease ends, and a late release does not free the next holder's slot", async () => {
    const slots = createPostgresSlots(database.pool, rules);
    const dead = [await slots.take("write"), await slots.take("write"), await slots.take("write")];
    expect(await slots.take("write")).toEqual({ waitMilliseconds: expect.any(Number) });
    await expect.poll(() => slots.take("write"), { timeout: 2_000, interval: 50 }).toHaveProperty("ticket");
    await expect.poll(() => slots.take("write"), { timeout: 2_000, interval: 50 }).toHaveProperty("ticket");
    await expect.poll(() => slots.take("write"), { timeout: 2_000, interval: 50 }).toHaveProperty("ticket");
    const { rows: before } = await database.pool.query("select free_at from zpa_slot order by lane, number");
    for (const slot of dead) if ("ticket" in slot) await slots.release(slot);
    const { rows: after } = await database.pool.query("select free_at from zpa_slot order by lane, number");
    expect(after).toEqual(before);
  });

  it("of another service are others: its budget is spent alone", async () => {
    const ofZpa = createPostgresSlots(database.pool, rules);
    const ofSailPoint = createPostgresSlots(database.pool, sailPointSlotRules, "sailpoint_slot");
    for (let call = 0; call < 4; call += 1) expect(await ofZpa.take("read")).toHaveProperty("ticket");
    expect(await ofZpa.take("read")).not.toHaveProperty("ticket");
    expect(await ofSailPoint.take("read")).toHaveProperty("ticket");
    expect(await ofSailPoint.left()).toEqual({ read: 99, write: 0 });
  });

  it("count reads and writes apart", async () => {
    const slots = createPostgresSlots(database.pool, rules);
    for (let call = 0; call < 3; call += 1) expect(await slots.take("write")).toHaveProperty("ticket");
    expect(await slots.take("write")).not.toHaveProperty("ticket");
    expect(await slots.take("read")).toHaveProperty("ticket");
  });

  it("say database_unreachable when there is no database", async () => {
    const gone = createPostgresSlots({ query: () => Promise.reject(new Error("connection refused")) });
    await expect(gone.take("read")).rejects.toMatchObject({ code: "database_unreachable" });
  });
});

describe("slots in a PostgreSQL", () => {
  it("are shared by three processes that start at once", async () => {
    const server = await startEmbeddedPostgres();
    const url = await server.newDatabase();
    const replicas = await Promise.all([1, 2, 3].map(() => openDatabase({ url, folder: "", log: silentLog })));
    try {
      const counted = await fifteenWrites(replicas.map(({ pool }) => pool));
      expect(counted).toHaveLength(15);
      expect(mostInOneRest(counted)).toBeLessThanOrEqual(rules.perLane.write);
    } finally {
      await Promise.all(replicas.map((replica) => replica.close()));
      await server.stop();
    }
  });
});

/** The instants of fifteen writes that are asked for at once, through a throttle for each pool. */
async function fifteenWrites(pools: readonly pg.Pool[]): Promise<number[]> {
  const throttles = pools.map((pool) => createThrottle({ slots: createPostgresSlots(pool, rules), timers: systemTimers, log: silentLog }));
  const counted: number[] = [];
  const write = async () => {
    counted.push(performance.now());
  };
  await Promise.all(
    Array.from({ length: 15 }, (_, call) => throttles[call % throttles.length]?.run({ lane: "write", priority: "grant" }, write)),
  );
  return counted;
}

const mostInOneRest = (instants: readonly number[]): number =>
  Math.max(...instants.map((from) => instants.filter((at) => at >= from && at < from + rules.restMilliseconds).length));
