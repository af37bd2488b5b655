import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { openFor } from "../../../src/services/approvals/open-for-request.ts";
import { runApprovalTimer } from "../../../src/services/approvals/run-timer.ts";
import { routeFor } from "../../../src/services/policy/route.ts";
import { type SomeJobs, someJobs } from "../../jobs/some-jobs.ts";
import { aHouse, type House } from "../access/a-house.ts";

/**
 * Contract: when the clock is moved, as the sandbox does, every timer that lies in between has rung: through the real queue, and by the
 * instants of our clock.
 */
const DAY = 86_400_000;
let house: House;
let some: SomeJobs;
beforeAll(async () => {
  [house, some] = await Promise.all([aHouse(), someJobs("pglite")]);
});
afterAll(async () => {
  await some.end();
  await house.close();
});

describe("moving the clock", () => {
  it("brings the reminder and then the deadline about", async () => {
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const { people, ids, log } = house.ports;
    const ports = {
      ...{ people, ids, log, clock, db: some.database.db, jobs: some.jobs },
      admins: house.admins,
      onSettled: async () => {},
    };
    const ana = await people.trusted({ teamId: "T1", userId: "UANA" });
    const route = {
      ...routeFor({ approvers: ["UBEN"], selfApproval: false }),
      config: parseApprovalConfig({
        reminderConfig: { enabled: true, reminderCronSchedule: "@every 24h", daysUntilFirstReminder: 1, maxReminders: 1 },
        timeoutConfig: { enabled: true, daysUntilTimeout: 2, timeoutResult: "APPROVED" },
      }),
    };
    await some.jobs.work("approval-timer", runApprovalTimer(ports));
    const open = await openFor(ports, { requester: ana, beneficiary: ana, route }, clock.now());
    const requestId = ids.uuid();
    await some.database.db.transaction().execute(async (trx) => {
      const person = JSON.stringify(ana);
      await trx
        .insertInto("request")
        .values({
          ...{ id: requestId, requester: person, beneficiary: person, requester_user_id: "UANA", beneficiary_user_id: "UANA" },
          ...{ consoles: "[]", requested_time: "{}", reason: "OPS-1", status: "PENDING", submission_key: requestId },
          created_at: clock.now(),
        })
        .execute();
      await open(trx, requestId);
    });
    const kinds = async () =>
      (await some.database.db.selectFrom("ledger_event").select("kind").orderBy("id").execute()).map(({ kind }) => kind);
    const move = async () => {
      ahead += DAY;
      await some.moveAhead(DAY);
    };

    await move();
    await expect.poll(kinds, { timeout: 10_000 }).toEqual(["approval.opened", "approval.reminded"]);
    await move();
    await expect.poll(kinds, { timeout: 10_000 }).toEqual(["approval.opened", "approval.reminded", "approval.settled"]);
    const approval = await some.database.db.selectFrom("approval").select("status").executeTakeFirstOrThrow();
    expect(approval.status).toBe("APPROVED");
  });
});
