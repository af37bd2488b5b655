/**
 * Contract: an approval's timer counts once however often it rings, is not lost when it rings early, and a deadline counts from its
 * instant on, whether its job has run or not. The instants in the ledger never run back.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noFault } from "../../../src/fault-points.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { insertApproval, readApproval } from "../../../src/services/approvals/approval-rows.ts";
import { decideApproval, mayDecide } from "../../../src/services/approvals/decide-approval.ts";
import { runApprovalTimer } from "../../../src/services/approvals/run-timer.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { type DataFolder, newMigratedFolder } from "../../support/data-folder.ts";
import { keptLog } from "../../support/silent-log.ts";
import { anApproval, person } from "./an-approval.ts";
import { personOf } from "./race-rounds.ts";

const OPENED = new Date("2026-11-02T08:00:00Z");
const DEADLINE = new Date("2026-11-03T08:00:00Z");
const plus = (instant: Date, milliseconds: number): Date => new Date(instant.getTime() + milliseconds);

let data: DataFolder;
let database: OpenDatabase;
beforeAll(async () => {
  data = await newMigratedFolder();
  database = await openDatabase({ url: null, folder: data.folder, log: keptLog().log });
});
afterAll(async () => {
  await database.close();
  await data.remove();
});

async function aTimedApproval() {
  const { db } = database;
  const timeoutConfig = { enabled: true, daysUntilTimeout: 1 };
  const criterion = { calculationType: "COUNT", value: 2 } as const;
  const approval = anApproval([person("UBEN"), person("UCHI")], {
    ...{ id: randomIds.uuid(), requestId: randomIds.uuid(), createdAt: OPENED, modifiedAt: OPENED },
    criteria: { type: "PARALLEL", approval: criterion, rejection: criterion },
    config: parseApprovalConfig({ timeoutConfig }),
  });
  await db.transaction().execute(async (trx) => {
    const { requestId: id } = approval;
    const json = { requester: JSON.stringify(personOf("UANA")), beneficiary: "{}", consoles: "[]", requested_time: "{}" };
    const who = { requester_user_id: "UANA", beneficiary_user_id: "UANA" };
    await trx
      .insertInto("request")
      .values({ id, ...json, ...who, reason: "why", status: "PENDING", submission_key: id, created_at: OPENED })
      .execute();
    await insertApproval(trx, approval);
  });
  const clock = { at: OPENED, now: () => clock.at };
  const alarms: Date[] = [];
  const settled: string[] = [];
  const jobs: Jobs = {
    enqueue: async (_trx, queue, _payload, options) => {
      if (queue === "approval-timer" && options?.startAfter) alarms.push(options.startAfter);
    },
    enqueueNow: async (queue, _payload, options) => {
      if (queue === "approval-timer" && options?.startAfter) alarms.push(options.startAfter);
    },
    work: async () => {},
    stop: async () => {},
  };
  const people = {
    trusted: async ({ userId }: { readonly userId: string }) => personOf(userId),
    groupsOf: async () => [],
    membersOf: async () => [],
    isAdmin: async () => false,
  };
  const onSettled = async (_trx: unknown, { status }: { readonly status: string }) => void settled.push(status);
  const ports = { db, people, clock, jobs, admins: [], onSettled, faultPoint: noFault, ids: randomIds, log: keptLog().log };
  const decide = decideApproval(ports);
  return {
    id: approval.id,
    clock,
    alarms,
    settled,
    ring: () => runApprovalTimer(ports)({ approvalId: approval.id }),
    approve: (userId: string) => decide(approval.id, { kind: "approve", by: { teamId: "T1", userId }, version: null, comment: null }),
    openForm: () => mayDecide(ports)(approval.id, 1, { teamId: "T1", userId: "UBEN" }),
    now: () => readApproval(db, approval.id),
    ledger: () => db.selectFrom("ledger_event").select(["kind", "at"]).where("subject", "=", approval.id).orderBy("id").execute(),
  };
}

describe("an approval's timer", () => {
  it("is set again when it rings before its time by our clock, and not lost", async () => {
    const timed = await aTimedApproval();
    timed.clock.at = plus(DEADLINE, -1);
    await timed.ring();
    expect([timed.alarms, (await timed.now()).status]).toEqual([[DEADLINE], "PENDING"]);
    timed.clock.at = DEADLINE;
    await timed.ring();
    expect([timed.settled, (await timed.now()).status]).toEqual([["EXPIRED"], "EXPIRED"]);
  });

  it("counts once, however often it rings, and is not set again once all is over", async () => {
    const timed = await aTimedApproval();
    timed.clock.at = plus(DEADLINE, 5_000);
    await Promise.all([timed.ring(), timed.ring(), timed.ring()]);
    expect([timed.settled, timed.alarms]).toEqual([["EXPIRED"], []]);
    expect(await timed.now()).toMatchObject({ status: "EXPIRED", completedAt: DEADLINE, settledBy: null });
  });

  it("need not have rung: from the deadline on a decision comes too late, and no form is opened for one", async () => {
    const timed = await aTimedApproval();
    timed.clock.at = DEADLINE;
    await expect(timed.openForm()).rejects.toMatchObject({ code: "already_decided", details: { params: { status: "EXPIRED" } } });
    await expect(timed.approve("UBEN")).rejects.toMatchObject({ code: "already_decided", details: { params: { status: "EXPIRED" } } });
  });

  it("leaves the last moment before it to whoever decides then", async () => {
    const timed = await aTimedApproval();
    timed.clock.at = plus(DEADLINE, -1);
    await timed.openForm();
    await timed.approve("UBEN");
    await timed.approve("UCHI");
    timed.clock.at = plus(DEADLINE, 60_000);
    await timed.ring();
    expect([timed.settled, (await timed.now()).settledBy]).toEqual([["APPROVED"], { teamId: "T1", userId: "UCHI" }]);
  });
});

describe("two decisions that come in by clocks that differ", () => {
  it("stand in the order in which they were made, and the second is said to have settled it", async () => {
    const timed = await aTimedApproval();
    timed.clock.at = plus(OPENED, 60_000);
    await timed.approve("UCHI");
    timed.clock.at = plus(OPENED, 59_000); // a replica whose clock is behind, or who waited for the lock
    await timed.approve("UBEN");
    const instants = (await timed.ledger()).map(({ at }) => at.getTime());
    expect(instants).toEqual(instants.toSorted((a, b) => a - b));
    expect(await timed.now()).toMatchObject({ status: "APPROVED", settledBy: { userId: "UBEN" }, completedAt: plus(OPENED, 60_000) });
  });
});
