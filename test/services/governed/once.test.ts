/**
 * Contract: a process that dies anywhere on the way from an approval in SailPoint to its planned grant leaves either nothing or all of it;
 * the run after it, or one beside it in another replica, ends with exactly one request, one grant and one job for it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GOVERNED_FAULT_POINTS } from "../../../src/fault-points.ts";
import { seeGoverned } from "../../../src/services/governed/see-governed.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { aGovernedHouse, outcomeOf, pending, wire } from "./a-governed-house.ts";

let store: Store;
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());
beforeEach(() => store.empty());

const NOW = new Date("2026-11-02T08:16:00Z");

async function houses(point: string | null) {
  const dying = await aGovernedHouse(store, {
    faultPoint: (name) => {
      if (name === point) throw new Error(`killed at ${name}`);
    },
  });
  const other = await aGovernedHouse(store);
  for (const house of [dying, other]) {
    house.clock.at = NOW;
    house.told.set("sp-1", wire());
  }
  return { dying, other };
}

describe.each(GOVERNED_FAULT_POINTS)("a process that dies at %s", (point) => {
  it("leaves nothing or all, and the next run makes one grant", async () => {
    const { dying, other } = await houses(point);
    await dying.seen(pending());
    await dying.seen(wire(), pending());
    await expect(dying.settle()).rejects.toThrow("killed at");
    const isMade = point === "governed.committed";
    expect([await other.requests(), await other.allGrants()].map((rows) => rows.length)).toEqual(isMade ? [1, 1] : [0, 0]);
    await other.settle();
    await other.settle();
    expect(outcomeOf(await other.governed())).toBe("GRANTED");
    expect([await other.requests(), await other.allGrants()].map((rows) => rows.length)).toEqual([1, 1]);
    expect(await other.events("access.governed")).toHaveLength(1);
  });

  it("takes access back whole, or not yet, and the next run does", async () => {
    const { dying, other } = await houses(point);
    await other.approved();
    const cancelled = wire({ status: "CANCELLED" });
    for (const house of [dying, other]) house.told.set("sp-1", cancelled);
    await other.seen(cancelled, wire());
    await expect(dying.settle()).rejects.toThrow("killed at");
    await other.settle();
    await other.settle();
    expect(outcomeOf(await other.governed())).toBe("WITHDRAWN");
    expect((await other.requests()).map(({ status }) => status)).toEqual(["ENDED"]);
    expect(await other.events("access.ending")).toHaveLength(1);
  });
});

describe("a process that dies while it stores what it saw", () => {
  it("has seen nothing, and whoever sees it next has it settled", async () => {
    const { other } = await houses(null);
    const { db, jobs, clock, types } = other.governedPorts;
    const sight = db.transaction().execute(async (trx) => {
      await seeGoverned({ jobs, clock, types })(trx, wire(), pending());
      throw new Error("killed before the commit");
    });
    await expect(sight).rejects.toThrow("killed");
    expect(await other.governed()).toBeNull();
    await other.seen(wire(), pending());
    await other.settle();
    expect(await other.allGrants()).toHaveLength(1);
  });
});

describe("two replicas on one database", () => {
  it("make one grant of an approval that both see and settle at once", async () => {
    const { dying: one, other } = await houses(null);
    await Promise.all([one.seen(pending()), other.seen(pending())]);
    await Promise.all([one.seen(wire(), pending()), other.seen(wire(), pending())]);
    await Promise.all([one.settle(), other.settle(), one.settle(), other.settle()]);
    expect([await other.requests(), await other.allGrants()].map((rows) => rows.length)).toEqual([1, 1]);
  });

  it("tell each person once", async () => {
    const { dying: one, other } = await houses(null);
    const nobody = wire({ approvedBy: [] });
    for (const house of [one, other]) house.told.set("sp-1", nobody);
    await one.seen(nobody, pending());
    await Promise.all([one.settle(), other.settle()]);
    await Promise.all([one.tell(), other.tell(), one.tell()]);
    expect([...one.heard, ...other.heard].map(({ userId }) => userId).toSorted()).toEqual(["UANA", "UROOT"]);
  });
});
