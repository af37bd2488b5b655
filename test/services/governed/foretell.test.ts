/**
 * Contract: what the card of an approval in SailPoint says that a yes would open is what comes of that yes, and why nothing would is why
 * nothing does; nobody in Slack, SailPoint or ZPA is asked for it.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { readRequest } from "../../../src/services/access/request-rows.ts";
import { noteCoverage } from "../../../src/services/coverage/coverage-store.ts";
import { type Decider, foretellGoverned } from "../../../src/services/governed/foretell-governed.ts";
import type { SailPointApproval } from "../../../src/services/sailpoint/approval.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import {
  aGovernedHouse,
  type GovernedHouse,
  identity,
  outcomeOf,
  pending,
  type WireChange,
  wire,
  withAttributes,
} from "./a-governed-house.ts";

const NOW = new Date("2026-11-02T08:16:00Z");
const BEN: Decider = { id: "id-Ben", name: "Ben", email: "ben@example.com" };
const ANA: Decider = { id: "id-Ana", name: "Ana", email: "ana@example.com" };

const store = storeForTests();
let house: GovernedHouse;
beforeEach(async () => {
  house = await aGovernedHouse(store);
  house.clock.at = NOW;
});

const foretold = (approval: SailPointApproval, decider: Decider | null = BEN, types: readonly string[] = house.governedPorts.types) => {
  const { db, catalog, settings, clock } = house.governedPorts;
  return foretellGoverned({ db, catalog, settings, clock, types })(approval, decider);
};
/** Approved at this very moment, as the forecast supposes. */
const approvedNow: WireChange = {
  approvedBy: [{ ...identity("Ben"), decisionDate: NOW.toISOString() }],
  completedDate: NOW.toISOString(),
};

describe("what approving would open", () => {
  it("are the consoles, those on their segments, the window, the hours and the next openings of the grant that then comes", async () => {
    const change = withAttributes({
      ...{ portcullisDuration: "P14D", portcullisDays: "MON,TUE", portcullisHoursStart: "09:00", portcullisHoursEnd: "17:00" },
      ...{ portcullisTimeZone: "Europe/Berlin", portcullisReason: "OPS-7: disk" },
    });
    const forecast = await foretold(pending(change));
    expect(forecast).toMatchObject({
      ...{ kind: "opens", reason: "OPS-7: disk", needsOthers: false },
      ...{ consoles: [{ name: "db-prod" }], alsoOpens: [{ name: "db-prod-replica" }], withoutEffect: [] },
      window: { start: NOW, end: new Date("2026-11-16T08:16:00Z") },
      nextOpenings: [{ start: NOW, end: new Date("2026-11-02T16:00:00Z") }, { start: new Date("2026-11-03T08:00:00Z") }, {}],
      crons: { startTimeCron: "0 0 8 ? * MON,TUE" },
    });
    const governed = await house.approved({ ...change, ...approvedNow }, change);
    const request = await readRequest(house.db, governed?.requestIds[0] ?? "");
    const overview = await house.overview(request.id);
    for (const fact of ["consoles", "alsoOpens", "window", "nextOpenings", "crons", "offsetChanges"] as const)
      expect(forecast).toHaveProperty(fact, overview[fact]);
  });

  it.each<[string, WireChange, object]>([
    ["a plain approval of ours", {}, {}],
    ["an unknown console", withAttributes({ portcullisConsoles: "db-prdo" }), {}],
    ["a console that is switched off", withAttributes({ portcullisConsoles: "retired" }), {}],
    ["a misspelt attribute", withAttributes({ portcullisHours: "09:00" }), {}],
    ["a duration that is not understood", withAttributes({ portcullisDuration: "soon" }), {}],
    ["no end", { attributes: { portcullisConsoles: "db-prod" } }, {}],
    ["more than a year", withAttributes({ portcullisDuration: "P500D" }), {}],
    ["longer than the rules allow", {}, { longestWindowHours: 1 }],
    ["no ticket", { description: null }, { ticketPattern: "INC\\d+" }],
    ["too many consoles", withAttributes({ portcullisConsoles: Array.from({ length: 11 }, (_, n) => `jump-${n}`).join() }), {}],
    ["another beneficiary", withAttributes({ portcullisBeneficiary: "chiyo@example.com" }), {}],
    ["the beneficiary once more", withAttributes({ portcullisBeneficiary: "ANA@example.com" }), {}],
    ["attributes that cannot be read", { attributes: "{" }, {}],
    ["a group that it is for", { requestee: { ...identity("Ops"), type: "GOVERNANCE_GROUP" } }, {}],
    ["a window that is over", { attributes: { portcullisConsoles: "db-prod", portcullisEnd: "2026-11-02T08:00:00Z" } }, {}],
  ])("is what comes of it: %s", async (_, change, rules) => {
    if (Object.keys(rules).length > 0) await house.writeRules("TENANT", "", rules);
    const forecast = await foretold(pending(change));
    const outcome = outcomeOf(await house.approved({ ...change, ...approvedNow }, change));
    const said = forecast?.kind === "refused" ? forecast.refusal.code : forecast?.kind;
    expect(said).toBe(outcome === "GRANTED" ? "opens" : outcome);
  });

  it("is nothing once an attribute was changed, also when it was changed back", async () => {
    const first = pending();
    const other = pending(withAttributes({ portcullisDuration: "PT9H" }));
    await house.seen(first);
    await house.seen(other, first);
    await house.seen(first, other);
    for (const approval of [other, first])
      expect(await foretold(approval)).toEqual({ kind: "refused", refusal: { code: "governed_attributes_changed", params: {} } });
  });

  it("is not said of another type, of what carries nothing of ours, nor of what is decided", async () => {
    expect(await foretold(pending(), BEN, [])).toBeNull();
    expect(await foretold(pending({ attributes: { ticket: "INC1" } }))).toBeNull();
    expect(await foretold(wire())).toBeNull();
  });

  it("is not known while SailPoint left out the attributes that were seen", async () => {
    await house.seen(pending());
    const { additionalAttributes: _, ...raw } = pending().raw;
    expect(await foretold({ ...pending(), additionalAttributes: {}, raw })).toEqual({ kind: "unknown" });
  });

  it("is nothing by the own yes alone of whom it is for, unless the settings let them", async () => {
    expect(await foretold(pending(), ANA)).toMatchObject({ kind: "opens", needsOthers: true });
    const beside = pending({ approvedBy: [{ ...identity("Chiyo"), decisionDate: "2026-11-02T08:10:00Z" }] });
    expect(await foretold(beside, ANA)).toMatchObject({ kind: "opens", needsOthers: false });
    const otherAccount = { id: "id-Eve", name: "Eve", email: "eve@example.com" };
    expect(await foretold(pending(), otherAccount)).toMatchObject({ needsOthers: true });
    house = await aGovernedHouse(store, { selfApproval: true });
    expect(await foretold(pending(), ANA)).toMatchObject({ kind: "opens", needsOthers: false });
  });

  it("is without effect where no rule of Zscaler's covers a console", async () => {
    const segment = { id: "seg-1", name: "Databases", microtenantId: null };
    await noteCoverage(house.db, [{ ...segment, status: "uncovered", ruleId: null, reason: { code: "no_rule" } }], NOW);
    expect(await foretold(pending())).toMatchObject({ kind: "opens", withoutEffect: [{ name: "db-prod" }] });
  });

  it("is told without asking Slack or SailPoint", async () => {
    house.away.slack = true;
    house.away.sailpoint = true;
    expect(await foretold(pending())).toMatchObject({ kind: "opens" });
    expect(house.asked).toEqual([]);
  });
});
