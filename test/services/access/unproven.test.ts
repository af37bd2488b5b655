/**
 * Contract: while nobody has seen what ZPA holds, nothing is called over, taken back or as intended: an end takes away what may stand, a
 * shortening is never given up, a wish that came later is never lost with one that ZPA refused, and what a frozen run wakes up with is not
 * written over what was decided since.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { realignGrant } from "../../../src/services/access/realign-grant.ts";
import { WEEKDAYS, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { aHouse, type House } from "./a-house.ts";

const HOUR = 3_600_000;
let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.at = new Date(Math.ceil(house.clock.at.getTime() / HOUR) * HOUR + 60_000);
  house.zpa.stored.length = 0;
  house.zpa.calls.length = 0;
  house.enqueued.length = 0;
  for (const faults of Object.values(house.zpa.faults)) faults.length = 0;
});

const day: WorkingHours = { days: ["MON", "TUE", "WED"], start: "09:00", end: "17:00", timeZone: "Etc/UTC" };
const inHours = (count: number) => new Date(house.clock.at.getTime() + count * HOUR);
const later = (count: number) => {
  house.clock.at = inHours(count);
};
const only = async (id: string) => {
  const [grant] = await house.grants(id);
  if (grant === undefined) throw new Error("no grant was planned");
  return grant;
};

async function granted(end: Date, change: Parameters<House["ask"]>[0] = {}) {
  const { id } = await house.ask({ time: { start: { kind: "onApproval" }, end: { kind: "at", at: end }, workingHours: null }, ...change });
  await house.approve(id);
  for (const { id: grantId } of await house.grants(id)) await house.provision(grantId);
  return { id, grantId: (await only(id)).id };
}

describe("the end of a window", () => {
  it("takes away what an extension without an answer may have left open, though it was shortened since", async () => {
    const { id, grantId } = await granted(inHours(2));
    await house.change(id, { end: inHours(6), reason: "longer" });
    house.zpa.faults.update.push("lost-after-effect");
    await expect(house.amendGrant(grantId)).rejects.toThrow("zpa_timeout");
    await house.change(id, { end: inHours(3), reason: null }, "UANA");
    later(4);
    await house.end(id);
    expect((await house.request(id)).status).toBe("ENDING");
    await house.endGrant(grantId);
    expect(house.zpa.stored).toEqual([]);
    expect(await house.request(id)).toMatchObject({ status: "ENDED", amendments: [{ outcome: "OVERTAKEN" }, { outcome: "OVERTAKEN" }] });
  });

  it("takes away what a microtenant's lost answer left there, and is over only then", async () => {
    const { id } = await house.ask({
      consoleIds: ["1", "3"],
      time: { start: { kind: "onApproval" }, end: { kind: "at", at: inHours(6) }, workingHours: null },
    });
    await house.approve(id);
    const [first, second] = await house.grants(id);
    await house.provision(first?.id ?? "");
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(second?.id ?? "")).rejects.toThrow("zpa_timeout");
    await house.change(id, { end: inHours(1), reason: null }, "UANA");
    await house.amendGrant(first?.id ?? "");
    later(2);
    await house.end(id);
    expect((await house.request(id)).status).toBe("ENDING");
    await house.endGrant(second?.id ?? "");
    expect((await house.request(id)).status).toBe("ENDED");
    expect(house.zpa.stored.filter(({ end }) => end > house.clock.at)).toEqual([]);
  });
});

describe("a change whose answer nobody has", () => {
  it("is not taken back by the last run: it comes again within the hour, and says so meanwhile", async () => {
    const { id, grantId } = await granted(inHours(2));
    await house.change(id, { end: inHours(6), reason: "longer" });
    house.zpa.faults.update.push("lost-after-effect");
    await house.amendGrant(grantId, 120, true);
    expect(await house.request(id)).toMatchObject({ window: { end: inHours(6) }, amendments: [{ outcome: "WANTED" }] });
    expect(await only(id)).toMatchObject({ failure: { code: "zpa_timeout" } });
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "amend-grant", startAfter: inHours(1) }));
    await house.amendGrant(grantId);
    expect(await only(id)).toMatchObject({ failure: null, changingFrom: null });
    expect((await house.request(id)).amendments).toMatchObject([{ outcome: "WRITTEN" }]);
  });

  it("that would shorten is kept though ZPA refuses it, and the delete comes at its time", async () => {
    const { id, grantId } = await granted(inHours(6));
    await house.change(id, { end: inHours(2), reason: null }, "UANA");
    house.zpa.faults.update.push("refused");
    await house.amendGrant(grantId);
    expect(await house.request(id)).toMatchObject({ window: { end: inHours(2) }, amendments: [{ outcome: "WANTED" }] });
    later(3);
    await house.end(id);
    await house.endGrant(grantId);
    expect(house.zpa.stored).toEqual([]);
  });

  it("is not lost with an older one that ZPA refuses", async () => {
    const { id, grantId } = await granted(inHours(4));
    await house.change(id, { end: inHours(8), reason: "longer" });
    const { update } = house.zpa.approvals;
    house.zpa.approvals.update = async (...args) => {
      house.zpa.approvals.update = update;
      await house.change(id, { end: inHours(1), reason: null }, "UANA");
      house.zpa.faults.update.push("refused");
      return update(...args);
    };
    await house.amendGrant(grantId);
    expect(await only(id)).toMatchObject({ end: inHours(1) });
    await house.amendGrant(grantId);
    expect(house.zpa.stored).toMatchObject([{ end: inHours(1) }]);
  });

  it("that is refused is taken back to what stood before the first of several, at every grant of the request", async () => {
    const { id } = await granted(inHours(90), {
      consoleIds: ["1", "3"],
      time: { start: { kind: "onApproval" }, end: { kind: "at", at: inHours(90) }, workingHours: day },
    });
    const [first, second] = await house.grants(id);
    await house.change(id, { end: null, workingHours: { ...day, start: "08:00" }, reason: "earlier" });
    await house.amendGrant(first?.id ?? "");
    await house.change(id, { end: null, workingHours: { ...day, start: "07:00" }, reason: "earlier still" });
    house.zpa.faults.update.push("refused");
    await house.amendGrant(second?.id ?? "");
    expect((await house.request(id)).time.workingHours).toEqual(day);
    await house.amendGrant(first?.id ?? "");
    expect(house.zpa.stored.map(({ workingHours }) => workingHours?.start)).toEqual(["09:00", "09:00"]);
    expect((await house.grants(id)).map(({ workingHours, changingFrom }) => [workingHours?.start, changingFrom])).toEqual([
      ["09:00", null],
      ["09:00", null],
    ]);
    await house.change(id, { end: null, workingHours: { ...day, start: "08:00" }, reason: "once more" });
  });
});

describe("an extension that was decided in time, while ZPA was away over the old end", () => {
  it("is made anew, from when ZPA is back", async () => {
    const { id, grantId } = await granted(inHours(1));
    const end = inHours(9);
    await house.change(id, { end, reason: "longer" });
    later(2);
    await house.end(id);
    await house.amendGrant(grantId);
    expect(await house.request(id)).toMatchObject({ status: "GRANTING", window: { end } });
    await house.provision(grantId);
    expect(await house.request(id)).toMatchObject({ status: "GRANTED", amendments: [{ outcome: "WRITTEN" }] });
    expect(house.zpa.stored.filter((each) => each.end > house.clock.at)).toMatchObject([{ start: house.clock.at, end }]);
  });

  it("is made anew, too, when the first answer was lost and its effect is over", async () => {
    const { id } = await house.ask({ time: { start: { kind: "onApproval" }, end: { kind: "at", at: inHours(1) }, workingHours: null } });
    await house.approve(id);
    const { id: grantId } = await only(id);
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    const end = inHours(9);
    await house.change(id, { end, reason: "longer" });
    later(2);
    await house.provision(grantId, 1);
    expect((await house.request(id)).status).toBe("GRANTED");
    expect(house.zpa.stored.filter((each) => each.end > house.clock.at)).toMatchObject([{ end }]);
    await house.sweepLate(grantId);
    expect(house.zpa.stored.filter((each) => each.end > house.clock.at)).toHaveLength(1);
  });
});

describe("a run that was frozen while another took the grant over", () => {
  it("writes nothing of what it read before", async () => {
    house.clock.at = new Date("2027-10-30T12:00:00Z");
    const hours = { ...day, timeZone: "Europe/Berlin" };
    const { id, grantId } = await granted(new Date("2027-12-01T12:00:00Z"), {
      time: { start: { kind: "onApproval" }, end: { kind: "at", at: new Date("2027-12-01T12:00:00Z") }, workingHours: hours },
    });
    house.clock.at = new Date("2027-10-31T01:00:00Z");
    const end = new Date("2027-11-05T12:00:00Z");
    const approvals = {
      ...house.zpa.approvals,
      get: async (...args: Parameters<typeof house.zpa.approvals.get>) => {
        const found = await house.zpa.approvals.get(...args);
        await house.db.updateTable("access_grant").set({ claimed_by: null, claimed_until: null }).where("id", "=", grantId).execute();
        await house.change(id, { end, reason: null }, "UANA");
        await house.amendGrant(grantId);
        await house.db
          .updateTable("access_grant")
          .set({ claimed_by: crypto.randomUUID(), claimed_until: new Date(Date.now() + HOUR) })
          .where("id", "=", grantId)
          .execute();
        return found;
      },
    };
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    await expect(realignGrant({ ...house.ports, zpa: { approvals } })({ grantId }, attempt)).rejects.toThrow("unexpected");
    expect(house.zpa.stored).toMatchObject([{ end }]);
    await house.db.updateTable("access_grant").set({ claimed_by: null, claimed_until: null }).where("id", "=", grantId).execute();
  });
});

describe("what a form showed", () => {
  it("must still be so where it is changed", async () => {
    const { id } = await granted(inHours(20));
    const seen = { end: inHours(20), workingHours: null };
    await house.change(id, { end: inHours(4), reason: "an emergency" }, "UCHI");
    await expect(house.change(id, { end: inHours(19), reason: "a little less", seen })).rejects.toThrow("card_stale");
    const hours: WorkingHours = { days: [...WEEKDAYS], start: "00:00", end: "23:59", timeZone: "Etc/UTC" };
    await house.change(id, { end: null, workingHours: hours, reason: "hours", seen });
    expect((await house.request(id)).window?.end).toEqual(inHours(4));
  });
});
