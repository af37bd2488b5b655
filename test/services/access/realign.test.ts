/**
 * Contract: after every change of the zone's offset the crons in ZPA are those of the new offset, however the grant came to be and
 * however many runs it took; nothing else of the privileged approval is touched, so that what a person cut in ZPA stays cut.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { aHouse, type House } from "./a-house.ts";

const berlin: WorkingHours = { days: ["MON", "TUE"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" };
const winter = { startTimeCron: "0 0 8 ? * MON,TUE", endTimeCron: "0 0 16 ? * MON,TUE" };
const summer = { startTimeCron: "0 0 7 ? * MON,TUE", endTimeCron: "0 0 15 ? * MON,TUE" };
/** A minute before the change: nobody comes late. */
const springVisit = new Date("2027-03-28T00:59:00Z");
const springChange = new Date("2027-03-28T01:00:00Z");
const at = (iso: string) => new Date(iso);

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.zpa.stored.length = 0;
  house.zpa.calls.length = 0;
  house.enqueued.length = 0;
});

async function aGrantSince(now: Date) {
  house.clock.at = now;
  const { id } = await house.ask({
    time: { start: { kind: "onApproval" }, end: { kind: "at", at: at("2027-11-20T00:00:00Z") }, workingHours: berlin },
  });
  await house.approve(id);
  const [grant] = await house.grants(id);
  if (grant === undefined) throw new Error("no grant was planned");
  return { id, grantId: grant.id };
}

const planned = () => house.enqueued.filter(({ queue }) => queue === "realign-grant").map(({ startAfter }) => startAfter);

describe("at a change of the zone's offset", () => {
  it("writes the crons anew, with the original start, and plans the next change", async () => {
    const { id, grantId } = await aGrantSince(at("2027-03-22T10:00:00Z"));
    await house.provision(grantId);
    const [before] = house.zpa.stored;
    expect(before?.workingHours).toMatchObject(winter);
    expect(planned()).toEqual([springVisit]);
    house.clock.at = springVisit;
    house.enqueued.length = 0;
    await house.realign(grantId);
    expect(house.zpa.stored).toMatchObject([{ id: before?.id, start: before?.start, end: before?.end, workingHours: summer }]);
    expect(planned()).toEqual([at("2027-10-31T00:59:00Z")]);
    expect(await house.ledger(id)).toContain("grant.realigned");
  });

  it("leaves a shorter end alone that a person set in ZPA", async () => {
    const { grantId } = await aGrantSince(at("2027-03-22T11:00:00Z"));
    await house.provision(grantId);
    const [stored] = house.zpa.stored;
    const cut = at("2027-04-01T00:00:00Z");
    if (stored !== undefined) house.zpa.stored[0] = { ...stored, end: cut };
    house.clock.at = springChange;
    await house.realign(grantId);
    expect(house.zpa.stored).toMatchObject([{ end: cut, workingHours: summer }]);
  });

  it("does not touch hours that a person changed in ZPA, and says so in the ledger", async () => {
    const { id, grantId } = await aGrantSince(at("2027-03-22T12:00:00Z"));
    await house.provision(grantId);
    const [stored] = house.zpa.stored;
    const theirs = { ...berlin, start: "10:00", startTimeCron: "0 0 9 ? * MON,TUE", endTimeCron: winter.endTimeCron };
    if (stored !== undefined) house.zpa.stored[0] = { ...stored, workingHours: theirs };
    house.clock.at = springChange;
    house.enqueued.length = 0;
    await house.realign(grantId);
    expect(house.zpa.stored).toMatchObject([{ workingHours: theirs }]);
    expect(await house.ledger(id)).toContain("grant.changed-elsewhere");
    expect(planned()).toEqual([at("2027-10-31T00:59:00Z")]);
  });

  it("that could not be followed is kept with the grant, with a reference, and the next change is still planned", async () => {
    const { id, grantId } = await aGrantSince(at("2027-03-22T13:00:00Z"));
    await house.provision(grantId);
    house.clock.at = springChange;
    house.enqueued.length = 0;
    house.zpa.faults.get.push("unreachable", "unreachable");
    await expect(house.realign(grantId)).rejects.toThrow("zpa_unreachable");
    await house.realign(grantId, 120, true);
    const [grant] = await house.grants(id);
    expect(grant).toMatchObject({ status: "GRANTED", failure: { code: "zpa_unreachable" } });
    expect(house.lines.some((line) => line.reference === grant?.failure?.reference)).toBe(true);
    expect(planned()).toEqual([at("2027-10-31T00:59:00Z"), at("2027-03-28T02:00:00Z")]); // and again within the hour
  });
});

describe("a grant that becomes real across a change", () => {
  it("gets the new crons when the effect of a lost answer is found after it", async () => {
    const { grantId } = await aGrantSince(new Date(springChange.getTime() - 120_000));
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    house.clock.at = new Date(springChange.getTime() + 180_000);
    await house.provision(grantId, 1);
    expect(house.zpa.stored).toMatchObject([{ workingHours: summer }]);
    expect(planned()).toEqual([at("2027-10-31T00:59:00Z")]);
  });

  it("is visited at once when the change fell between the write and its record", async () => {
    const { grantId } = await aGrantSince(new Date(springVisit.getTime() - 1_000));
    const get = house.zpa.approvals.get;
    house.zpa.approvals.get = async (id, options) => {
      house.clock.at = new Date(springChange.getTime() + 1_000);
      return get(id, options);
    };
    await house.provision(grantId);
    house.zpa.approvals.get = get;
    expect(planned()).toEqual([undefined]);
    await house.realign(grantId);
    expect(house.zpa.stored).toMatchObject([{ workingHours: summer }]);
  });
});

describe("at a start with a new time zone database", () => {
  it("has every grant whose crons its zone no longer wants realigned, and plans the next change that the zone now knows", async () => {
    const { grantId } = await aGrantSince(at("2026-11-21T09:00:00Z"));
    await house.provision(grantId);
    house.enqueued.length = 0;
    await house.recheck();
    expect(planned()).toContainEqual(springVisit);
    await house.db
      .updateTable("access_grant")
      .set({ working_hours: JSON.stringify({ ...berlin, ...summer }) })
      .where("id", "=", grantId)
      .execute();
    house.enqueued.length = 0;
    await house.recheck();
    expect(planned()).toContainEqual(undefined); // at once
    await house.realign(grantId);
    expect((await house.grants((await house.requestOf(grantId)).id))[0]?.workingHours).toMatchObject(winter);
  });
});
