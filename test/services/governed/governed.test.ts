/**
 * Contract: access comes of an approval in SailPoint when, and only when, its type is on the list, it is APPROVED when it is read again, by
 * somebody else than whom it is for, after the type was connected, on the attributes that were shown, for the requestee as Slack knows
 * them, within our own rules. Everything else is refused, told to the administrators and the requestee once, and in the ledger.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromUnknown } from "../../../src/errors.ts";
import { readRequest } from "../../../src/services/access/request-rows.ts";
import { connectTypes } from "../../../src/services/governed/connect-types.ts";
import { approvalOnWire } from "../../../src/services/sailpoint/approval-wire.ts";
import { aStore, type Store } from "../../support/a-store.ts";
import { ATTRIBUTES, aGovernedHouse, type GovernedHouse, identity, outcomeOf, pending, type WireChange, wire } from "./a-governed-house.ts";

const at = (iso: string) => new Date(iso);
const codeOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "ok",
    (thrown: unknown) => fromUnknown(thrown).code,
  );

let store: Store;
let house: GovernedHouse;
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());
beforeEach(async () => {
  await store.empty();
  house = await aGovernedHouse(store);
  house.clock.at = at("2026-11-02T08:16:00Z");
});

const withAttributes = (change: Readonly<Record<string, string>>): WireChange => ({ attributes: { ...ATTRIBUTES, ...change } });

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

describe("what was shown is what counts", () => {
  it.each<[string, WireChange]>([
    ["another console", withAttributes({ portcullisConsoles: "hmi-line-4" })],
    ["a longer time", withAttributes({ portcullisDuration: "PT9H" })],
    ["one attribute more", withAttributes({ portcullisReason: "because" })],
    ["none of ours any more", { attributes: {} }],
    ["another requestee", { requestee: identity("Chiyo") }],
  ])("so that it is void with %s", async (_, change) => {
    expect(outcomeOf(await house.approved(change, {}))).toBe("governed_attributes_changed");
    expect(await house.requests()).toEqual([]);
  });

  it("also when it was changed while it waited, and changed again before anybody decided", async () => {
    await house.seen(pending());
    const wider = withAttributes({ portcullisDuration: "PT9H" });
    await house.seen(pending(wider), pending());
    expect(outcomeOf(await house.approved(wider))).toBe("governed_attributes_changed");
  });

  it("also when it was changed while it waited, and changed back before it was approved", async () => {
    const narrower = withAttributes({ portcullisDuration: "PT1H" });
    await house.seen(pending());
    await house.seen(pending(narrower), pending());
    await house.seen(pending(), pending(narrower));
    expect(outcomeOf(await house.approved())).toBe("governed_attributes_changed");
  });

  it("and what others keep beside our attributes may change", async () => {
    expect(outcomeOf(await house.approved(withAttributes({ ticket: "OPS-2" }), withAttributes({ ticket: "OPS-1" })))).toBe("GRANTED");
  });

  it("so that attributes that come with the yes are void", async () => {
    expect(outcomeOf(await house.approved({}, { attributes: {} }))).toBe("governed_attributes_changed");
  });

  it("and attributes that came later count for decisions that were made after them alone", async () => {
    const bare = { attributes: {} };
    for (const [id, decisionDate, outcome] of [
      ["late", "2026-11-02T08:15:00Z", "GRANTED"],
      ["early", "2026-11-02T08:06:00Z", "governed_attributes_changed"],
    ] as const) {
      const set = { id, modifiedDate: "2026-11-02T08:10:00Z", approvedBy: [{ ...identity("Ben"), decisionDate }] };
      await house.seen(pending({ id, ...bare }));
      await house.seen(pending({ ...set, approvedBy: [], status: "PENDING" }), pending({ id, ...bare }));
      house.told.set(id, wire(set));
      await house.seen(wire(set), pending(set));
      await house.settle(false, id);
      expect(outcomeOf(await house.governed(id)), id).toBe(outcome);
    }
  });

  it("and what a list leaves out is read whole, before anybody decides", async () => {
    const silent = pending();
    const { additionalAttributes: _, ...raw } = silent.raw;
    const row = approvalOnWire.parse(raw);
    for (const [id, change, outcome] of [
      ["same", {}, "GRANTED"],
      ["other", withAttributes({ portcullisDuration: "PT9H" }), "governed_attributes_changed"],
    ] as const) {
      house.enqueued.length = 0;
      await house.seen({ ...row, id });
      expect(house.queued("settle-governed"), id).toHaveLength(1);
      house.told.set(id, pending({ id }));
      await house.settle(false, id);
      expect(outcomeOf(await house.governed(id)), id).toBe("WATCHED");
      house.told.set(id, wire({ id, ...change }));
      await house.seen({ ...row, id, status: "APPROVED" }, { ...row, id });
      await house.settle(false, id);
      expect(outcomeOf(await house.governed(id)), id).toBe(outcome);
    }
  });

  it("and what the inbox knew before this was turned on counts as shown", async () => {
    house.told.set("sp-1", wire());
    await house.seen(wire(), pending(withAttributes({ portcullisDuration: "PT1H" })));
    await house.settle();
    expect(outcomeOf(await house.governed())).toBe("governed_attributes_changed");
  });

  it("and attributes that cannot be read open nothing", async () => {
    expect(outcomeOf(await house.approved({ attributes: "{not json" }, {}))).toBe("governed_attributes_unreadable");
    expect(outcomeOf(await house.approved({ id: "sp-2", attributes: "{not json" }))).toBe("governed_attributes_unreadable");
  });
});

describe("the beneficiary", () => {
  it.each(["UBEN", "ben@example.com", "id-Ben", "Ben"])("is never an attribute: one that names %s makes it void", async (named) => {
    expect(outcomeOf(await house.approved(withAttributes({ portcullisBeneficiary: named })))).toBe("governed_other_beneficiary");
    expect(await house.requests()).toEqual([]);
  });

  it.each(["ANA@example.com", "id-Ana", "UANA"])("may be repeated in one: %s", async (named) => {
    expect(outcomeOf(await house.approved(withAttributes({ portcullisBeneficiary: named })))).toBe("GRANTED");
  });

  it.each<[string, object | null, string]>([
    ["nobody", null, "governed_person_unknown"],
    ["somebody without an email", identity("Ana", { email: "" }), "governed_person_unknown"],
    ["somebody whom Slack does not know", identity("Nils"), "governed_person_unknown"],
    ["a group", identity("Ana", { type: "GOVERNANCE_GROUP" }), "governed_person_unknown"],
    ["one of two with one email", identity("Twin"), "email_shared"],
    ["a guest", identity("Gil"), "person_is_guest"],
    ["somebody whose email is not confirmed", identity("Nia"), "email_unconfirmed"],
    ["somebody who has left", identity("Fay"), "governed_person_unknown"],
    ["somebody of another domain", identity("Ana", { email: "ana@elsewhere.example" }), "governed_person_unknown"],
  ])("is not %s", async (_, requestee, outcome) => {
    expect(outcomeOf(await house.approved({ requestee }))).toBe(outcome);
    expect(await house.requests()).toEqual([]);
  });

  it("gets it as the user that ZPA knows them as", async () => {
    const governed = await house.approved({ requestee: identity("Eve"), requester: identity("Eve") });
    expect(await house.grants(governed?.requestIds[0] ?? "")).toMatchObject([{ email: "ana@example.com" }]);
  });
});

describe("who said yes", () => {
  const by = (...names: readonly string[]) => ({
    approvedBy: names.map((name) => ({ ...identity(name), decisionDate: "2026-11-02T08:15:00Z" })),
  });

  it.each<[string, WireChange]>([
    ["whom it is for", by("Ana")],
    ["whom it is for, by another account of theirs", by("Eve")],
    ["who asked", { ...by("Ben"), requester: identity("Ben") }],
  ])("must not only be %s", async (_, change) => {
    expect(outcomeOf(await house.approved(change))).toBe("governed_self_approved");
  });

  it("may be they, too, beside somebody else", async () => {
    expect(outcomeOf(await house.approved(by("Ana", "Ben")))).toBe("GRANTED");
  });

  it("may be they alone where the settings say so", async () => {
    await store.empty();
    house = await aGovernedHouse(store, { selfApproval: true });
    house.clock.at = at("2026-11-02T08:16:00Z");
    expect(outcomeOf(await house.approved(by("Ana")))).toBe("GRANTED");
  });

  it("must be somebody: a yes by time-out opens nothing", async () => {
    expect(outcomeOf(await house.approved({ approvedBy: [] }))).toBe("governed_decider_unknown");
  });

  it("counts by who clicked in Slack, where SailPoint names the token's owner", async () => {
    house.yesInSlack.push("UANA");
    expect(outcomeOf(await house.approved(by("Portcullis")))).toBe("governed_self_approved");
    house.yesInSlack.splice(0, 1, "UBEN");
    const governed = await house.approved({ ...by("Portcullis"), id: "sp-2" });
    const { approval } = await house.overview(governed?.requestIds[0] ?? "");
    expect(approval.rules.governedBy?.deciderUserIds).toEqual(["UBEN"]);
  });
});

describe("our own rules", () => {
  it.each<[string, object, WireChange, string]>([
    ["the longest window", { longestWindowHours: 1 }, {}, "window_over_rules"],
    ["who may have it", { ask: { who: ["UBEN"] } }, {}, "governed_ask_not_allowed"],
    ["the ticket", { ticketPattern: "INC-\\d+" }, {}, "ticket_missing"],
    ["who may ask for others", { ask: { forOthers: ["UCHI"] } }, { requester: identity("Rut") }, "governed_ask_not_allowed"],
    [
      "who may ask for others, unknown in Slack",
      { ask: { forOthers: ["UCHI"] } },
      { requester: identity("Nils") },
      "governed_ask_not_allowed",
    ],
  ])("hold for it, too: %s", async (_, rules, change, outcome) => {
    await house.writeRules("TENANT", "", rules);
    expect(outcomeOf(await house.approved(change))).toBe(outcome);
    expect(await house.requests()).toEqual([]);
  });

  it("let pass what they allow, groups included", async () => {
    await house.writeRules("APPLICATION_SEGMENT", "seg-1", { ask: { who: ["SOPS", "UCHI"], forOthers: ["UCHI"] }, longestWindowHours: 2 });
    expect(outcomeOf(await house.approved({ requester: identity("Chiyo") }))).toBe("GRANTED");
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["a console that is not there", { portcullisConsoles: "db-test" }, "console_unknown"],
    ["a console that is switched off", { portcullisConsoles: "retired" }, "console_disabled"],
    ["a microtenant without privileged approvals", { portcullisConsoles: "locked" }, "microtenant_approvals_disabled"],
    ["too many consoles", { portcullisConsoles: Array.from({ length: 11 }, (_, i) => `jump-${i}`).join("\n") }, "consoles_too_many"],
    ["more than a year", { portcullisDuration: "P366D" }, "window_too_long"],
    ["a misspelt attribute", { portcullisHourStart: "09:00" }, "governed_attribute_unknown"],
    ["hours that are left empty", { portcullisHoursStart: "" }, "governed_attribute_invalid"],
    ["half of the hours", { portcullisDays: "MON" }, "governed_attribute_missing"],
    ["a text that no database keeps", { portcullisReason: "a\0b" }, "governed_attribute_invalid"],
  ])("and the catalog and the form refuse %s", async (_, attributes, outcome) => {
    expect(outcomeOf(await house.approved(withAttributes(attributes)))).toBe(outcome);
    expect(await house.requests()).toEqual([]);
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
