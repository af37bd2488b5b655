/**
 * Contract: an approved request becomes exactly one privileged approval in each microtenant, whatever happens to the answers of
 * ZPA or to the process in between; "Granted" is said only of what was read back; nothing is granted whose right is gone.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { aHouse, type House } from "./a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.at = new Date(house.clock.at.getTime() + 60_000);
  house.zpa.stored.length = 0;
  house.zpa.calls.length = 0;
  house.enqueued.length = 0;
});

async function anApprovedRequest(change: Parameters<House["ask"]>[0] = {}) {
  const { id } = await house.ask(change);
  await house.approve(id);
  const [grant] = await house.grants(id);
  if (grant === undefined) throw new Error("no grant was planned");
  return { id, grant };
}

describe("a grant that meets no trouble", () => {
  it("costs one POST and one GET, and starts at the approval", async () => {
    const { id, grant } = await anApprovedRequest();
    await house.provision(grant.id);
    expect(house.zpa.calls).toEqual(["create", "get"]);
    expect(await house.request(id)).toMatchObject({ status: "GRANTED", window: { start: house.clock.at } });
    expect(house.zpa.stored).toMatchObject([{ emailIds: ["ana@example.com"], segmentIds: ["seg-1"], start: house.clock.at }]);
    expect(await house.ledger(id)).toEqual([
      "request.created",
      "approval.opened",
      "approval.seat_decided",
      "approval.settled",
      "grant.planned",
      "grant.attempted",
      "grant.granted",
    ]);
  });

  it("says GRANTING until it is read back", async () => {
    const { id } = await anApprovedRequest();
    expect((await house.request(id)).status).toBe("GRANTING");
  });

  it("does nothing when it is run again", async () => {
    const { grant } = await anApprovedRequest();
    await house.provision(grant.id);
    await house.provision(grant.id, 1);
    expect(house.zpa.stored).toHaveLength(1);
    expect(house.zpa.calls).toEqual(["create", "get"]);
  });

  it("makes one grant for each microtenant, and is GRANTED with the last", async () => {
    const { id } = await anApprovedRequest({ consoleIds: ["1", "2", "3"] });
    const [first, second] = await house.grants(id);
    expect([first?.microtenantId, second?.microtenantId]).toEqual([null, "77"]);
    await house.provision(first?.id ?? "");
    expect((await house.request(id)).status).toBe("GRANTING");
    await house.provision(second?.id ?? "");
    expect((await house.request(id)).status).toBe("GRANTED");
    expect(house.zpa.stored.map((each) => each.segmentIds)).toEqual([["seg-1"], ["seg-2"]]);
  });

  it("comes back at the end of the window, and at the next change of the zone's offset", async () => {
    const workingHours = { days: ["MON" as const], start: "09:00", end: "17:00", timeZone: "America/New_York" };
    const until = new Date("2027-04-01T00:00:00Z");
    const { grant } = await anApprovedRequest({ time: { start: { kind: "onApproval" }, end: { kind: "at", at: until }, workingHours } });
    await house.provision(grant.id);
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "end-request", startAfter: until }));
    expect(house.enqueued).toContainEqual(
      expect.objectContaining({ queue: "realign-grant", startAfter: new Date("2027-03-14T06:59:00Z") }),
    );
  });
});

describe("an answer that is lost", () => {
  it("after the effect: the next run finds it and posts nothing", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    await house.provision(grant.id, 1);
    expect(house.zpa.stored).toHaveLength(1);
    expect(house.zpa.calls).toEqual(["create", "list"]);
    expect((await house.request(id)).status).toBe("GRANTED");
  });

  it("before the effect: the next run looks, finds nothing, and posts", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("lost-before-effect");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    await house.provision(grant.id, 1);
    expect(house.zpa.calls).toEqual(["create", "list", "create", "get"]);
    expect((await house.request(id)).status).toBe("GRANTED");
  });

  it("with an effect that shows up late: the lowest id stays, its twin goes", async () => {
    const { grant } = await anApprovedRequest();
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    const [late] = house.zpa.stored;
    if (late === undefined) throw new Error("nothing was stored");
    house.zpa.keep({ ...late, email: "ana@example.com" });
    await house.provision(grant.id, 1);
    expect(house.zpa.stored.map((each) => each.id)).toEqual([late.id]);
  });

  it("never takes another grant's privileged approval for its own", async () => {
    const first = await anApprovedRequest();
    await house.provision(first.grant.id);
    const second = await anApprovedRequest();
    expect(second.grant.start).not.toEqual(first.grant.start);
    house.zpa.faults.create.push("lost-before-effect");
    await expect(house.provision(second.grant.id)).rejects.toThrow("zpa_timeout");
    await house.provision(second.grant.id, 1);
    expect(house.zpa.stored).toHaveLength(2);
  });

  it("of the read-back: the next run reads the id it kept", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.get.push("unreachable");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_unreachable");
    await house.provision(grant.id, 1);
    expect(house.zpa.calls).toEqual(["create", "get", "get"]);
    expect((await house.request(id)).status).toBe("GRANTED");
  });
});

describe("what no run can mend", () => {
  it("ends as FAILED with a code, and a reference that is in the log", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("refused");
    await house.provision(grant.id);
    const { status, failure } = await house.request(id);
    expect({ status, code: failure?.code }).toEqual({ status: "FAILED", code: "zpa_refused" });
    expect(house.lines.some((line) => line.reference === failure?.reference)).toBe(true);
  });

  it("is also the last of many runs that met the same trouble", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("unreachable");
    await house.provision(grant.id, 50, true);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "zpa_unreachable" } });
  });

  it("includes a person who left between the decision and the grant", async () => {
    const { id, grant } = await anApprovedRequest();
    const ana = house.known.get("UANA");
    house.known.delete("UANA");
    await house.provision(grant.id);
    if (ana !== undefined) house.known.set("UANA", ana);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "person_deactivated" } });
    expect(house.zpa.calls).toEqual([]);
  });

  it("includes a window that ended while ZPA was away: it is not moved", async () => {
    const { id, grant } = await anApprovedRequest();
    house.clock.at = new Date(house.clock.at.getTime() + 3_600_000);
    await house.provision(grant.id, 7);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "window_over" } });
    expect(house.zpa.calls).toEqual([]);
  });
});

describe("a decision or a write that comes late", () => {
  it("clamps a start that has passed to the decision", async () => {
    const start = new Date(house.clock.at.getTime() - 30 * 60_000);
    const end = new Date(house.clock.at.getTime() + 4 * 3_600_000);
    const { id } = await house.ask({ time: { start: { kind: "at", at: start }, end: { kind: "at", at: end }, workingHours: null } });
    house.clock.at = new Date(house.clock.at.getTime() + 2 * 3_600_000);
    await house.approve(id);
    expect((await house.request(id)).window).toEqual({ start: house.clock.at, end });
  });

  it("moves a start that ZPA would refuse by now, and never the end", async () => {
    const { grant } = await anApprovedRequest({
      time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 8 * 3600 }, workingHours: null },
    });
    house.clock.at = new Date(house.clock.at.getTime() + 2 * 3_600_000);
    await house.provision(grant.id, 9);
    expect(house.zpa.stored).toMatchObject([{ start: house.clock.at, end: grant.end }]);
  });

  it("fails a request whose window was over at the decision", async () => {
    const end = new Date(house.clock.at.getTime() + 3_600_000);
    const { id } = await house.ask({
      time: { start: { kind: "at", at: house.clock.at }, end: { kind: "at", at: end }, workingHours: null },
    });
    house.clock.at = end;
    await house.approve(id);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "window_over" } });
    expect(await house.grants(id)).toEqual([]);
  });
});

describe("what ZPA holds is not what was sent", () => {
  it("is written again, whole, and read back again", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.get.push("unreachable");
    await expect(house.provision(grant.id)).rejects.toThrow();
    const [stored] = house.zpa.stored;
    if (stored !== undefined) house.zpa.stored[0] = { ...stored, end: new Date(stored.end.getTime() + 86_400_000) };
    await house.provision(grant.id, 1);
    expect(house.zpa.calls).toEqual(["create", "get", "get", "update", "get"]);
    expect(house.zpa.stored[0]?.end).toEqual(grant.end);
    expect((await house.request(id)).status).toBe("GRANTED");
  });
});

describe("two runs of one grant", () => {
  it("never post twice: the second comes back later", async () => {
    const { id, grant } = await anApprovedRequest();
    const during: Promise<void>[] = [];
    const create = house.zpa.approvals.create;
    house.zpa.approvals.create = async (draft) => {
      during.push(house.provision(grant.id, 1));
      await during[0];
      return create(draft);
    };
    await house.provision(grant.id);
    house.zpa.approvals.create = create;
    expect(house.zpa.stored).toHaveLength(1);
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "provision-grant", payload: { grantId: grant.id } }));
    expect((await house.request(id)).status).toBe("GRANTED");
  });
});

describe("a grant that fails leaves nothing behind", () => {
  it("when the person left after an attempt whose answer was lost", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    const ana = house.known.get("UANA");
    house.known.delete("UANA");
    await house.provision(grant.id, 1);
    if (ana !== undefined) house.known.set("UANA", ana);
    expect(house.zpa.stored).toEqual([]);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "person_deactivated" } });
    expect(await house.ledger(id)).toContain("grant.effect-removed");
  });

  it("or comes back while ZPA cannot be asked, and says at the last run that it does not know", async () => {
    const { id, grant } = await anApprovedRequest();
    house.zpa.faults.create.push("lost-after-effect");
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    house.zpa.faults.list.push("unreachable", "unreachable");
    await expect(house.provision(grant.id, 1)).rejects.toThrow("zpa_unreachable");
    await house.provision(grant.id, 2, true);
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "zpa_timeout" } });
  });

  it("and a Slack that cannot be asked at the last run does not leave it granting for ever", async () => {
    const { id, grant } = await anApprovedRequest();
    const trusted = house.ports.people.trusted;
    Object.assign(house.ports.people, { trusted: () => Promise.reject(new PortcullisError("slack_unreachable")) });
    await expect(house.provision(grant.id)).rejects.toThrow("slack_unreachable");
    await house.provision(grant.id, 1, true);
    Object.assign(house.ports.people, { trusted });
    expect(await house.request(id)).toMatchObject({ status: "FAILED", failure: { code: "slack_unreachable" } });
  });
});

describe("a request of two microtenants of which one is refused", () => {
  it("is FAILED, keeps the part that was granted, and ends with its window", async () => {
    const { id } = await anApprovedRequest({ consoleIds: ["1", "3"] });
    const [first, second] = await house.grants(id);
    await house.provision(first?.id ?? "");
    house.zpa.faults.create.push("refused");
    await house.provision(second?.id ?? "");
    expect((await house.request(id)).status).toBe("FAILED");
    expect((await house.grants(id)).map((grant) => grant.status)).toEqual(["GRANTED", "FAILED"]);
    expect((await house.home("UANA")).myAccess.map((row) => row.requestId)).toContain(id);
    await house.end(id);
    expect((await house.request(id)).status).toBe("FAILED");
    house.clock.at = first?.end ?? house.clock.at;
    await house.end(id);
    expect((await house.request(id)).status).toBe("ENDED");
    expect((await house.grants(id)).map((grant) => grant.status)).toEqual(["ENDED", "FAILED"]);
  });
});

describe("the end of a window", () => {
  it("comes again when the job is early", async () => {
    const { id, grant } = await anApprovedRequest();
    await house.provision(grant.id);
    house.enqueued.length = 0;
    await house.end(id);
    expect(house.enqueued).toEqual([{ queue: "end-request", payload: { requestId: id }, startAfter: grant.end }]);
    expect((await house.request(id)).status).toBe("GRANTED");
  });
});
