/**
 * Contract: when reminders, escalations and the deadline fall, to the instant, in the configuration's zone; that they come before
 * commands of the same instant; and that nothing comes after the end.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { group, ids, later, OPENED, type Play, parallel, type Rehearsals, rehearsals, serial } from "./a-rehearsal.ts";

let house: Rehearsals;
beforeAll(async () => {
  house = await rehearsals();
});
afterAll(() => house.close());

const reminders = (reminderCronSchedule: string, daysUntilFirstReminder = 0, maxReminders = 20) => ({
  reminderConfig: { enabled: true, daysUntilFirstReminder, reminderCronSchedule, maxReminders },
});
const escalation = (escalationCronSchedule: string, daysUntilFirstEscalation: number, ...chain: readonly string[]) => ({
  escalationConfig: {
    ...{ enabled: true, daysUntilFirstEscalation, escalationCronSchedule },
    escalationChain: chain.map((identityId) => ({ identityId, identityType: "IDENTITY" })),
  },
});
const timeout = (daysUntilTimeout: number, timeoutResult = "EXPIRED") => ({
  timeoutConfig: { enabled: true, daysUntilTimeout, timeoutResult },
});
const zone = (location: string, offset = "") => ({ cronTimezone: { location, offset } });
const bo: Play = { approvers: ["bo"] };

describe("reminders", () => {
  const cases: readonly (readonly [name: string, play: Play, at: readonly string[]])[] = [
    [
      "@every begins days after the opening, to the instant",
      { ...bo, config: reminders("@every 36h", 2, 3) },
      [later({ days: 2 }), later({ days: 3, hours: 12 }), later({ days: 5 })],
    ],
    ["@every and no days begin at the opening itself", { ...bo, config: reminders("@every 24h", 0, 2) }, [OPENED, later({ days: 1 })]],
    [
      "a cron comes at its first tick from then on",
      { ...bo, config: reminders("0 8 * * *", 1, 2) },
      ["2026-03-04T08:00:00.000Z", "2026-03-05T08:00:00.000Z"],
    ],
    ["a tick at that very instant counts", { ...bo, config: reminders("0 9 * * *", 1, 1) }, [later({ days: 1 })]],
    ["a tick at the opening counts", { ...bo, config: reminders("0 9 * * MON", 0, 2) }, [OPENED, later({ days: 7 })]],
    [
      "@daily is midnight of the zone",
      { ...bo, config: { ...reminders("@daily", 0, 2), ...zone("Asia/Tokyo") } },
      ["2026-03-02T15:00:00.000Z", "2026-03-03T15:00:00.000Z"],
    ],
    [
      "an offset stands for a zone",
      { ...bo, config: { ...reminders("30 9 * * *", 0, 1), ...zone("", "+05:30") } },
      ["2026-03-03T04:00:00.000Z"],
    ],
    [
      "a location stands over an offset",
      { ...bo, config: { ...reminders("0 12 * * *", 0, 1), ...zone("Europe/Berlin", "-05:00") } },
      ["2026-03-02T11:00:00.000Z"],
    ],
    ["none when there may be none", { ...bo, config: reminders("@every 24h", 0, 0) }, []],
    [
      "none when they are off",
      { ...bo, config: { reminderConfig: { enabled: false, reminderCronSchedule: "1 1 1 1 1", maxReminders: 5 } } },
      [],
    ],
    [
      "20 unless less is said",
      { ...bo, config: { reminderConfig: { enabled: true, reminderCronSchedule: "@every 1h" } } },
      Array.from({ length: 20 }, (_, hours) => later({ hours })),
    ],
    [
      "until is inclusive",
      { ...bo, config: reminders("@every 24h", 1), until: later({ days: 2 }) },
      [later({ days: 1 }), later({ days: 2 })],
    ],
    [
      "before a decision of the same instant, and never after one",
      { ...bo, config: reminders("@every 24h", 1), steps: [["bo", "approve", null, "ok", later({ days: 2 })]] },
      [later({ days: 1 }), later({ days: 2 })],
    ],
    [
      "the deadline's instant belongs to the deadline",
      { ...bo, config: { ...reminders("@every 24h", 1), ...timeout(3) } },
      [later({ days: 1 }), later({ days: 2 })],
    ],
    [
      "in spring the wall's nine o'clock comes an hour earlier",
      {
        ...bo,
        openedAt: "2026-03-28T12:00:00Z",
        config: { ...reminders("0 9 * * *", 0, 2), ...zone("Europe/Berlin") },
        until: "2026-04-30T00:00:00Z",
      },
      ["2026-03-29T07:00:00.000Z", "2026-03-30T07:00:00.000Z"],
    ],
    [
      "in spring what the clocks skip comes after the gap",
      {
        ...bo,
        openedAt: "2026-03-28T12:00:00Z",
        config: { ...reminders("30 2 * * *", 0, 2), ...zone("Europe/Berlin") },
        until: "2026-04-30T00:00:00Z",
      },
      ["2026-03-29T01:30:00.000Z", "2026-03-30T00:30:00.000Z"],
    ],
    [
      "in autumn what comes twice counts once, the first time",
      {
        ...bo,
        openedAt: "2026-10-24T12:00:00Z",
        config: { ...reminders("30 2 * * *", 0, 2), ...zone("Europe/Berlin") },
        until: "2026-11-30T00:00:00Z",
      },
      ["2026-10-25T00:30:00.000Z", "2026-10-26T01:30:00.000Z"],
    ],
    [
      "a day is 24 hours also when the clocks change, and so is @every 24h",
      {
        ...bo,
        openedAt: "2026-03-28T12:00:00Z",
        config: { ...reminders("@every 24h", 1, 2), ...zone("Europe/Berlin") },
        until: "2026-04-30T00:00:00Z",
      },
      ["2026-03-29T12:00:00.000Z", "2026-03-30T12:00:00.000Z"],
    ],
    [
      "New York, where the first of November has 25 hours",
      {
        ...bo,
        openedAt: "2026-10-31T12:00:00Z",
        config: { ...reminders("0 9 * * *", 0, 3), ...zone("America/New_York") },
        until: "2026-11-30T00:00:00Z",
      },
      ["2026-10-31T13:00:00.000Z", "2026-11-01T14:00:00.000Z", "2026-11-02T14:00:00.000Z"],
    ],
  ];
  it.each(cases)("%s", async (_, play, at) => expect((await house.play(play)).reminders).toEqual(at));
});

describe("escalations", () => {
  it("move the first undecided seat, one link a tick, until the chain ends", async () => {
    const { approval, escalations } = await house.play({
      approvers: ["bo", "cy"],
      criteria: parallel("100%", 1),
      config: escalation("@every 24h", 1, "mia", "max"),
      steps: [
        ["bo", "approve", null, "not_allowed", later({ days: 1 })], // the timer comes first
        ["mia", "approve", null, "ok", later({ days: 1, hours: 1 })],
      ],
    });
    expect(escalations).toEqual([
      { at: later({ days: 1 }), to: "mia" },
      { at: later({ days: 2 }), to: "max" },
    ]);
    expect(ids(approval.approvers)).toEqual(["mia", "max"]);
    expect(approval).toMatchObject({ isEscalated: true, escalationStep: "2", status: "PENDING" });
    expect(approval.reassignmentHistory).toMatchObject([
      {
        reassignmentType: "ESCALATION",
        reassignedFrom: { identityID: "bo" },
        reassignedTo: { identityID: "mia" },
        reassigner: null,
        reassignmentDate: later({ days: 1 }),
      },
      { reassignmentType: "ESCALATION", reassignedFrom: { identityID: "cy" }, reassignedTo: { identityID: "max" }, commentID: null },
    ]);
  });

  it("are reset when the approval is actioned on; the step stays", async () => {
    const { approval } = await house.play({
      approvers: ["bo", "cy"],
      criteria: parallel("100%", 1),
      config: escalation("@every 24h", 1, "mia"),
      steps: [["mia", "approve", null, "ok", later({ days: 3 })]],
    });
    expect(approval).toMatchObject({ isEscalated: false, escalationStep: "1", assignedTo: [{ identityID: "cy" }] });
  });

  it("say step 0 before there were any", async () => {
    expect((await house.play(bo)).approval).toMatchObject({ isEscalated: false, escalationStep: "0", reassignmentHistory: [] });
  });

  const to = (...chain: readonly string[]) => escalation("@every 24h", 1, ...chain);
  const cases: readonly (readonly [name: string, play: Play, to: readonly string[], approvers: readonly string[]])[] = [
    ["pass over a link with a seat", { approvers: ["bo", "cy"], config: to("cy", "mia") }, ["mia"], ["mia", "cy"]],
    ["pass over the holder", { ...bo, config: to("bo", "mia") }, ["mia"], ["mia"]],
    [
      "pass over who decided for a group",
      { approvers: [group("sre", "cy"), "bo"], criteria: parallel(2, 2), config: to("cy", "mia"), steps: ["cy approve ok"] },
      ["mia"],
      ["sre", "mia"],
    ],
    ["go to the first administrator instead of the requester", { ...bo, config: to("ana", "mia") }, ["root", "mia"], ["mia"]],
    [
      "go to the fallback instead of the requestee",
      { ...bo, requestee: "lu", config: { ...to("lu"), fallbackApprover: { identityID: "fay" } } },
      ["fay"],
      ["fay"],
    ],
    ["pass over the requester when there is nobody instead", { ...bo, admins: [], config: to("ana", "mia") }, ["mia"], ["mia"]],
    [
      "move whose turn it is in a chain",
      { approvers: ["bo", "cy"], criteria: serial(2, 1), config: to("mia"), steps: ["bo approve ok"] },
      ["mia"],
      ["bo", "mia"],
    ],
    ["may come back to an earlier holder", { ...bo, config: to("mia", "bo") }, ["mia", "bo"], ["bo"]],
    [
      "pass over a group that nobody could decide for",
      {
        approvers: ["bo", group("sre", "bo", "ana")],
        criteria: parallel(2, 1),
        config: { ...to("sre", "mia"), fallbackApprover: { identityID: "fay" } },
      },
      ["mia"],
      ["mia", "fay"],
    ],
    ["go to a group of the script", { approvers: ["bo", group("sre", "cy")], config: to("sre", "mia") }, ["mia"], ["mia", "sre"]],
  ];
  it.each(cases)("%s", async (_, play, links, approvers) => {
    const { approval, escalations } = await house.play(play);
    expect(escalations.map((each) => each.to)).toEqual(links);
    expect(ids(approval.approvers)).toEqual(approvers);
  });

  it("stop when it is decided", async () => {
    const { escalations } = await house.play({
      ...bo,
      config: to("mia", "max"),
      steps: [["mia", "reject", null, "ok", later({ days: 1, hours: 23 })]],
    });
    expect(escalations).toEqual([{ at: later({ days: 1 }), to: "mia" }]);
  });

  it("come by a cron in the zone, the clocks' change included", async () => {
    const { escalations } = await house.play({
      ...bo,
      openedAt: "2026-03-27T12:00:00Z",
      until: "2026-04-30T00:00:00Z",
      config: { ...escalation("0 9 * * 1-5", 0, "mia", "max"), ...zone("Europe/Berlin") },
    });
    expect(escalations.map(({ at }) => at)).toEqual(["2026-03-30T07:00:00.000Z", "2026-03-31T07:00:00.000Z"]);
  });
});

describe("the deadline", () => {
  it.each(["EXPIRED", "APPROVED"])("makes it %s at its instant, which is before a command of that instant", async (status) => {
    const { approval } = await house.play({
      ...bo,
      config: timeout(2, status),
      steps: [
        ["bo", "reject", null, "already_decided", later({ days: 2 })],
        ["bo", "reject", null, "already_decided", later({ days: 9 })],
      ],
    });
    expect(approval).toMatchObject({
      status,
      completedDate: later({ days: 2 }),
      dueDate: later({ days: 2 }),
      approvedBy: [],
      assignedTo: [],
    });
  });

  it("does not reach what was decided a moment before", async () => {
    const { approval } = await house.play({
      ...bo,
      config: timeout(1),
      steps: [["bo", "approve", null, "ok", "2026-03-03T08:59:59.999Z"]],
    });
    expect(approval).toMatchObject({ status: "APPROVED", completedDate: "2026-03-03T08:59:59.999Z" });
  });

  it("is inclusive of until, and not reached before", async () => {
    expect((await house.play({ ...bo, config: timeout(90), until: later({ days: 90 }) })).approval.status).toBe("EXPIRED");
    expect((await house.play({ ...bo, config: timeout(90), until: "2026-05-31T08:59:59Z" })).approval.status).toBe("PENDING");
  });

  it("comes before a reminder and an escalation of its instant", async () => {
    const config = { ...timeout(1), ...reminders("@every 24h", 1), ...escalation("@every 24h", 1, "mia") };
    expect(await house.play({ ...bo, config })).toMatchObject({ approval: { status: "EXPIRED" }, reminders: [], escalations: [] });
  });

  it("is none unless it is enabled", async () => {
    expect((await house.play(bo)).approval).toMatchObject({ status: "PENDING", dueDate: null });
  });
});

it("rings reminder and escalation of one instant both", async () => {
  const config = { ...reminders("0 9 * * *", 1, 1), ...escalation("@every 24h", 1, "mia") };
  const { reminders: reminded, escalations } = await house.play({ ...bo, config });
  expect([reminded, escalations]).toEqual([[later({ days: 1 })], [{ at: later({ days: 1 }), to: "mia" }]]);
});
