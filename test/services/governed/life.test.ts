/**
 * Contract: access that SailPoint approved is access like any other: written once, proven, kept in step with the clocks of its zone, warned
 * of, given up, taken away and changed by the same use-cases. What SailPoint decided nobody in Slack widens.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { dueNotices } from "../../../src/services/notify/due-notices.ts";
import { codeOf } from "../../support/code-of.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { at } from "../../views/models.ts";
import { ATTRIBUTES, aGovernedHouse, type GovernedHouse, identity } from "./a-governed-house.ts";

const store = storeForTests();
let house: GovernedHouse;
beforeEach(async () => {
  house = await aGovernedHouse(store);
  house.clock.at = at("2026-11-02T08:16:00Z");
});

/** Approved in SailPoint, written and proven. */
async function granted(attributes: Readonly<Record<string, string>> = ATTRIBUTES, approvedAt = "2026-11-02T08:15:00Z") {
  const governed = await house.approved({
    attributes,
    ...{ createdDate: approvedAt, modifiedDate: approvedAt, completedDate: approvedAt },
    approvedBy: [{ ...identity("Ben"), decisionDate: approvedAt }],
  });
  const [id = ""] = governed?.requestIds ?? [];
  const [grant] = await house.grants(id);
  await house.provision(grant?.id ?? "");
  return { id, grantId: grant?.id ?? "" };
}

describe("access that SailPoint approved", () => {
  it("is written to ZPA once, and announced once it is proven", async () => {
    const { id, grantId } = await granted();
    await house.provision(grantId);
    expect(house.zpa.stored).toMatchObject([
      { emailIds: ["ana@example.com"], segmentIds: ["seg-1"], end: at("2026-11-02T10:15:00Z"), workingHours: null },
    ]);
    const overview = await house.overview(id);
    expect(overview.request.status).toBe("GRANTED");
    expect(dueNotices(overview).map(({ step }) => step.notice)).toEqual(["approved_in_sailpoint", "granted"]);
  });

  it("stands in its holder's lists, and is warned of", async () => {
    const { id } = await granted();
    expect((await house.home("UANA")).myAccess).toMatchObject([{ requestId: id, consoleNames: ["db-prod"] }]);
    house.clock.at = at("2026-11-02T09:50:00Z");
    expect(await house.overview(id)).toMatchObject({ endsSoon: true, canRenew: true });
  });

  it("is given up by its holder", async () => {
    const { id, grantId } = await granted();
    expect((await house.finish(id)).status).toBe("ENDING");
    await house.endGrant(grantId);
    expect(house.zpa.stored).toEqual([]);
  });

  it.each(["UBEN", "UROOT"])("is taken away by who would have decided here, or administers: %s", async (userId) => {
    const { id } = await granted();
    expect((await house.revoke(id, userId)).ending).toMatchObject({ cause: "REVOKED", by: userId });
  });

  it("is not taken away by anybody else", async () => {
    const { id } = await granted();
    house.known.set("UDORA", await house.people.trusted({ teamId: "T1", userId: "UDORA" }));
    expect(await codeOf(house.revoke(id, "UDORA"))).toBe("not_allowed");
  });

  it("is made narrower by its holder, and wider by nobody here", async () => {
    const { id } = await granted();
    const earlier = at("2026-11-02T09:30:00Z");
    expect((await house.change(id, { end: earlier, reason: null }, "UANA")).amendments).toMatchObject([{ after: { end: earlier } }]);
    const later = at("2026-11-02T18:00:00Z");
    for (const userId of ["UANA", "UBEN", "UROOT"])
      expect(await codeOf(house.change(id, { end: later, reason: "INC-1" }, userId)), userId).toBe("change_needs_decision");
  });

  it("is renewed by a request of its own, which our rules decide", async () => {
    const { id } = await granted();
    const [renewal] = await house.renew(id);
    expect(renewal).toMatchObject({ origin: "RENEWAL", status: "PENDING", renewsId: id, window: null });
  });

  it("ends with its window", async () => {
    const { id } = await granted();
    house.clock.at = at("2026-11-02T10:16:00Z");
    await house.end(id);
    expect((await house.request(id)).status).toBe("ENDED");
  });

  it("is refused before the write when the requestee has left in between", async () => {
    const governed = await house.approved();
    const [grant] = await house.grants(governed?.requestIds[0] ?? "");
    house.known.delete("UANA");
    await house.provision(grant?.id ?? "");
    expect(house.zpa.stored).toEqual([]);
    expect((await house.request(grant?.requestId ?? "")).failure).toMatchObject({ code: "person_deactivated" });
  });
});

describe("across a change of the zone's clocks", () => {
  const working = (timeZone: string, end: string): Readonly<Record<string, string>> => ({
    ...{ portcullisConsoles: "db-prod", portcullisEnd: end, portcullisTimeZone: timeZone },
    ...{ portcullisDays: "MON,TUE", portcullisHoursStart: "09:00", portcullisHoursEnd: "17:00" },
  });

  it.each([
    [
      ...["Europe/Berlin", "2027-03-22T10:00:00Z", "2027-03-28T00:59:00Z"],
      { startTimeCron: "0 0 8 ? * MON,TUE", endTimeCron: "0 0 16 ? * MON,TUE" },
      { startTimeCron: "0 0 7 ? * MON,TUE", endTimeCron: "0 0 15 ? * MON,TUE" },
    ],
    [
      ...["Australia/Lord_Howe", "2027-03-29T10:00:00Z", "2027-04-03T14:59:00Z"],
      { startTimeCron: "0 0 22 ? * SUN,MON", endTimeCron: "0 0 6 ? * MON,TUE" },
      { startTimeCron: "0 30 22 ? * SUN,MON", endTimeCron: "0 30 6 ? * MON,TUE" },
    ],
  ] as const)("its crons are right before and after in %s", async (zone, approvedAt, visit, before, after) => {
    house.clock.at = at(approvedAt);
    const { grantId } = await granted(working(zone, "2027-05-20T00:00:00Z"), approvedAt);
    expect(house.zpa.stored).toMatchObject([{ workingHours: before }]);
    const [planned] = house.queued("realign-grant");
    expect(planned).toMatchObject({ startAfter: at(visit) });
    for (let visits = 0; visits < 2; visits++) {
      house.clock.at = visits === 0 ? at(visit) : new Date(at(visit).getTime() + 2 * 60 * 60 * 1000);
      await house.realign(grantId);
    }
    expect(house.zpa.stored).toMatchObject([{ workingHours: after, end: at("2027-05-20T00:00:00Z") }]);
  });

  it("is planned with the offset of its start, when it starts after the change", async () => {
    house.clock.at = at("2027-03-22T10:00:00Z");
    await granted({ ...working("Europe/Berlin", "2027-04-20T00:00:00Z"), portcullisStart: "2027-03-29T06:00:00Z" }, "2027-03-22T10:00:00Z");
    expect(house.zpa.stored).toMatchObject([{ workingHours: { startTimeCron: "0 0 7 ? * MON,TUE", endTimeCron: "0 0 15 ? * MON,TUE" } }]);
  });

  it("is cut in two at midnight where the settings say so", async () => {
    await store.empty();
    house = await aGovernedHouse(store, { overnightHours: "split" });
    house.clock.at = at("2026-11-02T08:16:00Z");
    const governed = await house.approved({
      attributes: {
        ...working("Europe/Berlin", "2026-11-20T00:00:00Z"),
        ...{ portcullisHoursStart: "22:00", portcullisHoursEnd: "06:00" },
      },
    });
    expect(await house.grants(governed?.requestIds[0] ?? "")).toHaveLength(2);
  });
});
