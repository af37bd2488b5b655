/**
 * Contract: every privileged approval of the tenant is as intended, changed, missing or foreign; each finding is told once and kept true;
 * what administrators decide about it happens exactly once and is proven; nothing of others is deleted but by an administrator's word.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../../src/errors.ts";
import { aReconciler, type Reconciler } from "./a-reconciler.ts";

const HOUR = 3_600_000;
let house: Reconciler;
beforeAll(async () => {
  house = await aReconciler();
});
afterAll(() => house.close());
beforeEach(() => house.clear());

describe("a pass", () => {
  it("finds nothing where everything is as intended", async () => {
    await house.aGrant();
    expect(await house.pass()).toMatchObject({ listed: 1, asIntended: 1, changed: 0, missing: 0, foreign: 0, problem: null });
    expect(await house.findings()).toEqual([]);
  });

  it("leaves alone what is being worked on, and judges it when it has come to rest", async () => {
    const { zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() - HOUR) });
    await house.db
      .updateTable("access_grant")
      .set({ claimed_by: "another", claimed_until: new Date(Date.now() + HOUR) })
      .where("id", "=", grant.id)
      .execute();
    expect(await house.pass()).toMatchObject({ moving: 1, changed: 0 });
    await house.db.updateTable("access_grant").set({ claimed_by: null, claimed_until: null }).where("id", "=", grant.id).execute();
    expect(await house.pass()).toMatchObject({ moving: 0, changed: 1 });
  });

  it("finds the same thing once, however often it runs, and says it once", async () => {
    const { zpaId } = await house.aGrant();
    house.remove(zpaId);
    house.aForeign();
    await house.pass();
    await house.pass();
    expect(house.said().toSorted()).toEqual(["FOREIGN OPEN", "MISSING OPEN"]);
    expect(await house.findings()).toHaveLength(2);
  });

  it("has one run at a time", async () => {
    await house.db
      .updateTable("reconcile_pass")
      .set({ claimed_by: "another", claimed_until: new Date(Date.now() + HOUR) })
      .execute();
    await expect(house.pass()).rejects.toThrow("reconcile_running");
    await house.db.updateTable("reconcile_pass").set({ claimed_by: null, claimed_until: null }).execute();
  });

  it("says when what it found is no longer so", async () => {
    const { zpaId, grant } = await house.aGrant();
    house.change(zpaId, { end: new Date(grant.end.getTime() - HOUR) });
    const { id } = house.aForeign();
    await house.pass();
    house.change(zpaId, { end: grant.end });
    house.remove(id);
    await house.pass();
    expect(house.said().toSorted()).toEqual(["CHANGED GONE", "FOREIGN GONE"]);
  });

  it("is not concerned with foreign ones that are over", async () => {
    house.aForeign("eve@example.com", -1);
    expect(await house.pass()).toMatchObject({ foreign: 1 });
    expect(await house.findings()).toEqual([]);
  });

  it("tells many foreign ones with one message, and later ones with one each", async () => {
    for (let number = 0; number < 30; number += 1) house.aForeign(`eve${number}@example.com`);
    await house.pass();
    expect(house.said()).toEqual(["MANY OPEN"]);
    expect([...house.wall.values()][0]?.body.counts).toMatchObject({ FOREIGN: 30 });
    house.aForeign("late@example.com");
    await house.pass();
    expect(house.said()).toEqual(["MANY OPEN", "FOREIGN OPEN"]);
    const first = await house.service.list({ by: house.root, after: null, limit: 20 });
    const second = await house.service.list({ by: house.root, after: first.next, limit: 20 });
    expect(new Set([...first.findings, ...second.findings].map(({ id }) => id)).size).toBe(31);
    expect(second.next).toBeNull();
  });
});

describe("a list that cannot be believed", () => {
  it("that is empty makes nothing missing that ZPA has by its id, and nothing foreign gone", async () => {
    await house.aGrant();
    house.aForeign();
    await house.pass();
    const { list } = house.ports.zpa.approvals;
    house.ports.zpa.approvals.list = async () => [];
    expect(await house.pass()).toMatchObject({ listed: 0, missing: 0 });
    house.ports.zpa.approvals.list = list;
    expect(house.said()).toEqual(["FOREIGN OPEN"]);
  });

  it("that fails says nothing of its microtenant", async () => {
    const { zpaId } = await house.aGrant();
    house.remove(zpaId);
    house.zpa.faults.list.push("unreachable");
    expect(await house.pass()).toMatchObject({ problem: "zpa_unreachable", missing: 0 });
    expect(await house.findings()).toEqual([]);
  });

  it.each(["zpa_answer_not_understood", "zpa_busy"] as const)(
    "of which a page answers %s says nothing, and changes nothing",
    async (code) => {
      const { zpaId } = await house.aGrant();
      house.aForeign();
      await house.pass();
      house.remove(zpaId);
      const { list } = house.ports.zpa.approvals;
      house.ports.zpa.approvals.list = async () => {
        throw new PortcullisError(code);
      };
      expect(await house.pass()).toMatchObject({ problem: code, missing: 0, foreign: 0 });
      house.ports.zpa.approvals.list = list;
      expect(house.said()).toEqual(["FOREIGN OPEN"]);
    },
  );

  it("whose lack cannot be confirmed makes nothing missing yet", async () => {
    const { zpaId } = await house.aGrant();
    house.remove(zpaId);
    house.zpa.faults.get.push("unreachable");
    expect(await house.pass()).toMatchObject({ missing: 0 });
    expect(await house.pass()).toMatchObject({ missing: 1 });
  });

  it("that lacks a great many is one finding, and every one is asked for when an administrator says so", async () => {
    for (let number = 0; number < 12; number += 1) {
      const { zpaId } = await house.aGrant({ consoleIds: [`many-${number}`] });
      house.remove(zpaId);
    }
    expect(await house.pass()).toMatchObject({ missing: 0, problem: "zpa_list_not_believed" });
    expect(house.said()).toEqual(["LIST OPEN"]);
    await house.judge((await house.only("LIST")).id, "restore", null);
    expect(await house.pass()).toMatchObject({ missing: 12 });
    expect(house.said()).toEqual(["LIST RESTORED", "MANY OPEN"]);
  });
});

describe("what lost attempts of ours left behind", () => {
  it("is found and deleted when a write takes effect long after it was looked for", async () => {
    const { id } = await house.ask();
    await house.approve(id);
    const [planned] = await house.grants(id);
    house.zpa.faults.create.push("late-effect");
    await expect(house.provision(planned?.id ?? "")).rejects.toThrow("zpa_timeout");
    await house.provision(planned?.id ?? "", 1);
    const kept = house.standing();
    house.zpa.bringLateEffects();
    expect(house.standing()).toHaveLength(2);
    expect(await house.pass()).toMatchObject({ removed: 1 });
    expect(house.standing()).toEqual(kept);
    expect(await house.findings()).toEqual([]);
  });

  it("stays where it has changed between the list and the look before the deletion", async () => {
    const { grant, zpaId } = await house.aGrant();
    await house.db.updateTable("grant_attempt").set({ outcome: "UNKNOWN" }).where("grant_id", "=", grant.id).execute();
    const late = house.zpa.keep({ ...grant });
    const { list } = house.ports.zpa.approvals;
    house.ports.zpa.approvals.list = async (options) => {
      const listed = await list(options);
      house.change(late.id, { end: new Date(grant.end.getTime() + HOUR) });
      return listed;
    };
    expect(await house.pass()).toMatchObject({ removed: 0 });
    house.ports.zpa.approvals.list = list;
    expect(house.standing()).toEqual([zpaId, late.id]);
  });

  it("is deleted beside a grant that stands, and the lowest id stays", async () => {
    const { grant, zpaId } = await house.aGrant();
    await house.db.updateTable("grant_attempt").set({ outcome: "UNKNOWN" }).where("grant_id", "=", grant.id).execute();
    house.zpa.keep({ ...grant });
    await house.pass();
    expect(house.standing()).toEqual([zpaId]);
    expect(await house.events()).toContain("grant.effect-removed");
    expect(await house.findings()).toEqual([]);
  });

  it("takes the place of one that somebody deleted", async () => {
    const { grant, zpaId } = await house.aGrant();
    await house.db.updateTable("grant_attempt").set({ outcome: "UNKNOWN" }).where("grant_id", "=", grant.id).execute();
    const late = house.zpa.keep({ ...grant });
    house.remove(zpaId);
    await house.pass();
    expect(house.standing()).toEqual([late.id]);
    expect(await house.pass()).toMatchObject({ asIntended: 1 });
    expect(await house.open()).toEqual([]);
  });

  it("is deleted when its grant is over, and only as long as it is what was sent", async () => {
    const { grant, id, zpaId } = await house.aGrant();
    await house.db.updateTable("grant_attempt").set({ outcome: "UNKNOWN" }).where("grant_id", "=", grant.id).execute();
    await house.finish(id);
    await house.work();
    const late = house.zpa.keep({ ...grant });
    const others = house.zpa.keep({ ...grant, end: new Date(grant.end.getTime() + HOUR) });
    await house.pass();
    expect(house.standing()).toEqual([others.id]);
    expect(house.standing()).not.toContain(zpaId);
    expect(house.standing()).not.toContain(late.id);
    expect(await house.only("FOREIGN")).toMatchObject({ zpaId: others.id });
  });

  it("is not taken for ours where every answer is known: it is somebody's copy", async () => {
    const { grant, zpaId } = await house.aGrant();
    const copy = house.zpa.keep({ ...grant });
    await house.pass();
    expect(house.standing()).toEqual([zpaId, copy.id]);
    expect(await house.only("FOREIGN")).toMatchObject({ zpaId: copy.id });
  });
});

describe("hours that somebody changed in ZPA", () => {
  it("are left alone by a realignment, and are a finding", async () => {
    const hours = { days: ["MON"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" } as const;
    const { grant, zpaId } = await house.aGrant({
      time: {
        start: { kind: "onApproval" },
        end: { kind: "after", seconds: 30 * 24 * 3600 },
        workingHours: { ...hours, days: [...hours.days] },
      },
    });
    if (grant.workingHours === null) throw new Error("no hours");
    const theirs = { ...grant.workingHours, start: "10:00", startTimeCron: "0 0 9 ? * MON" };
    house.change(zpaId, { workingHours: theirs });
    await house.realign(grant.id);
    expect(house.zpa.stored).toMatchObject([{ workingHours: theirs }]);
    await house.pass();
    const { id, body } = await house.only("CHANGED");
    expect(body.fields).toEqual(expect.arrayContaining(["hours", "startTimeCron"]));
    await house.judge(id, "adopt");
    await house.work();
    expect((await house.requestOf(grant.id)).time.workingHours).toEqual({ ...hours, start: "10:00" });
    expect(await house.pass()).toMatchObject({ asIntended: 1, changed: 0 });
  });
});

describe("our own that are over", () => {
  it("are deleted by their ids where the settings say so, and nobody else's are", async () => {
    const cleaning = await aReconciler({ cleanExpired: true });
    try {
      const { id, zpaId } = await cleaning.aGrant();
      cleaning.aForeign("eve@example.com", 1);
      cleaning.clock.at = new Date(cleaning.clock.at.getTime() + 9 * HOUR);
      await cleaning.end(id);
      expect(await cleaning.pass()).toMatchObject({ expired: 1, cleaned: 1 });
      expect(cleaning.zpa.stored.map((each) => each.id)).not.toContain(zpaId);
      expect(cleaning.zpa.stored).toHaveLength(1);
      expect(await cleaning.events()).toContain("grant.expired-cleaned");
    } finally {
      await cleaning.close();
    }
  });

  it("stay where they do not", async () => {
    const { id } = await house.aGrant();
    house.clock.at = new Date(house.clock.at.getTime() + 9 * HOUR);
    await house.end(id);
    expect(await house.pass()).toMatchObject({ expired: 1, cleaned: 0 });
    expect(house.standing()).toHaveLength(1);
  });
});

describe("a run that dies", () => {
  it("after it planned a missing grant again has it made once all the same", async () => {
    const { zpaId } = await house.aGrant();
    house.remove(zpaId);
    await house.pass();
    const { id } = await house.only("MISSING");
    const plannedAgain = async () => (await house.events()).filter((kind) => kind === "grant.planned-again").length;
    const before = await plannedAgain();
    await house.judge(id, "restore", null);
    for (let run = 0; run < 3; run += 1) await house.carryOut(id);
    await house.work();
    for (let run = 0; run < 3; run += 1) await house.carryOut(id);
    await house.work();
    expect(house.standing()).toHaveLength(1);
    expect(await plannedAgain()).toBe(before + 1);
  });
});
