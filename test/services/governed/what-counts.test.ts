/**
 * Contract: a yes in SailPoint counts for what was shown, for whom it was asked, by somebody else than them, and within our own rules. For all
 * else it opens nothing.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { approvalOnWire } from "../../../src/services/sailpoint/approval-wire.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { at } from "../../views/models.ts";
import {
  aGovernedHouse,
  type GovernedHouse,
  identity,
  outcomeOf,
  pending,
  type WireChange,
  wire,
  withAttributes,
} from "./a-governed-house.ts";

const store = storeForTests();
let house: GovernedHouse;
beforeEach(async () => {
  house = await aGovernedHouse(store);
  house.clock.at = at("2026-11-02T08:16:00Z");
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
