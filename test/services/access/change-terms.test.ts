/**
 * Contract: an approver's yes to less than was asked for counts at once and for all, in one transaction with the change; their wish for
 * more decides nothing until the requester (or the beneficiary) agrees, and then only if the approver may still decide.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import { answerProposal } from "../../../src/services/access/answer-proposal.ts";
import { approveWithChanges } from "../../../src/services/access/approve-with-changes.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { evolve } from "../../../src/services/approvals/approval-events.ts";
import { ApprovalEventJson } from "../../../src/services/approvals/approval-json.ts";
import { approvalFromRow } from "../../../src/services/approvals/approval-rows.ts";
import { aHouse, type House } from "./a-house.ts";

const HOUR = 3600;
const actor = (userId: string) => ({ teamId: "T1", userId });
let house: House;
let ports: Parameters<typeof approveWithChanges>[0];
beforeAll(async () => {
  house = await aHouse();
  ports = { ...house.ports, ids: randomIds, faultPoint: noFault, onSettled: house.onSettled, admins: house.admins };
  const ben = house.known.get("UBEN");
  if (!ben) throw new Error("Ben left");
  for (const [userId, name] of [
    ["UROOT", "Root"],
    ["UBO", "Bo"],
    ["UMALLORY", "Mallory"],
  ] as const)
    house.known.set(userId, { ...ben, userId, name, email: `${name}@example.com`, zpaUser: `${name}@example.com` });
});
afterAll(() => house.close());
beforeEach(() => {
  house.enqueued.length = 0;
  house.groups.clear();
});

const approvalOf = async (requestId: string): Promise<Approval> => approvalFromRow(await house.approvalOf(requestId));

/** Ana asks for three consoles for four hours; `needed` of the two approvers must agree. */
const asked = async ({ needed = 1, beneficiary = "UANA" } = {}) => {
  const { id: requestId } = await house.ask({
    beneficiaryUserId: beneficiary,
    consoleIds: ["1", "2", "3"],
    time: { start: { kind: "onApproval" }, end: { kind: "after", seconds: 4 * HOUR }, workingHours: null },
  });
  const { id } = await house.approvalOf(requestId);
  if (needed > 1) {
    const row = await house.approvalOf(requestId);
    const body = { ...row.body, criteria: { ...approvalFromRow(row).criteria, approval: { calculationType: "COUNT", value: needed } } };
    await house.db
      .updateTable("approval")
      .set({ body: JSON.stringify(body) })
      .where("id", "=", id)
      .execute();
  }
  return { requestId, approvalId: id };
};
const change = async (
  requestId: string,
  { by = "UBEN", consoleIds = ["1", "2", "3"], seconds = 4 * HOUR }: { by?: string; consoleIds?: string[]; seconds?: number },
) => {
  const { id: approvalId, version } = await house.approvalOf(requestId);
  const end = { kind: "after", seconds } as const;
  return approveWithChanges(ports)({ approvalId, version, by: actor(by), consoleIds, end, comment: null });
};
const answer = async (requestId: string, given: "ACCEPT" | "DECLINE", by = "UANA", proposalId?: string) => {
  const { id: approvalId, proposal } = await approvalOf(requestId);
  return answerProposal(ports)({ approvalId, proposalId: proposalId ?? proposal?.id ?? "none", by: actor(by), answer: given });
};

describe("approving less than was asked for", () => {
  it("grants only what was approved, and says in the ledger what it was and what it became", async () => {
    const { requestId } = await asked();
    expect(await change(requestId, { consoleIds: ["3"], seconds: HOUR })).toBe("approved");
    const grants = await house.grants(requestId);
    expect(grants.map(({ consoleIds }) => consoleIds)).toEqual([["3"]]);
    expect(grants.map(({ start, end }) => (end.getTime() - start.getTime()) / 1000)).toEqual([HOUR]);
    expect(await house.ledger(requestId)).toEqual([
      "request.created",
      "approval.opened",
      "request.changed",
      "approval.seat_decided",
      "approval.settled",
      "grant.planned",
    ]);
    const line = await house.db
      .selectFrom("ledger_event")
      .selectAll()
      .where("kind", "=", "request.changed")
      .where("request_id", "=", requestId)
      .executeTakeFirstOrThrow();
    expect(line).toMatchObject({
      actor: "UBEN",
      before: {
        consoles: [{ name: "db-prod" }, { name: "db-prod-replica" }, { name: "hmi-line-4" }],
        time: { end: { seconds: 4 * HOUR } },
      },
      after: { after: { consoles: [{ name: "hmi-line-4" }], time: { end: { seconds: HOUR } } } },
    });
  });

  it("holds for whoever approves after: their card of before is out of date, and what they see is what is left", async () => {
    const { requestId, approvalId } = await asked({ needed: 2 });
    const { version } = await house.approvalOf(requestId);
    await change(requestId, { consoleIds: ["1"] });
    const late = house.decide(approvalId, { kind: "approve", by: actor("UCHI"), version, comment: null });
    await expect(late).rejects.toMatchObject({ code: "card_stale" });
    expect((await house.request(requestId)).consoles.map(({ id }) => id)).toEqual(["1"]);
    await house.approve(requestId, "UCHI");
    expect((await house.grants(requestId)).map(({ consoleIds }) => consoleIds)).toEqual([["1"]]);
  });

  it("is a plain yes when nothing was changed", async () => {
    const { requestId } = await asked();
    expect(await change(requestId, {})).toBe("approved");
    expect(await house.ledger(requestId)).not.toContain("request.changed");
  });

  it.each([
    ["no console is left", { consoleIds: [] }, "console_missing", "consoles"],
    ["only consoles that were never asked for are named", { consoleIds: ["4", "many-1"] }, "console_missing", "consoles"],
  ] as const)("is refused at its field when %s, and nothing has changed", async (_, over, code, field) => {
    const { requestId } = await asked();
    await expect(change(requestId, { ...over, consoleIds: [...over.consoleIds] })).rejects.toMatchObject({ code, details: { field } });
    expect((await house.request(requestId)).consoles).toHaveLength(3);
    expect((await house.approvalOf(requestId)).status).toBe("PENDING");
  });

  it("is refused at the end's field when that has passed", async () => {
    const start = new Date(house.clock.at.getTime() + 60_000);
    const { id: requestId } = await house.ask({
      time: { start: { kind: "at", at: start }, end: { kind: "at", at: new Date(start.getTime() + HOUR * 1000) }, workingHours: null },
    });
    const { id: approvalId, version } = await house.approvalOf(requestId);
    const end = { kind: "at", at: new Date(house.clock.at.getTime() - 1000) } as const;
    const late = approveWithChanges(ports)({ approvalId, version, by: actor("UBEN"), consoleIds: ["1"], end, comment: null });
    await expect(late).rejects.toMatchObject({ code: "window_over", details: { field: "end" } });
  });

  it.each([
    ["the requester", "UANA", "self_approval"],
    ["who holds no seat", "UMALLORY", "not_allowed"],
    ["who left Slack", "UGONE", "person_deactivated"],
  ])("is refused to %s, whatever they would change", async (_, by, code) => {
    const { requestId } = await asked();
    for (const over of [{ consoleIds: ["1"] }, { consoleIds: [] }, { seconds: 8 * HOUR }])
      await expect(change(requestId, { by, ...over })).rejects.toMatchObject({ code });
    expect(await approvalOf(requestId)).toMatchObject({ status: "PENDING", proposal: null, changes: [] });
  });

  it("lets an administrator do so in somebody's place, which is recorded as such", async () => {
    const { requestId } = await asked();
    await change(requestId, { by: "UROOT", consoleIds: ["1"] });
    const { seats, status } = await approvalOf(requestId);
    expect(status).toBe("APPROVED");
    expect(seats[0]?.decision).toMatchObject({ capacity: "ADMIN", by: { userId: "UROOT" } });
  });
});

describe("approving more than was asked for", () => {
  it("is held to the longest window of the rules that the request was made under", async () => {
    await house.writeRules("TENANT", "", { longestWindowHours: 6 });
    const { requestId } = await asked();
    await house.dropRules();
    await expect(change(requestId, { seconds: 7 * HOUR })).rejects.toMatchObject({
      code: "window_over_rules",
      details: { field: "duration", params: { limit: 6 } },
    });
    expect(await change(requestId, { seconds: 6 * HOUR })).toBe("proposed");
  });

  it("decides nothing and changes nothing until the requester agrees", async () => {
    const { requestId } = await asked();
    expect(await change(requestId, { seconds: 8 * HOUR })).toBe("proposed");
    expect(await approvalOf(requestId)).toMatchObject({ status: "PENDING", version: 1, proposal: { by: { userId: "UBEN" } } });
    expect((await house.request(requestId)).time.end).toEqual({ kind: "after", seconds: 4 * HOUR });
    expect(house.enqueued.map(({ queue }) => queue)).toContain("project-request");
    await answer(requestId, "ACCEPT");
    expect(await approvalOf(requestId)).toMatchObject({ status: "APPROVED", proposal: null });
    const [grant] = await house.grants(requestId);
    expect((Number(grant?.end) - Number(grant?.start)) / 1000).toBe(8 * HOUR);
    expect((await house.ledger(requestId)).slice(2)).toEqual([
      "approval.change_proposed",
      "approval.proposal_ended",
      "request.changed",
      "approval.seat_decided",
      "approval.settled",
      "grant.planned",
      "grant.planned",
    ]);
  });

  describe("on a replica whose clock is 50 ms behind the one that proposed", () => {
    const behind = async (requestId: string) => {
      const { id: approvalId, proposal, modifiedAt } = await approvalOf(requestId);
      const clock = { now: () => new Date(modifiedAt.getTime() - 50) };
      return answerProposal({ ...ports, clock })({ approvalId, proposalId: proposal?.id ?? "", by: actor("UANA"), answer: "ACCEPT" });
    };

    it("counts all the same, and nobody hears that it lapsed", async () => {
      const { requestId } = await asked();
      await change(requestId, { seconds: 8 * HOUR });
      await behind(requestId);
      expect(await approvalOf(requestId)).toMatchObject({ status: "APPROVED", changes: [{}] });
      expect(house.enqueued.map(({ queue }) => queue)).not.toContain("tell-proposer");
    });

    it("is held to the rules once more at the consent", async () => {
      const { requestId, approvalId } = await asked();
      await change(requestId, { seconds: 8 * HOUR });
      const { body } = await house.approvalOf(requestId);
      const rules = { ...(await approvalOf(requestId)).rules, longestWindowHours: 6 };
      await house.db
        .updateTable("approval")
        .set({ body: JSON.stringify({ ...body, rules }) })
        .where("id", "=", approvalId)
        .execute();
      await expect(behind(requestId)).rejects.toMatchObject({ code: "window_over_rules" });
      expect(await approvalOf(requestId)).toMatchObject({ status: "PENDING", changes: [] });
    });
  });

  it("is dropped when the requester declines, and its proposer is told", async () => {
    const { requestId, approvalId } = await asked();
    await change(requestId, { seconds: 8 * HOUR });
    const proposalId = (await approvalOf(requestId)).proposal?.id;
    await answer(requestId, "DECLINE");
    expect(await approvalOf(requestId)).toMatchObject({ status: "PENDING", proposal: null, changes: [] });
    expect(house.enqueued.filter(({ queue }) => queue === "tell-proposer").map(({ payload }) => payload)).toEqual([
      { approvalId, proposalId, proposer: actor("UBEN"), outcome: "declined" },
    ]);
    await house.approve(requestId);
    expect((await house.request(requestId)).status).toBe("GRANTING");
  });

  it.each([
    ["the beneficiary", "UBO", null],
    ["the requester", "UANA", null],
    ["the proposer", "UBEN", "not_allowed"],
    ["another approver", "UCHI", "not_allowed"],
    ["an administrator", "UROOT", "not_allowed"],
    ["a stranger", "UMALLORY", "not_allowed"],
    ["who left Slack", "UGONE", "person_deactivated"],
  ])("may be answered by requester and beneficiary alone: %s", async (_, by, refused) => {
    for (const given of ["ACCEPT", "DECLINE"] as const) {
      const { requestId } = await asked({ beneficiary: "UBO" });
      await change(requestId, { seconds: 8 * HOUR });
      if (refused === null) await answer(requestId, given, by);
      else await expect(answer(requestId, given, by)).rejects.toMatchObject({ code: refused });
      const { status, proposal } = await approvalOf(requestId);
      expect([status, proposal === null]).toEqual(
        refused !== null ? ["PENDING", false] : [given === "ACCEPT" ? "APPROVED" : "PENDING", true],
      );
    }
  });

  it("is answered once: a second answer, and one to a forged proposal, change nothing", async () => {
    const { requestId } = await asked();
    await change(requestId, { seconds: 8 * HOUR });
    await expect(answer(requestId, "ACCEPT", "UANA", "forged")).rejects.toMatchObject({ code: "proposal_gone" });
    const proposalId = (await approvalOf(requestId)).proposal?.id ?? "";
    const both = await Promise.allSettled([answer(requestId, "ACCEPT"), answer(requestId, "DECLINE", "UANA", proposalId)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    await expect(answer(requestId, "ACCEPT", "UANA", proposalId)).rejects.toMatchObject({ code: "proposal_gone" });
  });

  it("lapses at the consent when the proposer may no longer decide: left, or out of the group", async () => {
    house.groups.set("SOPS", ["UBO"]);
    const left = house.known.get("UBO");
    if (!left) throw new Error("Bo left");
    for (const lose of [() => house.groups.set("SOPS", []), () => house.known.delete("UBO")]) {
      house.groups.set("SOPS", ["UBO"]);
      house.known.set("UBO", left);
      const { requestId, approvalId } = await asked();
      const { version } = await house.approvalOf(requestId);
      const to = { kind: "group", groupId: "SOPS" } as const;
      await house.decide(approvalId, { kind: "reassign", by: actor("UBEN"), version, from: null, to, comment: "yours" });
      await change(requestId, { by: "UBO", seconds: 8 * HOUR });
      lose();
      await expect(answer(requestId, "ACCEPT")).rejects.toMatchObject({ code: "proposal_lapsed" });
      expect(await approvalOf(requestId)).toMatchObject({ status: "PENDING", proposal: null, changes: [] });
      expect((await house.request(requestId)).time.end).toEqual({ kind: "after", seconds: 4 * HOUR });
      expect(house.enqueued.findLast(({ queue }) => queue === "tell-proposer")?.payload).toMatchObject({ outcome: "lapsed" });
    }
    house.known.set("UBO", left);
  });

  it("is void once a decision, or a change, came first", async () => {
    const decided = await asked();
    await change(decided.requestId, { seconds: 8 * HOUR });
    const proposalId = (await approvalOf(decided.requestId)).proposal?.id ?? "";
    await house.approve(decided.requestId, "UCHI");
    await expect(answer(decided.requestId, "ACCEPT", "UANA", proposalId)).rejects.toMatchObject({ code: "proposal_gone" });
    expect((await house.request(decided.requestId)).time.end).toEqual({ kind: "after", seconds: 4 * HOUR });

    const narrowed = await asked({ needed: 2 });
    await change(narrowed.requestId, { seconds: 8 * HOUR });
    await change(narrowed.requestId, { by: "UCHI", consoleIds: ["1"] });
    expect(await approvalOf(narrowed.requestId)).toMatchObject({ status: "PENDING", proposal: null });
  });

  it("gives way to a later one", async () => {
    const { requestId } = await asked();
    await change(requestId, { seconds: 8 * HOUR });
    const first = (await approvalOf(requestId)).proposal?.id ?? "";
    await change(requestId, { by: "UCHI", seconds: 6 * HOUR });
    await expect(answer(requestId, "ACCEPT", "UANA", first)).rejects.toMatchObject({ code: "proposal_gone" });
    await answer(requestId, "ACCEPT");
    expect((await approvalOf(requestId)).seats.map(({ decision }) => decision?.by.userId ?? null)).toEqual([null, "UCHI"]);
  });

  it("is refused once another seat has approved, which was for less", async () => {
    const { requestId } = await asked({ needed: 2 });
    await house.approve(requestId, "UCHI");
    await expect(change(requestId, { seconds: 8 * HOUR })).rejects.toMatchObject({ code: "change_after_approval" });
    expect(await change(requestId, { seconds: HOUR })).toBe("approved");
  });

  it("is refused where nobody could have asked for it", async () => {
    const { requestId } = await asked();
    await expect(change(requestId, { seconds: 400 * 24 * HOUR })).rejects.toMatchObject({
      code: "window_too_long",
      details: { field: "duration" },
    });
  });

  it("leaves a ledger out of which the approval can be made again", async () => {
    const { requestId, approvalId } = await asked({ needed: 2 });
    await change(requestId, { seconds: 8 * HOUR });
    await answer(requestId, "ACCEPT");
    await change(requestId, { by: "UCHI", consoleIds: ["1", "3"], seconds: 8 * HOUR });
    const rows = await house.db.selectFrom("ledger_event").select("after").where("subject", "=", approvalId).orderBy("id").execute();
    const replayed = rows.map(({ after }) => ApprovalEventJson.parse(after)).reduce<Approval | null>(evolve, null);
    // The criteria were put in by this test, behind the ledger's back.
    const { criteria } = await approvalOf(requestId);
    expect({ ...replayed, criteria }).toEqual(await approvalOf(requestId));
  });
});
