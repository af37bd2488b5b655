/**
 * Contract: what administrators decide about a finding happens exactly once and is proven, at the click, with what they looked at.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aReconciler, type Reconciler } from "./a-reconciler.ts";

const HOUR = 3_600_000;
let house: Reconciler;
beforeAll(async () => {
  house = await aReconciler();
});
afterAll(() => house.close());
beforeEach(() => house.clear());

describe("restore", () => {
  it("writes back what somebody changed, and proves it", async () => {
    const { zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    await house.judge((await house.only("CHANGED")).id, "restore", null);
    await house.work();
    expect(house.zpa.stored).toMatchObject([{ id: zpaId, end: grant.end }]);
    expect(house.said()).toEqual(["CHANGED RESTORED"]);
    expect(await house.events()).toContain("grant.restored");
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    expect(house.said()).toEqual(["CHANGED RESTORED", "CHANGED OPEN"]);
  });

  it("makes what is missing real again exactly once, also when the answer is lost", async () => {
    const { id, zpaId, grant } = await house.aGrant();
    house.remove(zpaId);
    await house.pass();
    const finding = await house.only("MISSING");
    await house.judge(finding.id, "restore", null);
    await expect(house.judge(finding.id, "restore", null)).rejects.toThrow("finding_settled");
    house.zpa.faults.create.push("lost-after-effect");
    await house.carryOut(finding.id);
    expect(await house.request(id)).toMatchObject({ status: "GRANTING" });
    await expect(house.provision(grant.id)).rejects.toThrow("zpa_timeout");
    await house.provision(grant.id);
    await house.work();
    expect(house.zpa.stored).toMatchObject([{ emailIds: ["ana@example.com"], end: grant.end }]);
    expect(await house.request(id)).toMatchObject({ status: "GRANTED" });
    expect(house.said()).toEqual(["MISSING RESTORED"]);
    expect(await house.pass()).toMatchObject({ asIntended: 1, missing: 0 });
  });

  it("does nothing where it is there again", async () => {
    const { zpaId } = await house.aGrant();
    const [kept] = house.zpa.stored;
    house.remove(zpaId);
    await house.pass();
    if (kept !== undefined) house.zpa.stored.push(kept);
    await house.judge((await house.only("MISSING")).id, "restore", null);
    await house.work();
    expect(house.standing()).toEqual([zpaId]);
    expect(house.said()).toEqual(["MISSING GONE"]);
  });

  it("that ZPA refuses opens the finding again and says why, with a reference that is in the log", async () => {
    const { zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    house.zpa.faults.update.push("refused");
    await house.judge((await house.only("CHANGED")).id, "restore", null);
    await house.work();
    const finding = await house.only("CHANGED");
    expect(finding).toMatchObject({ wanted: null, failure: { code: "zpa_refused" } });
    expect(house.lines.some(({ reference }) => reference === finding.failure?.reference)).toBe(true);
  });
});

describe("adopt", () => {
  it("makes what somebody changed the intention, as a change of the access with who and why", async () => {
    const { id, zpaId, grant } = await house.aGrant();
    const end = new Date(grant.end.getTime() - HOUR);
    house.change(zpaId, { end });
    await house.pass();
    const { id: findingId } = await house.only("CHANGED");
    await expect(house.judge(findingId, "adopt", " ")).rejects.toThrow("comment_required");
    await house.judge(findingId, "adopt");
    await house.work();
    const request = await house.request(id);
    expect(request.window?.end).toEqual(end);
    expect(request.amendments).toMatchObject([{ by: "UROOT", reason: "INC-7", outcome: "WRITTEN", after: { end } }]);
    expect(await house.ledger(id)).toContain("access.amended");
    expect(house.said()).toEqual(["CHANGED ADOPTED"]);
    expect(await house.pass()).toMatchObject({ asIntended: 1 });
  });

  it("is refused where somebody else got the access", async () => {
    const { zpaId } = await house.aGrant();
    house.change(zpaId, { emailIds: ["eve@example.com"] });
    await house.pass();
    await expect(house.judge((await house.only("CHANGED")).id, "adopt")).rejects.toThrow("finding_not_possible");
  });

  it("makes a foreign one known, with a reason and an owner, until it changes", async () => {
    const { id } = house.aForeign();
    await house.pass();
    await house.judge((await house.only("FOREIGN")).id, "adopt");
    await house.work();
    await house.pass();
    expect(house.said()).toEqual(["FOREIGN ADOPTED"]);
    house.change(id, { segmentIds: ["seg-1", "seg-2"] });
    await house.pass();
    expect(house.said()).toEqual(["FOREIGN ADOPTED", "FOREIGN OPEN"]);
    expect((await house.findings())[0]).toMatchObject({ owner: "UROOT", reason: "INC-7" });
  });
});

describe("ignore", () => {
  it("is not told again while it is the same, and is when it changes", async () => {
    const { zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    await house.judge((await house.only("CHANGED")).id, "ignore", null);
    await house.work();
    await house.pass();
    expect(house.said()).toEqual(["CHANGED IGNORED"]);
    house.change(zpaId, { end: new Date(grant.end.getTime() + 2 * HOUR) });
    await house.pass();
    expect(house.said()).toEqual(["CHANGED IGNORED", "CHANGED OPEN"]);
  });
});

describe("revoke", () => {
  it("ends the access of a request", async () => {
    const { id, zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    await house.judge((await house.only("CHANGED")).id, "revoke");
    await house.work();
    expect(house.standing()).toEqual([]);
    expect(await house.request(id)).toMatchObject({ status: "ENDED", ending: { cause: "REVOKED", by: "UROOT", reason: "INC-7" } });
    expect(house.said()).toEqual(["CHANGED REVOKED"]);
  });

  it("deletes a foreign one, and only as it was looked at", async () => {
    const { id } = house.aForeign();
    await house.pass();
    const finding = await house.only("FOREIGN");
    await house.judge(finding.id, "revoke");
    house.change(id, { segmentIds: ["seg-1"] });
    await house.work();
    expect(house.standing()).toEqual([id]);
    expect(await house.only("FOREIGN")).toMatchObject({ failure: { code: "finding_changed" } });
    await house.pass();
    await house.judge(finding.id, "revoke");
    await house.work();
    expect(house.standing()).toEqual([]);
    expect(house.said()).toEqual(["FOREIGN REVOKED"]);
  });
});

describe("where a finding is told", () => {
  it("is the administrators in person where the channel refuses it", async () => {
    house.refusing.add("C1");
    house.aForeign();
    await house.pass();
    house.refusing.clear();
    const cards = await house.db.selectFrom("finding_card").select("place").execute();
    expect(cards).toEqual([{ place: "admin:UROOT" }]);
  });
});

describe("what was decided", () => {
  it("comes about with the next pass where its job was lost", async () => {
    house.aForeign();
    await house.pass();
    await house.judge((await house.only("FOREIGN")).id, "revoke");
    house.enqueued.length = 0;
    await house.pass();
    expect(house.standing()).toEqual([]);
    expect((await house.findings()).map(({ status }) => status)).toEqual(["REVOKED"]);
  });
});

describe("who may judge", () => {
  it.each([
    ["the holder", "UANA", "admins_only"],
    ["an approver", "UBEN", "admins_only"],
    ["another approver", "UCHI", "admins_only"],
    ["nobody that is known", "UEVE", "person_deactivated"],
  ])("is not %s, whatever the finding and the verdict", async (_, userId, code) => {
    const { zpaId, grant } = await house.aGrant();
    const gone = await house.aGrant({ consoleIds: ["many-1"] });
    house.change(zpaId, { end: new Date(grant.end.getTime() + HOUR) });
    house.remove(gone.zpaId);
    house.aForeign();
    await house.pass();
    const before = house.standing();
    const findings = await house.open();
    expect(findings.map(({ kind }) => kind).toSorted()).toEqual(["CHANGED", "FOREIGN", "MISSING"]);
    for (const { id } of findings)
      for (const verdict of ["adopt", "restore", "ignore", "revoke"] as const)
        await expect(house.judge(id, verdict, "INC-7", null, userId)).rejects.toThrow(code);
    await house.work();
    expect(house.standing()).toEqual(before);
    expect(await house.open()).toHaveLength(3);
  });

  it("is an administrator, at the click, with what they looked at", async () => {
    house.aForeign();
    await house.pass();
    const { id, version } = await house.only("FOREIGN");
    for (const verdict of ["adopt", "ignore", "revoke"] as const) {
      await expect(house.judge(id, verdict, "INC-7", version, "UBEN")).rejects.toThrow("admins_only");
      await expect(house.judge(id, verdict, "INC-7", version + 1)).rejects.toThrow("finding_changed");
    }
    await expect(house.judge(id, "restore", null)).rejects.toThrow("finding_not_possible");
    await expect(house.service.list({ by: { teamId: "T1", userId: "UBEN" }, after: null, limit: 1 })).rejects.toThrow("admins_only");
    await expect(house.service.deleteExpired({ by: { teamId: "T1", userId: "UBEN" }, microtenantId: null })).rejects.toThrow("admins_only");
    expect(house.standing()).toHaveLength(1);
  });

  it("is another administrator where it concerns their own access", async () => {
    house.aForeign("root@example.com");
    await house.pass();
    const { id } = await house.only("FOREIGN");
    await expect(house.judge(id, "adopt")).rejects.toThrow("finding_own");
    await expect(house.judge(id, "ignore", null)).rejects.toThrow("finding_own");
    await house.judge(id, "revoke");
    await house.work();
    expect(house.standing()).toEqual([]);
  });
});
