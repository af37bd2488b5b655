/**
 * Contract: one run at a time works on a grant. A run that lives keeps its claim for as long as it takes; the claim of a replica that was
 * killed ends within fifteen seconds, so that the grant goes on elsewhere.
 */
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { provisionGrant } from "../../../src/services/access/provision-grant.ts";
import { createHandTimers } from "../../support/timers.ts";
import { aHouse, type House } from "./a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());

const secondsLeft = async (grantId: string): Promise<number> => {
  const row = await house.db
    .selectFrom("access_grant")
    .select(sql<number>`extract(epoch from claimed_until - now())::float8`.as("left"))
    .where("id", "=", grantId)
    .executeTakeFirstOrThrow();
  return row.left;
};

it("renews a short claim while it works, and lets go in the end", async () => {
  const { id } = await house.ask();
  await house.approve(id);
  const [grant] = await house.grants(id);
  const grantId = grant?.id ?? "";
  const hand = createHandTimers();
  let answer = (): void => {};
  const answered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  let posting = (): void => {};
  const posted = new Promise<void>((resolve) => {
    posting = resolve;
  });
  const approvals = {
    ...house.zpa.approvals,
    create: async (draft: Parameters<typeof house.zpa.approvals.create>[0]) => {
      posting();
      await answered;
      return house.zpa.approvals.create(draft);
    },
  };
  const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
  const running = provisionGrant({ ...house.ports, zpa: { approvals }, timers: hand.timers })({ grantId }, attempt);
  await posted;
  expect(await secondsLeft(grantId)).toBeLessThanOrEqual(15);

  await house.db
    .updateTable("access_grant")
    .set({ claimed_until: sql<Date>`now() + interval '1 second'` })
    .where("id", "=", grantId)
    .execute();
  await hand.pass(5_000);
  await expect.poll(() => secondsLeft(grantId)).toBeGreaterThan(10);

  await house.provision(grantId);
  expect(house.enqueued.at(-1)).toMatchObject({ queue: "provision-grant", payload: { grantId }, startAfter: expect.any(Date) });
  answer();
  await running;
  expect(await house.request(id)).toMatchObject({ status: "GRANTED" });
  expect(await secondsLeft(grantId)).toBeNull();
});
