import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CoverageStatus, SegmentCoverage } from "../../../src/services/coverage/coverage.ts";
import { noteCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { withoutEffect } from "../../../src/services/coverage/without-effect.ts";
import { aHouse, type House } from "../access/a-house.ts";

/**
 * Contract: a card warns where an approval certainly does nothing, while it is awaited or stands; of what cannot be told, or is over, it says
 * nothing. What was read later counts, whichever was written last.
 */
describe("the warning of a card", () => {
  let house: House;
  let minutes = 0;
  beforeAll(async () => {
    house = await aHouse();
  });
  afterAll(() => house.close());

  const coverage = (status: CoverageStatus, id = "seg-1"): SegmentCoverage => ({
    ...{ id, name: "Databases", microtenantId: null, status, ruleId: null },
    reason: status === "unknown" ? { code: "approval_for_some", rule: "For some" } : { code: "no_rule" },
  });
  const readAt = (minute: number) => new Date(Date.UTC(2026, 10, 2, 7, minute));
  const note = (status: CoverageStatus) => noteCoverage(house.db, [coverage(status)], readAt(++minutes));
  const warned = async (requestId: string) => (await house.overview(requestId)).withoutEffect.map(({ name }) => name);

  it.each([
    ["uncovered", true],
    ["shadowed", true],
    ["unknown", false],
    ["covered", false],
  ] as const)("stands for a segment that is %s: %s", async (status, isWarned) => {
    const request = await house.ask({ reason: `OPS ${status}` });
    expect(await warned(request.id)).toEqual([]);
    await note(status);
    expect(await warned(request.id)).toEqual(isWarned ? request.consoles.map(({ name }) => name) : []);
    await note("covered");
  });

  it("stands while access is being set up, and is gone once a request came to nothing", async () => {
    const [withdrawn, approved] = [await house.ask({ reason: "OPS-1" }), await house.ask({ reason: "OPS-2" })];
    await note("uncovered");
    await house.db.updateTable("request").set({ status: "CANCELLED" }).where("id", "=", withdrawn.id).execute();
    await house.approve(approved.id);
    expect((await house.request(approved.id)).status).toBe("GRANTING");
    expect(await warned(approved.id)).toHaveLength(approved.consoles.length);
    expect(await warned(withdrawn.id)).toEqual([]);
  });

  it("goes by what was read last, of the consoles on that segment alone", async () => {
    await noteCoverage(house.db, [coverage("uncovered")], readAt(50));
    await noteCoverage(house.db, [coverage("covered")], readAt(40));
    const consoles = (await house.ask({ consoleIds: ["1", "many-1"], reason: "OPS-3" })).consoles;
    expect((await withoutEffect(house)(consoles)).map(({ segmentId }) => segmentId)).toEqual(["seg-1"]);
    expect(await withoutEffect(house)([])).toEqual([]);
  });
});
