import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readApproval, saveApproval } from "../../../src/services/approvals/approval-rows.ts";
import { nudgeApprovers } from "../../../src/services/approvals/nudge-approvers.ts";
import { aHouse, type House } from "../access/a-house.ts";

/** Contract: requester and beneficiary may have the approvers reminded, once in four hours, and never within their quiet hours. */
let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());
beforeEach(() => {
  house.clock.at = new Date("2026-11-02T08:00:00Z");
});

const nudge = (requestId: string, userId = "UANA") =>
  nudgeApprovers({ db: house.db, decide: house.decide })({ requestId, by: { teamId: "T1", userId } });

describe("reminding the approvers", () => {
  it("is written down, has the cards projected, and says when it can be done again", async () => {
    const { id } = await house.ask();
    house.enqueued.length = 0;
    expect(await nudge(id)).toEqual({ heardAt: null, nextAt: new Date("2026-11-02T12:00:00Z") });
    expect(await house.ledger(id)).toContain("approval.nudged");
    expect(house.enqueued).toEqual([{ queue: "project-request", payload: { requestId: id }, startAfter: undefined }]);
  });

  it("is refused within four hours, also to the other of the two, and taken after that", async () => {
    const { id } = await house.ask({ beneficiaryUserId: "UCHI" });
    await nudge(id);
    house.clock.at = new Date("2026-11-02T11:59:59Z");
    const nextAtEpochSeconds = Date.parse("2026-11-02T12:00:00Z") / 1000;
    await expect(nudge(id, "UCHI")).rejects.toMatchObject({ code: "nudge_too_soon", details: { params: { nextAtEpochSeconds } } });
    house.clock.at = new Date("2026-11-02T12:00:00Z");
    expect(await nudge(id, "UCHI")).toMatchObject({ nextAt: new Date("2026-11-02T16:00:00Z") });
  });

  it("counts once when it is pressed twice at the same moment", async () => {
    const { id } = await house.ask();
    const outcomes = await Promise.allSettled([nudge(id), nudge(id), nudge(id)]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await house.ledger(id)).filter((kind) => kind === "approval.nudged")).toHaveLength(1);
  });

  it("waits for the end of the quiet hours", async () => {
    const { id } = await house.ask();
    const approvalId = (await house.approvalOf(id)).id;
    await house.db.transaction().execute(async (trx) => {
      const approval = await readApproval(trx, approvalId);
      await saveApproval(trx, { ...approval, rules: { ...approval.rules, quietHours: { start: "20:00", end: "07:00" } } });
    });
    house.clock.at = new Date("2026-11-02T22:00:00Z");
    house.enqueued.length = 0;
    expect(await nudge(id)).toEqual({ heardAt: new Date("2026-11-03T07:00:00Z"), nextAt: new Date("2026-11-03T02:00:00Z") });
    expect(house.enqueued.map(({ startAfter }) => startAfter)).toEqual([undefined, new Date("2026-11-03T07:00:00Z")]);
  });

  it("is nobody else's, and nothing for a request that is decided or not known", async () => {
    const { id } = await house.ask();
    await expect(nudge(id, "UBEN")).rejects.toMatchObject({ code: "not_allowed" });
    await house.approve(id);
    await expect(nudge(id)).rejects.toMatchObject({ code: "already_decided", details: { params: { byUserId: "UBEN" } } });
    await expect(nudge("00000000-0000-0000-0000-000000000000")).rejects.toMatchObject({ code: "request_unknown" });
  });
});
