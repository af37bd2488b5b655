import { CronExpressionParser } from "cron-parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronsAt } from "../../../src/services/schedule/cron.ts";
import { openings } from "../../../src/services/schedule/openings.ts";
import { type Transition, transitions } from "../../../src/services/schedule/transitions.ts";
import { WEEKDAYS, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { DAY, MINUTE, offsetAt, toLocal } from "../../../src/services/schedule/zone.ts";

/**
 * Contract: the windows, computed from the zone, and the crons, fired by another library in UTC, say the same; provided that
 * the crons are written anew at each transition.
 *
 * The one exception lasts as long as the clock is moved, from the transition T on, [T, T + change):
 * - put back: the zone has no start or end there (a repeated time is its first occurrence), and the new crons fire once
 *   more what the old ones fired one change earlier;
 * - put forward: a local time that was skipped is fired by neither pair, and the zone has it here, moved by the gap.
 *   An end may fire that the zone has not: where the moved start leaves nothing, the zone has no opening.
 */
const OLD_NAMES =
  "Asia/Calcutta Asia/Kolkata Asia/Saigon Asia/Katmandu US/Pacific US/Eastern Europe/Kiev GB Eire Israel NZ-CHAT EST5EDT CET Etc/GMT+5";
const ZONES = [...new Set([...Intl.supportedValuesOf("timeZone"), ...OLD_NAMES.split(" "), "UTC"])];
const YEARS = { from: new Date("2024-01-01T00:00:00Z"), until: new Date("2028-01-01T00:00:00Z") };

interface Range {
  readonly from: number;
  readonly until: number;
}

const range = (from: number, until: number): Range => ({ from, until });
const inside = (range: Range) => (instant: number) => instant >= range.from && instant < range.until;

/** Times around the hours at which zones change count more than those of the working day. */
const time = fc
  .tuple(fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 23 })), fc.constantFrom(0, 15, 30, 59))
  .map((numbers) => numbers.map((number) => String(number).padStart(2, "0")).join(":"));

const hoursIn = (timeZone: string): fc.Arbitrary<WorkingHours> =>
  fc
    .record({ days: fc.shuffledSubarray([...WEEKDAYS], { minLength: 1 }), start: time, end: time, timeZone: fc.constant(timeZone) })
    .filter(({ start, end }) => start !== end);

function firings(cron: string, { from, until }: Range): number[] {
  const expression = CronExpressionParser.parse(cron, { currentDate: new Date(from - 1), tz: "UTC" });
  const found: number[] = [];
  for (let next = expression.next().getTime(); next < until; next = expression.next().getTime()) found.push(next);
  return found;
}

/** Starts and ends of the zone's windows in a range. */
function edges(hours: WorkingHours, { from, until }: Range): { starts: number[]; ends: number[] } {
  const around = openings(hours, { from: new Date(from - 3 * DAY), until: new Date(until + 3 * DAY) });
  const within = inside({ from, until });
  return { starts: around.map(({ start }) => start.getTime()).filter(within), ends: around.map(({ end }) => end.getTime()).filter(within) };
}

function expectAgreement(hours: WorkingHours, at: number, range: Range): void {
  const { startTimeCron, endTimeCron } = cronsAt(hours, new Date(at));
  expect({ starts: firings(startTimeCron, range), ends: firings(endTimeCron, range) }).toEqual(edges(hours, range));
}

/** Minutes of the local day, as the clock would have shown without the change of `gap`. */
const clock = (timeZone: string, instant: number, gap: number): string =>
  new Date(toLocal(timeZone, instant) - gap).toISOString().slice(11, 16);

function expectStatedException(hours: WorkingHours, { at, startTimeCron, endTimeCron }: Transition): void {
  const begin = at.getTime();
  const change = offsetAt(hours.timeZone, begin) - offsetAt(hours.timeZone, begin - 1);
  const moved = range(begin, begin + Math.abs(change));
  const zone = edges(hours, moved);
  const fired = { starts: firings(startTimeCron, moved), ends: firings(endTimeCron, moved) };
  if (change < 0) {
    const first = edges(hours, range(begin + change, begin));
    expect(zone).toEqual({ starts: [], ends: [] });
    expect(fired).toEqual({ starts: first.starts.map((t) => t - change), ends: first.ends.map((t) => t - change) });
    return;
  }
  for (const start of zone.starts.filter((t) => !fired.starts.includes(t))) expect(clock(hours.timeZone, start, change)).toBe(hours.start);
  for (const end of zone.ends.filter((t) => !fired.ends.includes(t))) expect(clock(hours.timeZone, end, change)).toBe(hours.end);
  expect(fired.starts.filter((t) => !zone.starts.includes(t))).toEqual([]);
  for (const end of fired.ends.filter((t) => !zone.ends.includes(t))) {
    const length =
      Number(hours.end.slice(0, 2)) * 60 + Number(hours.end.slice(3)) - Number(hours.start.slice(0, 2)) * 60 - Number(hours.start.slice(3));
    expect(length * MINUTE).toBeLessThanOrEqual(change);
    expect(end - begin).toBeLessThan(change);
  }
}

describe("cron-parser, in UTC, and the windows of the zone", () => {
  it("agree around every transition from 2024 to 2027, in every IANA zone and under old names", () => {
    for (const timeZone of ZONES) {
      const property = fc.property(hoursIn(timeZone), (hours) => {
        for (const transition of transitions(hours, YEARS)) {
          const at = transition.at.getTime();
          const change = Math.abs(offsetAt(timeZone, at) - offsetAt(timeZone, at - 1));
          expectAgreement(hours, at - 1, range(at - 3 * DAY, at));
          expectAgreement(hours, at, range(at + change, at + 3 * DAY));
          expectStatedException(hours, transition);
        }
      });
      fc.assert(property, { numRuns: 3 });
    }
  });

  it("agree in any week between two transitions, in every IANA zone and under old names", () => {
    const week = fc.integer({ min: YEARS.from.getTime() / 1000, max: YEARS.until.getTime() / 1000 });
    const anyHours = fc.constantFrom(...ZONES).chain(hoursIn);
    const property = fc.property(anyHours, week, (hours, second) => {
      const from = second * 1000;
      const [next] = transitions(hours, { from: new Date(from - 2 * 60 * MINUTE), until: new Date(from + 7 * DAY) });
      expectAgreement(hours, from, range(from, Math.max(from, Math.min(from + 7 * DAY, next?.at.getTime() ?? Number.POSITIVE_INFINITY))));
    });
    fc.assert(property, { numRuns: 1500 });
  });

  it.each(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Vancouver"])(
    "agree from transition to transition through four whole years in %s",
    (timeZone) => {
      const hours: WorkingHours = { days: ["SUN", "MON", "WED", "SAT"], start: "22:30", end: "06:15", timeZone };
      const changes = transitions(hours, YEARS).map(({ at }) => at.getTime());
      const bounds = [YEARS.from.getTime(), ...changes, YEARS.until.getTime()];
      bounds.slice(1).forEach((until, index) => {
        const from = bounds[index] ?? until;
        expectAgreement(hours, from, range(from, until));
      });
    },
  );
});
