/**
 * Contract: a schedule's ticks are those that cron-parser names in the zone, but where the clocks change: there a local time that is
 * skipped comes after the gap, and a repeated one once, the first time. `@every` counts from its base, to the instant.
 */
import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseTicks, type TickQuestion, type Ticks, tickAtOrAfter } from "../../../src/services/schedule/ticks.ts";
import { DAY, MINUTE, offsetChanges } from "../../../src/services/schedule/zone.ts";

const ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata", "Africa/Casablanca", "UTC"];
const zone = fc.constantFrom(...ZONES);
const instant = fc.date({ min: new Date("2024-01-01T00:00:00Z"), max: new Date("2028-01-01T00:00:00Z"), noInvalidDate: true });
const field = (min: number, max: number) =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant("*") },
    fc.integer({ min, max }).map(String),
    fc.integer({ min: 2, max: 15 }).map((step) => `*/${step}`),
    fc.tuple(fc.integer({ min, max }), fc.integer({ min, max })).map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );
const weekday = fc.oneof(field(0, 6), fc.constantFrom("MON-FRI", "SUN", "sat,sun"));
const cron = fc
  .tuple(field(0, 59), field(0, 23), fc.oneof(fc.constant("*"), field(1, 28)), fc.constantFrom("*", "*", "3,10", "OCT-NOV"), weekday)
  .map((fields) => fields.join(" "));

function read(text: string): Ticks {
  const ticks = parseTicks(text);
  if (ticks === null) throw new Error(`${text} is no schedule`);
  return ticks;
}

function ticksFrom(schedule: string, { timeZone, base, at }: TickQuestion, count: number): Date[] {
  const found: Date[] = [];
  for (let from = at; found.length < count; ) {
    const tick = tickAtOrAfter(read(schedule), { timeZone, base, at: from });
    if (tick === null) break;
    found.push(tick);
    from = new Date(tick.getTime() + 1);
  }
  return found;
}

/** Whether the clocks change within a day of it. */
const isNearChange = (timeZone: string, at: Date): boolean => offsetChanges(timeZone, at.getTime() - DAY, at.getTime() + DAY).length > 0;

describe("the ticks of a cron", () => {
  it("are cron-parser's, wherever the clocks do not change", () => {
    fc.assert(
      fc.property(cron, zone, instant, (expression, timeZone, at) => {
        const ours = tickAtOrAfter(read(expression), { timeZone, base: at, at });
        // Around a change cron-parser answers otherwise, or gives up: asked only where it is sure.
        fc.pre(ours !== null && !isNearChange(timeZone, at) && !isNearChange(timeZone, ours));
        const theirs = CronExpressionParser.parse(expression, { tz: timeZone, currentDate: new Date(at.getTime() - 1) })
          .next()
          .toDate();
        fc.pre(!isNearChange(timeZone, theirs));
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 1_000 },
    );
  });

  it("come one after the other, never before base or the instant asked for, and are the same asked from anywhere between", () => {
    fc.assert(
      fc.property(cron, zone, instant, fc.integer({ min: -3 * DAY, max: 3 * DAY }), (expression, timeZone, base, apart) => {
        const at = new Date(base.getTime() + apart);
        const ticks = ticksFrom(expression, { timeZone, base, at }, 4);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.getTime()).toBeGreaterThanOrEqual(Math.max(base.getTime(), at.getTime()));
          const before = ticks[index - 1];
          if (before === undefined) continue;
          expect(tick.getTime()).toBeGreaterThan(before.getTime());
          const between = new Date(before.getTime() + 1 + Math.floor((tick.getTime() - before.getTime() - 1) / 2));
          expect(tickAtOrAfter(read(expression), { timeZone, base, at: between })).toEqual(tick);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("of a time of day come once a day in every zone and year, the days of 23 and 25 hours included", () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), instant, (timeZone, hour, minute, at) => {
        const ticks = ticksFrom(`${minute} ${hour} * * *`, { timeZone, base: at, at }, 10);
        for (const [index, tick] of ticks.entries()) {
          const before = ticks[index - 1];
          if (before === undefined) continue;
          const hours = (tick.getTime() - before.getTime()) / (60 * MINUTE);
          expect(hours).toBeGreaterThanOrEqual(22);
          expect(hours).toBeLessThanOrEqual(26);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [
      "what Berlin skips comes after the gap",
      "30 2 * * *",
      "Europe/Berlin",
      "2026-03-28T12:00:00Z",
      ["2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"],
    ],
    [
      "what Berlin has twice comes the first time",
      "30 2 * * *",
      "Europe/Berlin",
      "2026-10-24T12:00:00Z",
      ["2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"],
    ],
    ["asked between the two, the next is tomorrow's", "30 2 * * *", "Europe/Berlin", "2026-10-25T00:30:01Z", ["2026-10-26T01:30:00Z"]],
    [
      "two that fall together after a gap come once",
      "0,30 2-3 * * *",
      "Europe/Berlin",
      "2026-03-29T00:59:00Z",
      ["2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:00:00Z"],
    ],
    [
      "Lord Howe's half hour",
      "15 2 * * *",
      "Australia/Lord_Howe",
      "2026-10-03T00:00:00Z",
      ["2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z"],
    ],
    ["29 February waits for its year", "0 0 29 2 *", "UTC", "2026-03-01T00:00:00Z", ["2028-02-29T00:00:00Z"]],
    [
      "day of month and of week are either-or",
      "0 0 13 * FRI",
      "UTC",
      "2026-03-07T00:00:00Z",
      ["2026-03-13T00:00:00Z", "2026-03-20T00:00:00Z"],
    ],
  ])("%s", (_, expression, timeZone, from, wanted) => {
    const at = new Date(from);
    expect(ticksFrom(expression, { timeZone, base: at, at }, wanted.length)).toEqual(wanted.map((text) => new Date(text)));
  });

  it("count in a fixed distance from UTC where that is the zone", () => {
    fc.assert(
      fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), instant, cron, (offsetMinutes, at, expression) => {
        const there = tickAtOrAfter(read(expression), { timeZone: { offsetMinutes }, base: at, at });
        const shifted = new Date(at.getTime() + offsetMinutes * MINUTE);
        const utc = tickAtOrAfter(read(expression), { timeZone: "UTC", base: shifted, at: shifted });
        expect(there?.getTime()).toBe(utc === null ? undefined : utc.getTime() - offsetMinutes * MINUTE);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the ticks of @every", () => {
  it("are base and whole steps from it, in any zone", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom("h", "m", "s"),
        zone,
        instant,
        fc.nat(40 * DAY),
        (amount, unit, timeZone, base, apart) => {
          const step = amount * { h: 60 * MINUTE, m: MINUTE, s: 1_000 }[unit];
          const at = new Date(base.getTime() + apart);
          const tick = tickAtOrAfter(read(`@every ${amount}${unit}`), { timeZone, base, at });
          const late = (tick?.getTime() ?? Number.NaN) - at.getTime();
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThan(step);
          expect(((tick?.getTime() ?? Number.NaN) - base.getTime()) % step).toBe(0);
        },
      ),
    );
  });

  it("begin with base itself, also asked before it", () => {
    const base = new Date("2026-03-02T09:00:00.123Z");
    for (const at of [base, new Date("2026-01-01T00:00:00Z")])
      expect(tickAtOrAfter(read("@every 72h"), { timeZone: "UTC", base, at })).toEqual(base);
  });
});

describe("a schedule", () => {
  it.each([
    ["@daily", { kind: "cron", expression: "0 0 * * *" }],
    ["@hourly", { kind: "cron", expression: "0 * * * *" }],
    [" 0  9 * *  1-5 ", { kind: "cron", expression: "0 9 * * 1-5" }],
    ["0 9 * JAN-MAR mon,Wed", { kind: "cron", expression: "0 9 * JAN-MAR mon,Wed" }],
    ["@every 1h30m", { kind: "every", milliseconds: 90 * MINUTE }],
    ["@every 1.5h", { kind: "every", milliseconds: 90 * MINUTE }],
  ] as const)("is read from %j", (text, ticks) => expect(parseTicks(text)).toEqual(ticks));

  it.each([
    "",
    "@",
    "@every",
    "@every ",
    "@every 1d",
    "@every -1h",
    "@every 0s",
    "@every 999999999h",
    "@reboot",
    "* * * *",
    "* * * * * *",
    "61 * * * *",
    "0 0 30 2 *",
    "H H * * *",
    "0 0 L * *",
    "MON * * * *",
    "0 9 * MON *",
    "0 9 * * 1#2",
    "@DAILY x",
    "soon",
  ])("is not read from %j", (text) => expect(parseTicks(text)).toBeNull());
});
