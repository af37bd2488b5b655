import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { loadOverview } from "../../../src/services/access/load-overview.ts";
import { approvalFromRow } from "../../../src/services/approvals/approval-rows.ts";
import type { RequestedTime } from "../../../src/services/schedule/working-hours.ts";
import { aHouse, type House } from "./a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
  house.groups.set("SDBAS", ["UANA"]);
});
afterAll(() => house.close());
beforeEach(() => house.dropRules());

const count = async (): Promise<number> => (await house.db.selectFrom("request").select("id").execute()).length;
const idsOf = (requests: Awaited<ReturnType<House["askAll"]>>) => requests.map(({ consoles }) => consoles.map(({ id }) => id));
const rulesOf = async (requestId: string) => approvalFromRow(await house.approvalOf(requestId)).rules;

/**
 * Contract: whatever consoles a person asks for, each is in exactly one of the requests that come of it, under the rules that count for
 * it and for all that opens along; all of them are written or none; and one submission makes them once.
 */
describe("a request whose consoles fall under different rules", () => {
  it("becomes a request and an approval for each, together", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"], priority: "HIGH" }, 7);
    const requests = await house.askAll({ consoleIds: ["1", "3", "2"] });
    expect(idsOf(requests)).toEqual([["1", "2"], ["3"]]);
    const [databases, plant] = requests;
    expect(databases?.batch).toEqual({ id: expect.any(String), size: 2 });
    expect(plant?.batch).toEqual(databases?.batch);
    expect(plant?.number).toBe((databases?.number ?? 0) + 1);
    expect((await house.approvalOf(databases?.id ?? "")).holder_keys).toEqual(["person:UCHI"]);
    expect((await house.approvalOf(plant?.id ?? "")).holder_keys).toEqual(["person:UBEN", "person:UCHI"]);
    expect(await rulesOf(databases?.id ?? "")).toMatchObject({
      source: { scope: "SEGMENT_GROUP", scopeId: "grp-1", revision: 7 },
      priority: "HIGH",
    });
    expect(await rulesOf(plant?.id ?? "")).toMatchObject({ source: { scope: "SETTINGS" } });
    for (const { id } of requests) expect(await house.ledger(id)).toEqual(["request.created", "approval.opened"]);
    for (const { id } of requests)
      expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "project-request", payload: { requestId: id } }));
    const overview = loadOverview(house);
    const labels = requests.map(({ number }) => `PRA-${number}`);
    for (const { id } of requests) expect((await overview(id)).madeTogether).toEqual(labels);
  });

  it("is decided part by part: a yes to one grants that one's segments and no other", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"] });
    const [databases, plant] = await house.askAll({ consoleIds: ["1", "3"] });
    await house.approve(databases?.id ?? "", "UCHI");
    expect((await house.grants(databases?.id ?? "")).map(({ segmentIds }) => segmentIds)).toEqual([["seg-1"]]);
    expect(await house.grants(plant?.id ?? "")).toEqual([]);
    expect((await house.request(plant?.id ?? "")).status).toBe("PENDING");
    await expect(house.approve(databases?.id ?? "", "UBEN")).rejects.toMatchObject({ code: "already_decided" });
  });

  it("is made once when Slack delivers the submission twice, also when the rules change in between", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"] });
    const before = await count();
    const ask = () => house.askAll({ consoleIds: ["1", "3"], submissionKey: "batch-twice" });
    const [first, second] = await Promise.all([ask(), ask()]);
    expect(first.map(({ id }) => id)).toEqual(second.map(({ id }) => id));
    expect(first).toHaveLength(2);
    await house.dropRules();
    expect((await ask()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(await count()).toBe(before + 2);
  });

  it("stays one request when a change of the rules would divide it at the second delivery", async () => {
    const before = await count();
    const ask = () => house.askAll({ consoleIds: ["1", "3"], submissionKey: "one-then-two" });
    const first = await ask();
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UCHI"] });
    expect((await ask()).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
    expect(await count()).toBe(before + 1);
  });

  it("is all or nothing: where nobody could decide on one part, none is made", async () => {
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: ["UNOBODY"] });
    const before = await count();
    await expect(house.askAll({ consoleIds: ["3", "1"] })).rejects.toMatchObject({ code: "no_approver" });
    expect(await count()).toBe(before);
  });

  it("is one request, of no batch, when the rules are the same", async () => {
    await house.writeRules("TENANT", "", { approvers: ["UCHI"] });
    const request = await house.ask({ consoleIds: ["1", "2", "many-0"] });
    expect(request.batch).toBeNull();
    expect((await loadOverview(house)(request.id)).madeTogether).toEqual([]);
  });
});

describe("what the rules have to say to a request", () => {
  it.each([
    ["who may ask", { ask: { who: ["UBEN"] } }, {}, "ask_not_allowed", "consoles", { who: "Ben", consoles: "db-prod" }],
    [
      "for whom",
      { ask: { forOthers: ["UCHI", "SOPS"] } },
      { beneficiaryUserId: "UBEN" },
      "ask_for_others_not_allowed",
      "beneficiary",
      { who: "Chiyo, SOPS" },
    ],
    ["for how long", { longestWindowHours: 0.5 }, {}, "window_over_rules", "end", { limit: 0.5 }],
    ["with which ticket", { ticketPattern: "INC\\d+" }, {}, "ticket_missing", "reason", { pattern: "INC\\d+" }],
  ])(
    "%s: the whole request is refused when one part's rules refuse, and nothing is written",
    async (_, rules, change, code, field, params) => {
      await house.writeRules("APPLICATION_SEGMENT", "seg-1", rules);
      const before = await count();
      const refusal = house.askAll({ consoleIds: ["3", "1"], ...change });
      await expect(refusal).rejects.toMatchObject({ code, details: { field, params } });
      expect(await count()).toBe(before);
      expect(await house.askAll({ consoleIds: ["3"], ...change })).toHaveLength(1);
    },
  );

  it("lets a member of a group ask that may", async () => {
    await house.writeRules("TENANT", "", { ask: { who: ["SDBAS"], forOthers: ["SDBAS"] } });
    expect((await house.ask({ beneficiaryUserId: "UBEN" })).beneficiary.userId).toBe("UBEN");
    await expect(house.ask({ by: { teamId: "T1", userId: "UCHI" } })).rejects.toMatchObject({ code: "ask_not_allowed" });
  });

  it("counts the whole requested time, also where working hours leave little of it", async () => {
    await house.writeRules("TENANT", "", { longestWindowHours: 24 });
    const time: RequestedTime = {
      start: { kind: "onApproval" },
      end: { kind: "after", seconds: 7 * 86_400 },
      workingHours: { days: ["MON"], start: "09:00", end: "10:00", timeZone: "Europe/Berlin" },
    };
    await expect(house.ask({ time })).rejects.toMatchObject({ code: "window_over_rules" });
    await house.writeRules("TENANT", "", { longestWindowHours: 7 * 24 });
    expect((await house.ask({ time })).status).toBe("PENDING");
  });

  it("refuses when the rules that count cannot be read, and says whose", async () => {
    await house.writeRules("TENANT", "", {});
    await house.writeRules("SEGMENT_GROUP", "grp-1", { approvers: [] });
    await expect(house.ask()).rejects.toMatchObject({
      code: "rules_unreadable",
      details: { params: { scope: "SEGMENT_GROUP", scopeId: "grp-1" } },
    });
    expect((await house.ask({ consoleIds: ["3"] })).status).toBe("PENDING");
  });
});

describe("a request that its rules let pass without a decision", () => {
  const circumvented = { approvalConfig: { circumventApprovalProcess: true } };

  it("makes no grant", async () => {
    await house.writeRules("TENANT", "", circumvented);
    const request = await house.ask();
    expect((await house.request(request.id)).status).toBe("PASSED");
    expect((await house.approvalOf(request.id)).status).toBe("PASSED");
    expect(await house.grants(request.id)).toEqual([]);
    expect(await house.ledger(request.id)).toEqual(["request.created", "approval.opened", "approval.settled"]);
  });

  it("makes one where the rules say that it does", async () => {
    await house.writeRules("TENANT", "", { ...circumvented, passedMakesGrant: true });
    const request = await house.ask();
    const [grant] = await house.grants(request.id);
    expect((await house.request(request.id)).status).toBe("GRANTING");
    await house.provision(grant?.id ?? "");
    expect((await house.request(request.id)).status).toBe("GRANTED");
    expect((await house.approvalOf(request.id)).status).toBe("PASSED");
  });
});
