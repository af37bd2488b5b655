/**
 * Contract: however many people decide one approval at the same instant, one decision stands, everyone else is told whose it is and
 * when it was made, and one grant is planned.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());

describe("two approvers at the same instant", () => {
  it("lets exactly one decision stand, tells the other whose, and plans one grant", async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await house.ask();
      const { id: approvalId } = await house.approvalOf(id);
      const clicks = ["UBEN", "UCHI", "UBEN", "UCHI"].map((userId, index) => {
        const by = { teamId: "T1", userId };
        return index % 2 === 0
          ? house.decide(approvalId, { kind: "approve", by, version: 1, comment: null })
          : house.decide(approvalId, { kind: "reject", by, version: 1, comment: "no" });
      });
      const outcomes = await Promise.allSettled(clicks);
      const stood = outcomes.filter((outcome) => outcome.status === "fulfilled");
      expect(stood).toHaveLength(1);
      const { status } = await house.approvalOf(id);
      const decidedBy = stood[0]?.value.seats.find((seat) => seat.decision !== null)?.decision?.by.userId;
      for (const outcome of outcomes) {
        if (outcome.status === "fulfilled") continue;
        expect(outcome.reason).toBeInstanceOf(PortcullisError);
        expect(outcome.reason).toMatchObject({ code: "already_decided", details: { params: { status, byUserId: decidedBy } } });
      }
      expect(await house.grants(id)).toHaveLength(status === "APPROVED" ? 1 : 0);
    }
  });
});
