import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { approvalOnWire } from "../../../src/services/sailpoint/approval-wire.ts";
import { insertDecision, step } from "../../../src/services/sailpoint-inbox/decision-rows.ts";
import { DECISION_STATES, type DecisionState, type SailPointDeed } from "../../../src/services/sailpoint-inbox/inbox.ts";
import { storeApprovals } from "../../../src/services/sailpoint-inbox/store-approvals.ts";
import { yesInSlack } from "../../../src/services/sailpoint-inbox/yes-in-slack.ts";
import { aStore, type Store } from "../../support/a-store.ts";

let store: Store;
beforeAll(async () => {
  store = await aStore();
});
afterAll(() => store.close());

async function decided(approvalId: string, userId: string, deed: SailPointDeed, state: DecisionState): Promise<void> {
  const id = randomUUID();
  const by = { teamId: "T1", userId };
  const createdAt = new Date("2026-11-02T08:00:00Z");
  const place = { channelId: null, messageTs: null };
  const jobs = { enqueue: async () => {}, enqueueNow: async () => {} };
  const clock = { now: () => createdAt };
  await store.db.transaction().execute(async (trx) => {
    const approval = approvalOnWire.parse({ id: approvalId, status: "PENDING" });
    await storeApprovals({ jobs, clock, onSeen: async () => {} }, trx, [approval], { askedAt: createdAt.toISOString() });
    await insertDecision(trx, { id, approvalId, version: 1, deed, by, place, createdAt });
  });
  if (state !== "RECORDED") await step(store.db, id, { from: "RECORDED", to: state });
}

it.each(DECISION_STATES)("counts who approved here when it may have reached SailPoint: %s", async (state) => {
  await decided(`sp-${state}`, "UBEN", { kind: "approve", comment: null }, state);
  const counts = ["SENDING", "SENT", "CONFIRMED", "UNPROVEN"].includes(state);
  expect(await yesInSlack({ db: store.db })(`sp-${state}`)).toEqual(counts ? ["UBEN"] : []);
});

it("does not count a no, nor what was said of another approval", async () => {
  await decided("sp-1", "UBEN", { kind: "reject", comment: "no" }, "CONFIRMED");
  await decided("sp-2", "UANA", { kind: "approve", comment: null }, "CONFIRMED");
  expect(await yesInSlack({ db: store.db })("sp-1")).toEqual([]);
});
