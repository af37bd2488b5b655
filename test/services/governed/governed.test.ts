/**
 * Contract: access comes of an approval in SailPoint when, and only when, its type is on the list, it is APPROVED when it is read again, by
 * somebody else than whom it is for, after the type was connected, on the attributes that were shown, for the requestee as Slack knows
 * them, within our own rules. Everything else is refused, told to the administrators and the requestee once, and in the ledger.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { readRequest } from "../../../src/services/access/request-rows.ts";
import { connectTypes } from "../../../src/services/governed/connect-types.ts";
import { codeOf } from "../../support/code-of.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { at } from "../../views/models.ts";
import { aGovernedHouse, type GovernedHouse, identity, outcomeOf, pending, wire, withAttributes } from "./a-governed-house.ts";

const store = storeForTests();
let house: GovernedHouse;
beforeEach(async () => {
  house = await aGovernedHouse(store);
  house.clock.at = at("2026-11-02T08:16:00Z");
});

describe("an approval in SailPoint", () => {
  it("becomes a grant for the requestee, counted from its approval there", async () => {
    const governed = await house.approved();
    expect(governed?.status).toBe("GRANTED");
    const [id = ""] = governed?.requestIds ?? [];
    expect(await readRequest(house.db, id)).toMatchObject({
      ...{ origin: "SAILPOINT", status: "GRANTING", reason: "db-prod for Ana: OPS-123" },
      ...{ requester: { userId: "UANA" }, beneficiary: { userId: "UANA" }, consoles: [{ name: "db-prod" }] },
      window: { start: at("2026-11-02T08:16:00Z"), end: at("2026-11-02T10:15:00Z") },
    });
    expect(await house.grants(id)).toMatchObject([{ status: "PLANNED", email: "ana@example.com", segmentIds: ["seg-1"] }]);
    expect(house.queued("provision-grant")).toHaveLength(1);
    expect(await house.ledger(id)).toEqual(["request.created", "access.governed", "approval.opened", "approval.settled", "grant.planned"]);
  });

  it("keeps what came from where: in the ledger, and for the card", async () => {
    const [id = ""] = (await house.approved())?.requestIds ?? [];
    const by = { approvalId: "sp-1", approvalName: "db-prod for Ana", deciders: [{ name: "Ben", at: at("2026-11-02T08:15:00Z") }] };
    expect((await house.overview(id)).approval).toMatchObject({ status: "PASSED", seats: [], rules: { governedBy: by } });
    const [event] = await house.events("access.governed");
    expect(event).toMatchObject({ actor: "portcullis", after: { sailpoint: { approvalId: "sp-1", deciders: [{ name: "Ben" }] } } });
  });

  it("opens the window and the hours that its attributes name", async () => {
    const governed = await house.approved({
      attributes: {
        ...{ portcullisConsoles: "1", portcullisStart: "2026-11-03T09:00:00+01:00", portcullisEnd: "2026-11-13T18:00:00+01:00" },
        ...{ portcullisDays: "MON,TUE", portcullisHoursStart: "09:00", portcullisHoursEnd: "17:00" },
        ...{ portcullisTimeZone: "Europe/Berlin", portcullisReason: "OPS-9" },
      },
    });
    expect(await house.grants(governed?.requestIds[0] ?? "")).toMatchObject([
      {
        start: at("2026-11-03T08:00:00Z"),
        end: at("2026-11-13T17:00:00Z"),
        workingHours: { timeZone: "Europe/Berlin", startTimeCron: "0 0 8 ? * MON,TUE", endTimeCron: "0 0 16 ? * MON,TUE" },
      },
    ]);
  });

  it("makes a request for each part of its consoles that falls under rules of its own", async () => {
    await house.writeRules("APPLICATION_SEGMENT", "seg-2", { approvers: ["UCHI"] });
    const governed = await house.approved(withAttributes({ portcullisConsoles: "db-prod, hmi-line-4" }));
    expect(governed?.requestIds).toHaveLength(2);
    expect((await house.requests()).map(({ batch_size: size, origin }) => [size, origin])).toEqual([
      [2, "SAILPOINT"],
      [2, "SAILPOINT"],
    ]);
  });

  it("is settled once, however often it is seen and the job runs", async () => {
    await house.approved();
    await house.seen(wire(), wire({ name: "renamed" }));
    await house.seen(wire(), null);
    await Promise.all([house.settle(), house.settle(), house.settle()]);
    expect(await house.requests()).toHaveLength(1);
    expect(await house.allGrants()).toHaveLength(1);
    expect(house.queued("settle-governed")).toHaveLength(1);
  });

  it("becomes nothing while its type is not on the list, nor while the list is empty", async () => {
    await house.approved({ type: "ACCESS_REQUEST_APPROVAL" });
    const off = await aGovernedHouse(store, { types: [] });
    await off.seen(pending());
    await off.seen(wire(), pending());
    expect(await off.governed()).toBeNull();
    expect(await off.requests()).toEqual([]);
    expect(off.queued("settle-governed")).toEqual([]);
  });

  it("becomes nothing, and is not spoken of, where it carries nothing of ours", async () => {
    expect(outcomeOf(await house.approved({ attributes: { costCentre: "42" } }))).toBe("NOT_OURS");
    expect(house.queued("tell-governed")).toEqual([]);
  });

  it("counts when it is first seen approved, if that was after its type was connected", async () => {
    house.told.set("sp-1", wire());
    await house.seen(wire(), null);
    await house.settle();
    expect(outcomeOf(await house.governed())).toBe("GRANTED");
  });

  it("does not count when it was approved before, nor when SailPoint does not say", async () => {
    for (const [id, change] of [
      ["old", { completedDate: "2026-11-02T07:59:59Z" }],
      ["untold", { completedDate: null, approvedBy: [{ ...identity("Ben") }] }],
    ] as const) {
      const approval = wire({ id, ...change });
      house.told.set(id, approval);
      await house.seen(approval, null);
      await house.settle(false, id);
      expect(outcomeOf(await house.governed(id)), id).toBe("governed_before_connection");
    }
  });

  it("counts anew from when a type comes back on the list", async () => {
    const { db, jobs } = house.ports;
    await connectTypes({ db, jobs, clock: { now: () => at("2026-11-02T08:10:00Z") } }, []);
    await connectTypes({ db, jobs, clock: { now: () => at("2026-11-02T08:20:00Z") } }, ["GENERIC_APPROVAL"]);
    expect(outcomeOf(await house.approved())).toBe("governed_before_connection");
  });
});

describe("reading it again", () => {
  it.each(["PENDING", "UNKNOWN_TO_US"])("makes nothing while SailPoint says %s, and comes back", async (status) => {
    await house.seen(pending());
    await house.seen(wire(), pending());
    house.told.set("sp-1", wire({ status }));
    expect(await codeOf(house.settle())).toBe("sailpoint_answer_not_understood");
    expect(outcomeOf(await house.governed())).toBe("DUE");
    expect(await house.requests()).toEqual([]);
    house.told.set("sp-1", wire());
    await house.settle();
    expect(outcomeOf(await house.governed())).toBe("GRANTED");
  });

  it.each(["REJECTED", "CANCELLED", "EXPIRED"])("makes nothing of %s", async (status) => {
    await house.seen(pending());
    await house.seen(wire(), pending());
    house.told.set("sp-1", wire({ status }));
    await house.settle();
    expect(outcomeOf(await house.governed())).toBe("governed_not_approved");
    expect(await house.requests()).toEqual([]);
  });

  it("makes nothing of PASSED: nobody decided", async () => {
    expect(outcomeOf(await house.approved({ status: "PASSED", approvedBy: [] }))).toBe("governed_not_approved");
  });

  it("waits for SailPoint and for Slack, in the end an hour at a time", async () => {
    await house.seen(pending());
    await house.seen(wire(), pending());
    house.told.set("sp-1", wire());
    for (const who of ["sailpoint", "slack"] as const) {
      house.away[who] = true;
      expect(await codeOf(house.settle())).toBe(`${who}_unreachable`);
      house.enqueued.length = 0;
      expect(await codeOf(house.settle(true))).toBe(`${who}_unreachable`);
      expect(house.queued("settle-governed")).toMatchObject([{ startAfter: at("2026-11-02T09:16:00Z") }]);
      house.away[who] = false;
    }
    await house.settle();
    expect(outcomeOf(await house.governed())).toBe("GRANTED");
  });

  it("is taken up at the next start", async () => {
    await house.seen(pending());
    await house.seen(wire(), pending());
    house.enqueued.length = 0;
    await connectTypes(house.ports, ["GENERIC_APPROVAL"]);
    expect(house.queued("settle-governed")).toMatchObject([{ payload: { sailpointId: "sp-1" } }]);
  });

  it("opens no hours that were not approved, however late it comes", async () => {
    house.clock.at = at("2026-11-02T09:45:00Z");
    const [id = ""] = (await house.approved())?.requestIds ?? [];
    expect((await house.request(id)).window).toEqual({ start: at("2026-11-02T09:45:00Z"), end: at("2026-11-02T10:15:00Z") });
    house.clock.at = at("2026-11-02T10:15:00Z");
    expect(outcomeOf(await house.approved({ id: "sp-2" }))).toBe("window_over");
  });
});

describe("a refusal", () => {
  it("is in the ledger, and told to the administrators and the requestee once each", async () => {
    await house.approved(withAttributes({ portcullisBeneficiary: "Ben" }));
    const [event] = await house.events("governed.refused");
    expect(event).toMatchObject({ subject: "sp-1", after: { code: "governed_other_beneficiary", requesteeUserId: "UANA" } });
    await Promise.all([house.tell(), house.tell()]);
    await house.seen(wire(withAttributes({ portcullisBeneficiary: "Ben" })), null);
    await house.settle();
    await house.tell();
    expect(house.heard.map(({ userId }) => userId).toSorted()).toEqual(["UANA", "UROOT"]);
    expect(house.heard[0]?.refusal).toMatchObject({ name: "db-prod for Ana", refusal: { code: "governed_other_beneficiary" } });
    expect(house.queued("tell-governed")).toHaveLength(1);
  });

  it("is told to the administrators alone where the requestee is not known", async () => {
    await house.approved({ requestee: identity("Nils") });
    await house.tell();
    expect(house.heard.map(({ userId }) => userId)).toEqual(["UROOT"]);
  });

  it("is told to the others when Slack refuses one, and to those who have not heard when Slack is back", async () => {
    await house.approved({ approvedBy: [] });
    house.away.slack = true;
    await expect(house.tell()).rejects.toThrow();
    expect(house.heard).toEqual([]);
    house.away.slack = false;
    house.refusesToHear.add("UROOT");
    await house.tell();
    expect(house.heard.map(({ userId }) => userId)).toEqual(["UANA"]);
  });

  it("stands: what SailPoint says later of the same approval opens nothing", async () => {
    await house.approved({ approvedBy: [] });
    house.told.set("sp-1", wire());
    await house.seen(wire(), wire({ approvedBy: [] }));
    await house.settle();
    expect(await house.requests()).toEqual([]);
  });
});

describe("SailPoint takes it back", () => {
  const takenBack = async (seenAs: string, again: string) => {
    const governed = await house.approved();
    await house.seen(wire({ status: seenAs }), wire());
    house.told.set("sp-1", wire({ status: again }));
    await house.settle();
    const [requestId = ""] = governed?.requestIds ?? [];
    return (await house.request(requestId)).status;
  };

  it.each(["CANCELLED", "REJECTED"])("with %s, and the access ends", async (status) => {
    expect(await takenBack(status, status)).toBe("ENDED");
    expect(outcomeOf(await house.governed())).toBe("WITHDRAWN");
    expect(await house.events("access.ending")).toMatchObject([{ actor: "portcullis", after: { cause: "REVOKED" } }]);
  });

  it.each([
    ["EXPIRED", "EXPIRED"],
    ["UNKNOWN_TO_US", "UNKNOWN_TO_US"],
    ["CANCELLED", "APPROVED"],
    ["PENDING", "PENDING"],
  ])("not with %s, read again as %s: the access stands", async (seenAs, again) => {
    expect(await takenBack(seenAs, again)).toBe("GRANTING");
    expect(outcomeOf(await house.governed())).toBe("GRANTED");
  });
});
