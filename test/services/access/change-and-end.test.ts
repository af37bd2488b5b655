/**
 * Contract: what somebody with the right wants of granted access is what stands in ZPA in the end, whatever ZPA answers and whatever
 * else is under way with it; narrower at the holder's word, wider only at a decider's; and what is over is proven to be gone.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { aHouse, type House } from "./a-house.ts";

const HOUR = 3_600_000;
let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.at = new Date(house.clock.at.getTime() + 60_000);
  house.zpa.stored.length = 0;
  house.zpa.calls.length = 0;
  house.enqueued.length = 0;
});

const hours: WorkingHours = { days: ["MON", "TUE"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" };
const inHours = (count: number) => new Date(house.clock.at.getTime() + count * HOUR);

async function granted(change: Parameters<House["ask"]>[0] = {}) {
  const { id } = await house.ask({
    time: { start: { kind: "onApproval" }, end: { kind: "at", at: inHours(100) }, workingHours: null },
    ...change,
  });
  await house.approve(id);
  const [grant] = await house.grants(id);
  if (grant === undefined) throw new Error("no grant was planned");
  await house.provision(grant.id);
  house.zpa.calls.length = 0;
  return { id, grantId: grant.id, start: grant.start, end: grant.end };
}

describe("a change of granted access", () => {
  it("shortens at the holder's word: one PUT with the start that stands, read back before it is said", async () => {
    const { id, grantId, start } = await granted();
    const end = inHours(10);
    await house.change(id, { end, reason: null }, "UANA");
    expect(await house.request(id)).toMatchObject({
      status: "GRANTED",
      window: { start, end },
      amendments: [{ by: "UANA", outcome: "WANTED" }],
    });
    await house.amendGrant(grantId);
    expect(house.zpa.calls).toEqual(["get", "update", "get"]);
    expect(house.zpa.stored).toMatchObject([{ start, end }]);
    expect((await house.request(id)).amendments).toMatchObject([{ outcome: "WRITTEN" }]);
    expect((await house.ledger(id)).slice(-2)).toEqual(["access.amended", "grant.amended"]);
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "end-request", startAfter: end }));
  });

  it("needs a decision where it opens more, and the holder is told so", async () => {
    const { id } = await granted();
    await expect(house.change(id, { end: inHours(200), reason: "still broken" }, "UANA")).rejects.toThrow("change_needs_decision");
    await expect(house.change(id, { end: null, workingHours: hours, reason: null }, "UDAN")).rejects.toThrow("person_deactivated");
    expect((await house.request(id)).amendments).toEqual([]);
  });

  it("extends at an approver's word, with a reason", async () => {
    const { id, grantId, start } = await granted();
    await expect(house.change(id, { end: inHours(200), reason: " " })).rejects.toThrow("comment_required");
    const end = inHours(200);
    await house.change(id, { end, reason: "INC-7 goes on" });
    await house.amendGrant(grantId);
    expect(house.zpa.stored).toMatchObject([{ start, end }]);
  });

  it("writes other hours with the crons of this instant, and comes back at the next change of the offset", async () => {
    const { id, grantId } = await granted({
      time: { start: { kind: "onApproval" }, end: { kind: "at", at: new Date("2027-05-01T00:00:00Z") }, workingHours: hours },
    });
    const lisbon = { ...hours, timeZone: "Europe/Lisbon" };
    await house.change(id, { end: null, workingHours: lisbon, reason: "she moved" });
    house.enqueued.length = 0;
    await house.amendGrant(grantId);
    expect(house.zpa.stored[0]?.workingHours).toMatchObject({ timeZone: "Europe/Lisbon", startTimeCron: "0 0 9 ? * MON,TUE" });
    expect(house.enqueued).toContainEqual(
      expect.objectContaining({ queue: "realign-grant", startAfter: new Date("2027-03-28T00:59:00Z") }),
    );
  });

  it("that is made before the grant is proven is what ends up in ZPA", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    const [grant] = await house.grants(id);
    const grantId = grant?.id ?? "";
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    const end = new Date((grant?.end.getTime() ?? 0) - 600_000);
    await house.change(id, { end, reason: null }, "UANA");
    await house.provision(grantId, 1);
    expect(house.zpa.stored).toMatchObject([{ end }]);
    expect(await house.request(id)).toMatchObject({ status: "GRANTED", amendments: [{ outcome: "WRITTEN" }] });
  });

  it("survives an answer that is lost, and a second change before the first is written", async () => {
    const { id, grantId } = await granted();
    await house.change(id, { end: inHours(20), reason: null }, "UANA");
    house.zpa.faults.update.push("lost-after-effect");
    await expect(house.amendGrant(grantId)).rejects.toThrow("zpa_timeout");
    const end = inHours(10);
    await house.change(id, { end, reason: null }, "UANA");
    await house.amendGrant(grantId, 1);
    expect(house.zpa.stored).toMatchObject([{ end }]);
    expect((await house.request(id)).amendments.map(({ outcome }) => outcome)).toEqual(["WRITTEN", "WRITTEN"]);
  });

  it("that ZPA refuses is taken back: request and grant say what stands, and why", async () => {
    const { id, grantId, end } = await granted();
    await house.change(id, { end: inHours(200), reason: "more" });
    house.zpa.faults.update.push("refused");
    await house.amendGrant(grantId);
    expect(house.zpa.stored).toMatchObject([{ end }]);
    const request = await house.request(id);
    expect(request).toMatchObject({
      status: "GRANTED",
      window: { end },
      amendments: [{ outcome: "REFUSED", failure: { code: "zpa_refused" } }],
    });
    expect(house.lines.some((line) => line.reference === request.amendments[0]?.failure?.reference)).toBe(true);
    expect((await house.grants(id))[0]).toMatchObject({ end, changingFrom: null });
  });

  it("of what somebody else has changed since is refused as stale, and of nothing is said to be nothing", async () => {
    const { id, end } = await granted();
    await expect(house.change(id, { end, reason: null }, "UANA")).rejects.toThrow("change_nothing");
  });

  it("never starts two privileged approvals that ZPA could not tell apart", async () => {
    const first = await granted();
    const second = await granted({
      time: { start: { kind: "at", at: first.start }, end: { kind: "at", at: inHours(50) }, workingHours: null },
    });
    await house.change(second.id, { end: first.end, reason: "as the other" });
    const [grant] = await house.grants(second.id);
    expect([grant?.start.getTime(), grant?.end.getTime()]).not.toEqual([first.start.getTime(), first.end.getTime()]);
  });
});

describe("an end before the window's", () => {
  it("at the holder's word deletes, asks, and only then says so", async () => {
    const { id, grantId } = await granted();
    await house.finish(id);
    expect(await house.request(id)).toMatchObject({ status: "ENDING", ending: { cause: "DONE", by: "UANA" } });
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "end-grant" }));
    await house.endGrant(grantId);
    expect(house.zpa.calls).toEqual(["delete", "get"]);
    expect(house.zpa.stored).toEqual([]);
    expect((await house.request(id)).status).toBe("ENDED");
    expect((await house.grants(id))[0]).toMatchObject({ status: "ENDED" });
  });

  it("by an approver has a reason; by the holder's colleague it is refused; nobody revokes their own as an approver", async () => {
    const { id } = await granted();
    await expect(house.revoke(id, "UBEN", "  ")).rejects.toThrow("comment_required");
    await expect(house.revoke(id, "UANA", "mine")).rejects.toThrow("not_allowed");
    await expect(house.finish(id, "UCHI")).rejects.toThrow("not_allowed");
    await house.revoke(id, "UCHI", "left the team");
    expect((await house.request(id)).ending).toMatchObject({ cause: "REVOKED", by: "UCHI", reason: "left the team" });
    await expect(house.revoke(id)).rejects.toThrow("access_not_open");
  });

  it("of a grant that was never sent is over at once", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    await house.finish(id);
    expect((await house.request(id)).status).toBe("ENDED");
    await house.provision((await house.grants(id))[0]?.id ?? "");
    expect(house.zpa.calls).toEqual([]);
  });

  it("finds what a lost attempt left, and what shows up after it was looked for", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    const grantId = (await house.grants(id))[0]?.id ?? "";
    house.zpa.faults.create.push("late-effect");
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    await house.revoke(id);
    await house.endGrant(grantId);
    expect((await house.request(id)).status).toBe("ENDED");
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "sweep-late-effects", payload: { grantId, round: 0 } }));
    house.zpa.bringLateEffects();
    await house.sweepLate(grantId);
    expect(house.zpa.stored).toEqual([]);
    expect((await house.ledger(id)).at(-1)).toBe("grant.effect-removed");
  });

  it("is never given up: a refusal is shown with its reference, and tried again", async () => {
    const { id, grantId } = await granted();
    await house.finish(id);
    house.zpa.faults.delete.push("refused");
    await expect(house.endGrant(grantId)).rejects.toThrow("zpa_refused");
    expect(await house.request(id)).toMatchObject({ status: "ENDING" });
    const [shown] = await house.grants(id);
    expect(house.lines.some((line) => line.reference === shown?.failure?.reference)).toBe(true);
    house.zpa.faults.delete.push("unreachable");
    house.enqueued.length = 0;
    await house.endGrant(grantId, 120, true);
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "end-grant", startAfter: inHours(1) }));
    await house.endGrant(grantId);
    expect(await house.request(id)).toMatchObject({ status: "ENDED" });
  });

  it("survives an answer that is lost after the effect", async () => {
    const { id, grantId } = await granted();
    await house.finish(id);
    house.zpa.faults.delete.push("lost-after-effect");
    await expect(house.endGrant(grantId)).rejects.toThrow("zpa_timeout");
    await house.endGrant(grantId, 1);
    expect((await house.request(id)).status).toBe("ENDED");
  });

  it("never cuts another request's access to the same console", async () => {
    const [first, second] = [await granted(), await granted()];
    await house.finish(first.id);
    await house.endGrant(first.grantId);
    expect(house.zpa.stored).toHaveLength(1);
    expect((await house.request(second.id)).status).toBe("GRANTED");
  });

  it("is the end of the window, too, when that came before a shortening could be written", async () => {
    const { id, grantId } = await granted();
    await house.change(id, { end: inHours(1), reason: null }, "UANA");
    house.zpa.faults.get.push("unreachable");
    await expect(house.amendGrant(grantId)).rejects.toThrow("zpa_unreachable");
    house.clock.at = inHours(2);
    await house.end(id);
    expect((await house.request(id)).status).toBe("ENDING");
    await house.endGrant(grantId);
    expect(house.zpa.stored).toEqual([]);
    expect((await house.request(id)).status).toBe("ENDED");
  });

  it("is taken up again by whoever starts next", async () => {
    const [one, two, three] = [await granted(), await granted(), await granted()];
    await house.finish(one.id);
    await house.change(two.id, { end: inHours(3), reason: null }, "UANA");
    house.enqueued.length = 0;
    await house.resume();
    const again = house.enqueued.map(({ queue, payload }) => ({ queue, payload }));
    expect(again).toContainEqual({ queue: "end-grant", payload: { grantId: one.grantId } });
    expect(again).toContainEqual({ queue: "amend-grant", payload: { grantId: two.grantId } });
    expect(JSON.stringify(again)).not.toContain(three.grantId);
  });
});

describe("a twin that comes to light beside a grant that stands", () => {
  it("goes, and the lowest id stays, as intended now", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    const grantId = (await house.grants(id))[0]?.id ?? "";
    house.zpa.faults.create.push("late-effect");
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    await house.provision(grantId, 1);
    expect((await house.request(id)).status).toBe("GRANTED");
    house.zpa.bringLateEffects();
    expect(house.zpa.stored).toHaveLength(2);
    const ids = house.zpa.stored.map((each) => each.id).toSorted();
    await house.sweepLate(grantId);
    expect(house.zpa.stored.map((each) => each.id)).toEqual([ids[0]]);
  });
});

describe("hours that need another number of privileged approvals", () => {
  it("plan one more, or end one, and the request is changed when all of it is so", async () => {
    const split = await aHouse({ overnightHours: "split" });
    const { id } = await split.ask({
      time: { start: { kind: "onApproval" }, end: { kind: "at", at: new Date("2026-12-20T00:00:00Z") }, workingHours: hours },
    });
    await split.approve(id);
    const [day] = await split.grants(id);
    await split.provision(day?.id ?? "");
    await split.change(id, { end: null, workingHours: { ...hours, start: "22:00", end: "06:00" }, reason: "night shift" });
    const [before, after] = await split.grants(id);
    await split.amendGrant(before?.id ?? "");
    expect((await split.request(id)).amendments).toMatchObject([{ outcome: "WANTED" }]);
    await split.provision(after?.id ?? "");
    expect(await split.request(id)).toMatchObject({ status: "GRANTED", amendments: [{ outcome: "WRITTEN" }] });
    expect(split.zpa.stored).toHaveLength(2);
    await split.change(id, { end: null, workingHours: hours, reason: "day again" });
    await split.amendGrant(before?.id ?? "");
    await split.endGrant(after?.id ?? "");
    expect(split.zpa.stored).toMatchObject([{ workingHours: { start: "09:00", end: "17:00" } }]);
    expect((await split.request(id)).amendments.at(-1)).toMatchObject({ outcome: "WRITTEN" });
    await split.change(id, { end: null, workingHours: { ...hours, start: "22:00", end: "06:00" }, reason: "and again" });
    expect((await split.grants(id)).map(({ status }) => status).toSorted()).toEqual(["ENDED", "GRANTED", "PLANNED"]);
    await split.close();
  });
});
