import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { evolve } from "../../../src/services/approvals/approval-events.ts";
import { heardAt, nextDue, passTime } from "../../../src/services/approvals/timers.ts";
import { anApproval, person } from "./an-approval.ts";

/**
 * Contract: nobody is reminded within quiet hours, however late the bot comes; the reminders of one night are one, said when it is
 * over; escalations and the deadline wait for nothing; and a job that always waits for the next due instant misses none of it.
 */
const HOUR = 3_600_000;
const opened = new Date("2026-03-02T09:00:00Z");

const waiting = (config: object, quietHours: Approval["rules"]["quietHours"] = { start: "20:00", end: "07:00" }): Approval => {
  const approval = anApproval([person("UBEN"), person("UCHI")], {
    config: parseApprovalConfig({ cronTimezone: { location: "Europe/Berlin" }, ...config }),
    createdAt: opened,
  });
  return { ...approval, rules: { ...approval.rules, quietHours } };
};
const hourly = { reminderConfig: { enabled: true, reminderCronSchedule: "0 * * * *", daysUntilFirstReminder: 0, maxReminders: 20 } };

/** What happens when the job rings at each due instant, at most `late` milliseconds late. */
const play = (approval: Approval, until: Date, late: () => number = () => 0) => {
  let now = approval;
  const events: { kind: string; at: Date }[] = [];
  for (let due = nextDue(now, opened), at = opened; due !== null && due <= until; due = nextDue(now, at)) {
    at = new Date(Math.max(due.getTime() + late(), at.getTime()));
    const passed = passTime(now, at, []);
    for (const { kind } of passed.events) events.push({ kind, at });
    now = passed.approval;
  }
  return { approval: now, events };
};

describe("reminders and quiet hours", () => {
  it("says those of a night once, when it is over", () => {
    const { events } = play(waiting(hourly), new Date("2026-03-03T07:00:00Z"));
    expect(events.map(({ at }) => at.toISOString().slice(5, 16))).toEqual([
      ...[9, 10, 11, 12, 13, 14, 15, 16, 17, 18].map((hour) => `03-02T${String(hour).padStart(2, "0")}:00`),
      "03-03T06:00", // 07:00 in Berlin: that tick, and the eleven before it
      "03-03T07:00",
    ]);
  });

  it("keeps a reminder back whose tick the bot missed until it is no longer quiet", () => {
    const approval = waiting(hourly);
    const lateAtNight = new Date("2026-03-02T22:00:00Z");
    expect(passTime(approval, lateAtNight, []).events).toEqual([]);
    expect(nextDue(approval, lateAtNight)).toEqual(new Date("2026-03-03T06:00:00Z"));
    expect(passTime(approval, new Date("2026-03-03T06:00:00Z"), []).events).toMatchObject([{ kind: "approval.reminded" }]);
  });

  it("lets escalations and the deadline happen at night", () => {
    const approval = waiting({
      ...hourly,
      escalationConfig: {
        enabled: true,
        escalationCronSchedule: "0 23 * * *",
        escalationChain: [{ identityId: "UDAN", identityType: "IDENTITY" }],
      },
      timeoutConfig: { enabled: true, daysUntilTimeout: 1 },
    });
    const atNight = new Date("2026-03-02T22:00:00Z");
    expect(nextDue(approval, new Date("2026-03-02T21:00:00Z"))).toEqual(atNight);
    expect(passTime(approval, atNight, []).events).toMatchObject([{ kind: "approval.reassigned", move: { kind: "ESCALATION" } }]);
    const atTheEnd = passTime(
      { ...approval, rules: { ...approval.rules, quietHours: { start: "00:00", end: "23:59" } } },
      new Date("2026-03-03T09:00:00Z"),
      [],
    );
    expect(atTheEnd.approval).toMatchObject({ status: "EXPIRED", settledBy: null });
  });

  it("reminds nobody at night, never twice for one tick, and comes to an end, whatever the hours and however late the job", () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "30"))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`);
    const schedule = fc.constantFrom("0 * * * *", "@every 5h", "30 21 * * *", "@every 90m");
    fc.assert(
      fc.property(time, time, schedule, fc.array(fc.integer({ min: 0, max: 30 * HOUR }), { maxLength: 8 }), (start, end, cron, lates) => {
        let turn = 0;
        const config = { reminderConfig: { enabled: true, reminderCronSchedule: cron, maxReminders: 10 } };
        const approval = waiting(config, { start, end });
        const { events, approval: last } = play(approval, new Date(opened.getTime() + 90 * 24 * HOUR), () => lates[turn++] ?? 0);
        expect(events).toHaveLength(10);
        for (const { at } of events) expect(heardAt(approval, at)).toEqual(at);
        expect(last.timers.remindersSent).toBe(10);
        expect(nextDue(last, new Date(opened.getTime() + 90 * 24 * HOUR))).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});

describe("an approval's story", () => {
  it("makes the same approval of its events again, nudges and strandings included", () => {
    const approval = waiting({});
    const by = { teamId: "T1", userId: "UANA" };
    const events = [
      { kind: "approval.nudged", at: opened, by },
      { kind: "approval.stranded", at: opened, reference: "REF1" },
    ] as const;
    const after = events.reduce<Approval>(evolve, approval);
    expect(after.timers).toMatchObject({ nudges: 1, lastNudge: { at: opened, by }, stranded: { since: opened, reference: "REF1" } });
  });
});
