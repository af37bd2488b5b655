/**
 * Contract: whoever holds access can go on with it by one new request for each end, however often and by whomever it is asked for, and
 * without a gap; an end is warned of once; what is taken from a person is all that they have; and nobody loses access because Slack is away.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { warnAt } from "../../../src/services/access/end-warning.ts";
import { dueCalls } from "../../../src/services/notify/due-calls.ts";
import { dueNotices } from "../../../src/services/notify/due-notices.ts";
import { aHouse, type House } from "./a-house.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (ben !== undefined) house.known.set("UROOT", { ...ben, userId: "UROOT", name: "Root", zpaUser: "root@example.com" });
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.at = new Date(house.clock.at.getTime() + 48 * HOUR);
  house.zpa.stored.length = 0;
  await house.dropRules();
});

async function granted(change: Parameters<House["ask"]>[0] = {}) {
  const { id } = await house.ask(change);
  await house.approve(id);
  for (const { id: grantId } of await house.grants(id)) await house.provision(grantId);
  const request = await house.request(id);
  if (request.window === null) throw new Error("nothing was granted");
  house.enqueued.length = 0;
  return { id, window: request.window, label: `PRA-${request.number}` };
}
const later = (milliseconds: number) => {
  house.clock.at = new Date(house.clock.at.getTime() + milliseconds);
};
const said = async (id: string) => dueNotices(await house.overview(id)).map(({ step }) => step.notice);

describe("a renewal", () => {
  it("is a request of its own, for the same, as long as before, from the instant at which the old one ends", async () => {
    const { id, window, label } = await granted();
    const [renewal] = await house.renew(id);
    expect(renewal).toMatchObject({
      status: "PENDING",
      origin: "RENEWAL",
      renewsId: id,
      reason: `Renewal of ${label}: OPS-123`,
      time: { start: { kind: "at", at: window.end }, end: { kind: "at", at: new Date(window.end.getTime() + HOUR) } },
    });
    await house.approve(renewal?.id ?? "");
    const [grant] = await house.grants(renewal?.id ?? "");
    await house.provision(grant?.id ?? "");
    expect(house.zpa.stored.map(({ start, end }) => [start, end])).toEqual([
      [window.start, window.end],
      [window.end, new Date(window.end.getTime() + HOUR)],
    ]);
    expect((await house.overview(id)).renewedBy).toEqual([{ label: `PRA-${renewal?.number}`, status: "GRANTED" }]);
    expect((await house.overview(renewal?.id ?? "")).renews).toBe(label);
  });

  it("is made once for an end, however often it is asked for, before that end and after, by either of the holders", async () => {
    const { id, window } = await granted({ by: { teamId: "T1", userId: "UCHI" }, beneficiaryUserId: "UANA" });
    const both = await Promise.all([house.renew(id, "UANA"), house.renew(id, "UCHI"), house.renew(id, "UANA")]);
    house.clock.at = new Date(window.end.getTime() + MINUTE);
    await house.end(id);
    const ids = [...both, await house.renew(id, "UANA")].map(([each]) => each?.id);
    expect(new Set(ids).size).toBe(1);
  });

  it("starts with its approval where the old one is over by then, and says its reason once however often it is renewed", async () => {
    const first = await granted();
    later(2 * HOUR);
    await house.end(first.id);
    const [second] = await house.renew(first.id);
    expect(second?.time).toMatchObject({ start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 } });
    await house.approve(second?.id ?? "");
    const [grant] = await house.grants(second?.id ?? "");
    await house.provision(grant?.id ?? "");
    const [third] = await house.renew(second?.id ?? "");
    expect(third?.reason).toBe(`Renewal of PRA-${second?.number}: OPS-123`);
  });

  it("is as long as the rules allow by now, and passes where they let it pass", async () => {
    const { id, window } = await granted({
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 7200 }, workingHours: null },
    });
    await house.writeRules("TENANT", "", { longestWindowHours: 1, approvers: ["UBEN"] });
    const [renewal] = await house.renew(id);
    expect(renewal?.time.end).toEqual({ kind: "at", at: new Date(window.end.getTime() + HOUR) });
  });

  it("can be asked for again when it came to nothing without a decision against it", async () => {
    const { id } = await granted();
    const [withdrawn] = await house.renew(id);
    const { id: approvalId } = await house.approvalOf(withdrawn?.id ?? "");
    await house.decide(approvalId, { kind: "cancel", by: { teamId: "T1", userId: "UANA" }, comment: null });
    const [again] = await house.renew(id);
    expect(again?.id).not.toBe(withdrawn?.id);
    const { id: next, version } = await house.approvalOf(again?.id ?? "");
    await house.decide(next, { kind: "reject", by: { teamId: "T1", userId: "UBEN" }, version, comment: "no" });
    expect((await house.renew(id))[0]).toMatchObject({ id: again?.id, status: "REJECTED" });
  });

  it("is the holder's to ask for, and nobody renews what was taken away", async () => {
    const { id } = await granted();
    await expect(house.renew(id, "UBEN")).rejects.toThrow("not_allowed");
    await house.revoke(id);
    await expect(house.renew(id)).rejects.toThrow("access_not_renewable");
  });
});

describe("the warning before the end", () => {
  it("comes half an hour before, and in the last quarter of a short window", () => {
    const start = new Date("2026-11-02T08:00:00Z");
    const lead = (hours: number) => {
      const end = new Date(start.getTime() + hours * HOUR);
      return (end.getTime() - warnAt({ start, end }, 30).getTime()) / MINUTE;
    };
    expect([8, 2, 1, 0.1].map(lead)).toEqual([30, 30, 15, 1.5]);
  });

  it("is planned when access is granted, and again when its end changes; one that comes early sets itself again", async () => {
    const { id, window } = await granted();
    await house.warnEnd(id);
    expect(house.enqueued).toContainEqual(
      expect.objectContaining({ queue: "warn-end", startAfter: new Date(window.end.getTime() - 15 * MINUTE) }),
    );
    house.enqueued.length = 0;
    const end = new Date(window.end.getTime() + 3 * HOUR);
    await house.change(id, { end, reason: "INC-7" });
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "warn-end", payload: { requestId: id } }));
    house.clock.at = new Date(window.end.getTime() - 15 * MINUTE);
    house.enqueued.length = 0;
    await house.warnEnd(id);
    expect(house.enqueued).toEqual([{ queue: "warn-end", payload: { requestId: id }, startAfter: new Date(end.getTime() - 30 * MINUTE) }]);
  });

  it("is said once for an end, not of what is renewed, and not of what is over", async () => {
    const { id, window } = await granted();
    expect(await said(id)).not.toContain("ending_soon");
    house.clock.at = new Date(window.end.getTime() - 10 * MINUTE);
    await house.warnEnd(id);
    expect(house.enqueued).toEqual([{ queue: "project-request", payload: { requestId: id }, startAfter: undefined }]);
    const [first] = dueNotices(await house.overview(id)).filter(({ step }) => step.notice === "ending_soon");
    expect(first?.key).toBe(`ending_soon:${id}:${window.end.getTime() / 1000}`);
    await house.renew(id);
    expect(await said(id)).not.toContain("ending_soon");
    await house.finish(id);
    house.enqueued.length = 0;
    await house.warnEnd(id);
    expect(house.enqueued).toEqual([]);
  });
});

describe("what people hear of access that changes and ends", () => {
  it("is each step once, and who ended it and why", async () => {
    const { id, window } = await granted();
    const [grant] = await house.grants(id);
    await house.change(id, { end: new Date(window.end.getTime() - 10 * MINUTE), reason: null }, "UANA");
    expect(await said(id)).toContain("amending");
    await house.amendGrant(grant?.id ?? "");
    expect(await said(id)).toContain("amended");
    await house.change(id, { end: new Date(window.end.getTime() + HOUR), reason: "more" });
    house.zpa.faults.update.push("refused");
    await house.amendGrant(grant?.id ?? "");
    expect(await said(id)).toContain("not_amended");
    await house.revoke(id);
    expect((await said(id)).at(-1)).toBe("ending");
    await house.endGrant(grant?.id ?? "");
    expect((await said(id)).at(-1)).toBe("ended");
  });

  it("calls administrators when an end does not come about", async () => {
    const { id } = await granted();
    const [grant] = await house.grants(id);
    await house.finish(id);
    house.zpa.faults.delete.push("refused");
    await expect(house.endGrant(grant?.id ?? "")).rejects.toThrow("zpa_refused");
    const overview = await house.overview(id);
    expect(dueCalls(overview, house.clock.at, house.admins)).toMatchObject([{ kind: "not_ended", to: house.admins }]);
    expect(await said(id)).toContain("not_ended");
    expect((await house.home("UANA")).myAccess.find(({ requestId }) => requestId === id)?.status).toBe("ENDING");
    await house.endGrant(grant?.id ?? "", 1);
    expect(dueCalls(await house.overview(id), house.clock.at, house.admins)).toEqual([]);
  });
});

describe("taking everything from a person", () => {
  it("ends what stands or is on its way and withdraws what waits by or for them, with a result for each", async () => {
    const stands = await granted();
    const coming = await house.ask();
    await house.approve(coming.id);
    const waits = await house.ask({ by: { teamId: "T1", userId: "UCHI" }, beneficiaryUserId: "UANA" });
    const others = await granted({ by: { teamId: "T1", userId: "UCHI" } });
    const outcomes = await house.revokePerson("UANA");
    const byId = new Map(outcomes.map(({ requestId, outcome }) => [requestId, outcome]));
    expect([stands.id, coming.id, waits.id, others.id].map((id) => byId.get(id))).toEqual(["ENDING", "ENDED", "CANCELLED", undefined]);
    expect(await house.request(stands.id)).toMatchObject({ status: "ENDING", ending: { cause: "REVOKED", by: "UROOT", reason: "INC-9" } });
    expect(await house.request(waits.id)).toMatchObject({ status: "CANCELLED" });
    expect(await house.request(others.id)).toMatchObject({ status: "GRANTED" });
    expect(await house.revokePerson("UANA")).toEqual([]);
  });

  it("is for administrators, with a reason; the command line acts under the account of the machine", async () => {
    const { id } = await granted();
    await expect(house.revokePerson("UANA", { teamId: "T1", userId: "UBEN" })).rejects.toThrow("admins_only");
    await expect(house.revokePerson("UANA", undefined, " ")).rejects.toThrow("comment_required");
    await house.revokePerson("UANA", { osUser: "root" });
    expect(await house.request(id)).toMatchObject({ ending: { by: "cli:root" } });
  });
});

describe("somebody who has left Slack", () => {
  it("loses what they hold, once, and whoever holds something else keeps it", async () => {
    const mine = await granted();
    const theirs = await granted({ by: { teamId: "T1", userId: "UCHI" } });
    const ana = house.known.get("UANA");
    house.known.delete("UANA");
    try {
      await house.sweepHolders();
      await house.sweepHolders();
      expect(await house.request(mine.id)).toMatchObject({ status: "ENDING", ending: { cause: "LEFT", by: "portcullis" } });
      expect((await house.ledger(mine.id)).filter((kind) => kind === "access.ending")).toHaveLength(1);
      expect(await house.request(theirs.id)).toMatchObject({ status: "GRANTED", ending: null });
    } finally {
      if (ana !== undefined) house.known.set("UANA", ana);
    }
  });

  it("is not taken for gone while Slack does not answer", async () => {
    const { id } = await granted();
    const trusted = house.ports.people.trusted;
    Object.assign(house.ports.people, {
      trusted: async () => {
        throw new PortcullisError("slack_unreachable");
      },
    });
    try {
      await house.sweepHolders();
    } finally {
      Object.assign(house.ports.people, { trusted });
    }
    expect(await house.request(id)).toMatchObject({ status: "GRANTED", ending: null });
  });
});

describe("while ZPA does not answer", () => {
  it("the card says since when the grant waits, until it is written", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    const [grant] = await house.grants(id);
    const grantId = grant?.id ?? "";
    house.zpa.faults.create.push("lost-after-effect");
    const since = house.clock.at.getTime() / 1000;
    await expect(house.provision(grantId)).rejects.toThrow("zpa_timeout");
    later(MINUTE);
    expect((await house.grants(id))[0]?.failure?.params).toMatchObject({ sinceEpochSeconds: since });
    await house.provision(grantId, 1);
    expect((await house.grants(id))[0]).toMatchObject({ status: "GRANTED", failure: null });
  });

  it("an end that does not come about within a minute is told", async () => {
    const { id } = await granted();
    const [grant] = await house.grants(id);
    await house.finish(id);
    house.zpa.faults.delete.push("lost-before-effect");
    await expect(house.endGrant(grant?.id ?? "", 4)).rejects.toThrow();
    expect(await said(id)).not.toContain("not_ended");
    house.zpa.faults.delete.push("lost-before-effect");
    await expect(house.endGrant(grant?.id ?? "", 5)).rejects.toThrow();
    expect(await said(id)).toContain("not_ended");
  });
});
