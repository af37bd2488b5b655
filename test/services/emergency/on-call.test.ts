import { beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { codeOf } from "../../support/code-of.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { anEmergency, only } from "./an-emergency.ts";

/**
 * Contract: whoever is on call now gives somebody else access at once and alone; everything else about it is an ordinary request: the
 * approval, the ledger, the planned grant. Nothing is written when anything speaks against it, and one submission gives once.
 */
const store = storeForTests();
let at: Awaited<ReturnType<typeof anEmergency>>;
beforeEach(async () => {
  at = await anEmergency(store);
});

const detailsOf = async (promise: Promise<unknown>) => {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof PortcullisError)) throw new Error(`${String(thrown)} where a refusal was expected`);
  return { code: thrown.code, ...thrown.details };
};

describe("an on-call grant", () => {
  it("is approved by the one seat of whoever gave it, and is on its way in the same transaction", async () => {
    const request = only(await at.give());
    expect(request).toMatchObject({ origin: "ON_CALL", status: "GRANTING" });
    expect(request.window).toEqual({ start: new Date("2026-11-02T08:00:00Z"), end: new Date("2026-11-02T10:00:00Z") });
    const { status, body } = await at.approvalOf(request.id);
    expect(status).toBe("APPROVED");
    expect(body).toMatchObject({
      seats: [
        { holder: { kind: "person", userId: "UDORA" }, decision: { verdict: "APPROVED", capacity: "AUTO", by: { userId: "UDORA" } } },
      ],
      rules: { approversFrom: "ON_CALL", skipped: ["UBEN", "UCHI"] },
      settledBy: { userId: "UDORA" },
    });
    expect(at.enqueued.map(({ queue }) => queue)).toEqual(["provision-grant", "project-request"]);
    expect(await at.ledger(request.id)).toEqual([
      "request.created",
      "access.granted-on-call",
      "approval.opened",
      "approval.seat_decided",
      "approval.settled",
      "grant.planned",
    ]);
    expect(only(await at.events("access.granted-on-call"))).toMatchObject({
      actor: "UDORA",
      after: { beneficiary: "UANA", reason: "INC-77", skipped: ["UBEN", "UCHI"] },
    });
    expect(only(await at.grantsGiven())).toMatchObject({ email: "ana@example.com", status: "PLANNED" });
  });

  it("is provisioned like any other", async () => {
    const request = only(await at.give());
    await at.provision(only(await at.grants(request.id)).id);
    expect(at.zpa.stored).toHaveLength(1);
    expect((await at.request(request.id)).status).toBe("GRANTED");
  });

  it("is made once by one submission, also when both deliveries run at the same time", async () => {
    const twice = await Promise.all([at.give({ submissionKey: "V9" }), at.give({ submissionKey: "V9" })]);
    const again = await at.give({ submissionKey: "V9" });
    expect(new Set([...twice, again].map((requests) => only(requests).id)).size).toBe(1);
    expect(await at.grantsGiven()).toHaveLength(1);
    expect(await at.events("access.granted-on-call")).toHaveLength(1);
  });

  it("becomes one request for each set of rules, all or none", async () => {
    await at.writeRules("MICROTENANT", "77", { approvers: ["UEVE"] });
    const given = await at.give({ consoleIds: ["1", "3"] });
    expect(given.map(({ batch }) => batch?.size)).toEqual([2, 2]);
    expect((await at.events("access.granted-on-call")).map(({ after }) => after)).toMatchObject([
      { skipped: ["UBEN", "UCHI"] },
      { skipped: ["UEVE"] },
    ]);
    await at.writeRules("MICROTENANT", "77", { approvers: ["UEVE"], longestWindowHours: 1 }, 2);
    expect(await codeOf(at.give({ consoleIds: ["1", "3"] }))).toBe("window_over_rules");
    expect(await at.events("access.granted-on-call")).toHaveLength(2);
  });

  it("can be taken away by those who were skipped, and by nobody who has nothing to do with it", async () => {
    const request = only(await at.give());
    expect(await codeOf(at.revoke(request.id, "UCHI"))).toBe("ok");
    const second = only(await at.give());
    at.known.set("UEVE", { ...(await at.people.trusted(at.actor("UEVE"))) });
    expect(await codeOf(at.revoke(second.id, "UEVE"))).toBe("not_allowed");
    expect(await codeOf(at.revoke(second.id, "UANA"))).toBe("not_allowed");
  });
});

describe("what speaks against an on-call grant, wherever it stands", () => {
  it.each([
    ["nobody named", { beneficiaryUserId: null }, "beneficiary_missing", "beneficiary"],
    ["oneself", { beneficiaryUserId: "UDORA" }, "grant_to_self", "beneficiary"],
    ["another Slack account of the same ZPA user", { beneficiaryUserId: "UDORA2" }, "grant_to_self", "beneficiary"],
    ["somebody deactivated", { beneficiaryUserId: "ULEFT" }, "person_deactivated", "beneficiary"],
    ["a guest", { beneficiaryUserId: "UGUEST" }, "person_is_guest", "beneficiary"],
    ["no length", { seconds: null }, "duration_missing", "duration"],
    ["longer than the setting", { seconds: 8 * 3600 + 1 }, "duration_over_limit", "duration"],
    ["no length at all", { seconds: 0 }, "window_end_before_start", "duration"],
    ["no reason", { reason: "  " }, "reason_missing", "reason"],
    ["no console", { consoleIds: [] }, "console_missing", "consoles"],
    ["a console that is switched off", { consoleIds: ["4"] }, "console_disabled", "consoles"],
  ])("refuses %s at its field and writes nothing", async (_, over, code, field) => {
    expect(await detailsOf(at.give(over))).toMatchObject({ code, field });
    expect(await at.grantsGiven()).toEqual([]);
    expect(await at.db.selectFrom("request").select("id").execute()).toEqual([]);
  });
});

describe("what rules and rota say to an on-call grant", () => {
  it("holds it to the longest window and the ticket of the consoles' rules, and to no list of who may ask", async () => {
    await at.writeRules("SEGMENT_GROUP", "grp-1", { longestWindowHours: 2, ticketPattern: "CHG-\\d+", ask: { who: ["UBEN"] } });
    expect(await detailsOf(at.give({ seconds: 7201, reason: "CHG-1" }))).toMatchObject({
      code: "window_over_rules",
      field: "duration",
      params: { limit: 2, consoles: "db-prod" },
    });
    expect(await detailsOf(at.give({ reason: "INC-77" }))).toMatchObject({ code: "ticket_missing", field: "reason" });
    expect(await codeOf(at.give({ reason: "CHG-1" }))).toBe("ok");
  });

  it("names break-glass to whoever is named for it, and to nobody else", async () => {
    at.members.SCALL = ["UDORA", "UBEN"];
    expect((await detailsOf(at.give({ beneficiaryUserId: "UDORA" }))).params).toEqual({ breakGlass: "yes" });
    expect((await detailsOf(at.give({ beneficiaryUserId: "UBEN" }, "UBEN"))).params).toEqual({ breakGlass: "" });
  });

  it("asks Slack at every submission who is on call", async () => {
    expect(await codeOf(at.give())).toBe("ok");
    at.members.SCALL = ["UBEN"];
    expect(await codeOf(at.give())).toBe("on_call_only");
    expect(await codeOf(at.give({}, "UBEN"))).toBe("ok");
  });

  it("says that nobody is on call where the setting is empty", async () => {
    const nobody = await anEmergency(store, { onCall: [] });
    expect(await codeOf(nobody.give())).toBe("nobody_on_call");
  });
});
