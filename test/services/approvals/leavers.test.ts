import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { readApproval, saveApproval } from "../../../src/services/approvals/approval-rows.ts";
import { runApprovalTimer } from "../../../src/services/approvals/run-timer.ts";
import { group, holderKey, person } from "../../../src/services/approvals/seats.ts";
import { sweepLeavers, sweepSoon } from "../../../src/services/approvals/sweep-leavers.ts";
import { visitApproval } from "../../../src/services/approvals/visit-approval.ts";
import { aHouse, type House } from "../access/a-house.ts";

/**
 * Contract: an approver who has left Slack never blocks. Within an hour, and before the clock moves a seat, theirs is with somebody who
 * is here; once, however many replicas look at it; and an outage of Slack is never taken for somebody having left.
 */
let house: House;
let people: House["ports"]["people"];
const unreachable = new Set<string>();

beforeAll(async () => {
  house = await aHouse();
  people = {
    ...house.ports.people,
    trusted: async (actor) => {
      if (unreachable.has(actor.userId)) throw new PortcullisError("slack_unreachable");
      return house.ports.people.trusted(actor);
    },
  };
});
afterAll(() => house.close());

const ben = () => house.known.get("UBEN");
const everybody = new Map<string, NonNullable<ReturnType<typeof ben>>>();
beforeEach(async () => {
  for (const userId of ["UROOT", "UDAN", "UFAY"]) {
    const like = house.known.get("UCHI");
    if (like) house.known.set(userId, { ...like, userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` });
  }
  for (const [userId, known] of house.known) everybody.set(userId, known);
  for (const [userId, known] of everybody) house.known.set(userId, known);
  unreachable.clear();
  house.groups.clear();
  house.clock.at = new Date("2026-11-02T08:00:00Z");
  house.enqueued.length = 0;
  house.lines.length = 0;
  const pending = house.db.updateTable("approval").set({ status: "CANCELLED" }).where("status", "=", "PENDING");
  await pending.execute();
});

const leave = (...userIds: string[]) => {
  for (const userId of userIds) house.known.delete(userId);
};
const ports = () => ({ ...house.ports, people, onSettled: house.onSettled, admins: house.admins, teamId: async () => "T1" });
const sweep = () => sweepLeavers(ports())();
const ring = (approvalId: string) => runApprovalTimer(ports())({ approvalId });

/** A request of Ana's whose approval is as the test wants it. */
const asked = async (change: Partial<Approval> = {}) => {
  const { id: requestId } = await house.ask();
  const { id } = await house.approvalOf(requestId);
  const before = await readApproval(house.db, id);
  await house.db.transaction().execute((trx) => saveApproval(trx, { ...before, ...change }));
  return { requestId, id };
};
const seatsOf = async (id: string) => (await readApproval(house.db, id)).seats.map(({ holder }) => holderKey(holder));

describe("the hourly sweep", () => {
  it("hands the seat of somebody who left to an administrator, writes it down, draws the cards, and plans the next sweep", async () => {
    const { id, requestId } = await asked();
    leave("UBEN");
    house.enqueued.length = 0;
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UROOT", "person:UCHI"]);
    expect(await house.ledger(requestId)).toContain("approval.reassigned");
    expect(house.enqueued).toEqual([
      { queue: "sweep-leavers", payload: {}, startAfter: new Date("2026-11-02T09:00:00Z") },
      { queue: "project-request", payload: { requestId }, startAfter: undefined },
    ]);
    await sweep();
    expect((await house.ledger(requestId)).filter((kind) => kind === "approval.reassigned")).toHaveLength(1);
  });

  it("hands it on once when two replicas look at the same moment", async () => {
    const { id, requestId } = await asked();
    leave("UBEN");
    await Promise.all([sweep(), sweep(), visitApproval(ports())(id)]);
    expect(await seatsOf(id)).toEqual(["person:UROOT", "person:UCHI"]);
    expect((await house.ledger(requestId)).filter((kind) => kind === "approval.reassigned")).toHaveLength(1);
  });

  it("lets no decision count through the seat of before, and one through the new", async () => {
    const { id, requestId } = await asked();
    leave("UBEN");
    await sweep();
    const by = { teamId: "T1", userId: "UROOT" };
    const { version } = await readApproval(house.db, id);
    expect(await house.decide(id, { kind: "approve", by, version, comment: null })).toMatchObject({ status: "APPROVED" });
    expect(await house.grants(requestId)).toHaveLength(1);
  });

  it.each([
    ["has nobody in it", []],
    ["has nobody in it who is still here", ["UGONE1", "UGONE2"]],
    ["has nobody in it but who asks", ["UANA"]],
  ])("hands on the seat of a group that %s", async (_, members) => {
    house.groups.set("SSRE", members);
    const seats = [{ id: "1", holder: group("SSRE"), decision: null, insteadOf: null, autoApproveFor: null }];
    const { id } = await asked({ seats });
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UROOT"]);
  });

  const two = { calculationType: "COUNT", value: 2 } as const;
  const seatsOfBenAnd = (groupId: string, autoApproveFor: Approval["seats"][number]["autoApproveFor"] = null) =>
    [person("UBEN"), group(groupId)].map((holder, index) => ({
      ...{ id: String(index + 1), holder, decision: null, insteadOf: null },
      autoApproveFor: holder.kind === "group" ? autoApproveFor : null,
    }));

  it("hands on the seat of a group whose last members are who asks and who holds a seat besides", async () => {
    house.groups.set("SSRE", ["UANA", "UBEN"]);
    const { id } = await asked({ seats: seatsOfBenAnd("SSRE") });
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UBEN", "person:UROOT"]);
  });

  it("hands no seat to a group of nobody but people who have seats, and takes none from it", async () => {
    house.groups.set("SOPS", ["UBEN"]).set("SSRE", ["UBEN"]);
    const config = parseApprovalConfig({ fallbackApprover: { identityID: "SOPS", type: "GOVERNANCE_GROUP" } });
    const third = { id: "3", holder: person("UCHI"), decision: null, insteadOf: null, autoApproveFor: null };
    const seats = [...seatsOfBenAnd("SSRE"), third];
    const { id } = await asked({ config, seats });
    leave("UCHI");
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UBEN", "group:SSRE", "person:UROOT"]);
  });

  it("leaves a seat that will approve itself in its turn", async () => {
    house.groups.set("SSRE", ["UANA"]);
    const criteria = { type: "SERIAL", approval: two, rejection: two } as const;
    const { id } = await asked({ criteria, beneficiaryUserId: "UCHI", seats: seatsOfBenAnd("SSRE", { teamId: "T1", userId: "UANA" }) });
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UBEN", "group:SSRE"]);
  });

  it("leaves everything where it is while Slack does not answer", async () => {
    const { id } = await asked();
    for (const userId of ["UBEN", "UCHI", "UANA"]) unreachable.add(userId);
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UBEN", "person:UCHI"]);
    unreachable.clear();
    leave("UBEN");
    unreachable.add("UROOT");
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UBEN", "person:UCHI"]);
    unreachable.clear();
    await sweep();
    expect(await seatsOf(id)).toEqual(["person:UROOT", "person:UCHI"]);
  });

  it("says in the log and to the requester, once, that nobody is left", async () => {
    const { id } = await asked();
    leave("UBEN", "UCHI", "UROOT");
    await sweep();
    await sweep();
    const said = house.lines.filter(({ msg }) => msg === "approval.nobody-left");
    expect(said).toMatchObject([{ level: 50, approvalId: id }]);
    expect((await readApproval(house.db, id)).timers.stranded).toMatchObject({ reference: said[0]?.reference });
  });

  it("closes a request whose requester has left", async () => {
    const { id, requestId } = await asked();
    leave("UANA");
    await sweep();
    expect(await readApproval(house.db, id)).toMatchObject({ status: "CANCELLED", settledBy: null });
    expect(await house.request(requestId)).toMatchObject({ status: "CANCELLED" });
  });

  it("goes on with the others when one approval fails, and fails as a whole", async () => {
    const { id: broken } = await asked();
    const { id: whole } = await asked();
    leave("UBEN");
    const jobs = house.ports.jobs;
    const failing: typeof jobs = {
      ...jobs,
      enqueue: async (trx, queue, payload, options) => {
        if ("requestId" in payload && payload.requestId === (await readApproval(trx, broken)).requestId) throw new Error("out of disk");
        return jobs.enqueue(trx, queue, payload, options);
      },
    };
    await expect(sweepLeavers({ ...ports(), jobs: failing })()).rejects.toThrow(AggregateError);
    expect(await seatsOf(whole)).toEqual(["person:UROOT", "person:UCHI"]);
    expect(await seatsOf(broken)).toEqual(["person:UBEN", "person:UCHI"]);
  });

  it("comes soon when Slack says that somebody has left", async () => {
    await sweepSoon({ jobs: house.ports.jobs })();
    expect(house.enqueued).toEqual([{ queue: "sweep-leavers", payload: {}, startAfter: undefined }]);
  });
});

describe("an approval's clock", () => {
  const config = parseApprovalConfig({
    escalationConfig: {
      enabled: true,
      escalationCronSchedule: "@every 24h",
      daysUntilFirstEscalation: 1,
      escalationChain: [{ identityId: "UDAN" }, { identityId: "UFAY" }],
    },
    reminderConfig: { enabled: true, reminderCronSchedule: "@every 1h", daysUntilFirstReminder: 0, maxReminders: 20 },
  });
  const later = new Date("2026-11-03T08:00:00Z");

  it("passes over a link that has left, and hands on the seat that it does not move", async () => {
    const { id } = await asked({ config });
    leave("UDAN", "UCHI");
    house.clock.at = later;
    await ring(id);
    expect(await seatsOf(id)).toEqual(["person:UFAY", "person:UROOT"]);
    expect((await readApproval(house.db, id)).reassignmentHistory.map(({ kind }) => kind)).toEqual(["ESCALATION", "AUTO_REASSIGNMENT"]);
  });

  it("escalates as ever while Slack does not answer", async () => {
    const { id } = await asked({ config });
    for (const userId of ["UBEN", "UCHI", "UDAN", "UANA"]) unreachable.add(userId);
    house.clock.at = later;
    await ring(id);
    expect(await seatsOf(id)).toEqual(["person:UDAN", "person:UCHI"]);
  });

  it("passes over the link also when a decision comes before its own job", async () => {
    const { id } = await asked({ config });
    leave("UDAN");
    house.clock.at = later;
    await house.decide(id, { kind: "comment", by: { teamId: "T1", userId: "UANA" }, comment: "still needed" });
    expect(await seatsOf(id)).toEqual(["person:UFAY", "person:UCHI"]);
  });

  it("reminds once for a tick, however many replicas it woke, and takes what it missed for one", async () => {
    const { id, requestId } = await asked({ config });
    house.clock.at = new Date("2026-11-02T12:30:00Z");
    await Promise.all([ring(id), ring(id), ring(id)]);
    expect((await house.ledger(requestId)).filter((kind) => kind === "approval.reminded")).toHaveLength(1);
    expect((await readApproval(house.db, id)).timers).toMatchObject({
      remindersSent: 1,
      lastReminderTick: new Date("2026-11-02T12:00:00Z"),
    });
  });

  it("comes again when it was early, however early, or when quiet hours keep its reminder back", async () => {
    const { id } = await asked({ config });
    await ring(id);
    house.enqueued.length = 0;
    house.clock.at = new Date("2026-11-02T08:59:30Z");
    await ring(id);
    expect(house.enqueued).toEqual([
      { queue: "approval-timer", payload: { approvalId: id }, startAfter: new Date("2026-11-02T09:00:00Z") },
    ]);
    house.enqueued.length = 0;
    house.clock.at = new Date("2026-11-02T08:30:00Z");
    await ring(id);
    expect(house.enqueued).toEqual([
      { queue: "approval-timer", payload: { approvalId: id }, startAfter: new Date("2026-11-02T09:00:00Z") },
    ]);
    house.enqueued.length = 0;
    const { rules } = await readApproval(house.db, id);
    await house.db
      .transaction()
      .execute(async (trx) =>
        saveApproval(trx, { ...(await readApproval(trx, id)), rules: { ...rules, quietHours: { start: "10:00", end: "17:00" } } }),
      );
    house.clock.at = new Date("2026-11-02T11:15:00Z");
    await ring(id);
    expect(house.enqueued).toEqual([
      { queue: "approval-timer", payload: { approvalId: id }, startAfter: new Date("2026-11-02T17:00:00Z") },
    ]);
  });

  it("asks nobody when the deadline has come", async () => {
    const { id, requestId } = await asked({ config: parseApprovalConfig({ timeoutConfig: { enabled: true, daysUntilTimeout: 1 } }) });
    leave("UANA");
    house.clock.at = later;
    await ring(id);
    expect(await readApproval(house.db, id)).toMatchObject({ status: "EXPIRED", settledBy: null });
    expect(await house.request(requestId)).toMatchObject({ status: "EXPIRED" });
    const late = house.decide(id, { kind: "approve", by: { teamId: "T1", userId: "UBEN" }, version: 1, comment: null });
    await expect(late).rejects.toMatchObject({ code: "already_decided", details: { params: { status: "EXPIRED" } } });
    await expect(late).rejects.not.toMatchObject({ details: { params: { byUserId: expect.anything() } } });
  });

  it("leaves no open seat to who comes later in a serial chain", async () => {
    const serial = {
      type: "SERIAL",
      approval: { calculationType: "COUNT", value: 2 },
      rejection: { calculationType: "COUNT", value: 1 },
    } as const;
    const seats = ["UBEN", "UCHI"].map((userId, index) => ({
      ...{ id: String(index + 1), holder: person(userId), decision: null, insteadOf: null, autoApproveFor: null },
    }));
    await asked({ criteria: serial, seats });
    expect((await house.queue("UBEN")).rows).toHaveLength(1);
    expect((await house.queue("UCHI")).rows).toHaveLength(0);
  });
});
