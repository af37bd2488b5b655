/**
 * Contract: with the crons written anew at the instants that `nextRewrite` names, a tenant that opens when its start cron fired later than
 * its end cron opens exactly the intended hours, to the minute; within two hours of a change of the zone's offset it may open less, never
 * more.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronsFrom, nextRewrite } from "../../../src/services/schedule/crons-over-time.ts";
import { lastFiring } from "../../../src/services/schedule/last-firing.ts";
import { openings } from "../../../src/services/schedule/openings.ts";
import { type CronPair, WEEKDAYS, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { offsetChanges } from "../../../src/services/schedule/zone.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const from = Date.UTC(2026, 10, 1);
/** For a longer look with SCHEDULE_RUNS. */
const LONG = 600_000;
const until = from + 3 * 365 * DAY;

/** Zones that change their offset in the three years, and one in eight that does not. */
const moving = Intl.supportedValuesOf("timeZone").filter((zone) => offsetChanges(zone, from, until).length > 0);
const zone = fc.oneof(
  { arbitrary: fc.constantFrom(...moving), weight: 6 },
  { arbitrary: fc.constantFrom("Australia/Lord_Howe", "Atlantic/Azores", "America/Havana", "Africa/Cairo", "America/Nuuk"), weight: 2 },
  { arbitrary: fc.constantFrom("Asia/Kolkata", "Etc/UTC", "Pacific/Kiritimati"), weight: 1 },
);
/** More often than not around the hours in which zones move. */
const timeOfDay = fc
  .oneof(
    fc.record({ hour: fc.integer({ min: 0, max: 3 }), minute: fc.integer({ min: 0, max: 59 }) }),
    fc.record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 45) }),
  )
  .map(({ hour, minute }) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const hoursOf: fc.Arbitrary<WorkingHours> = fc
  .record({ days: fc.subarray([...WEEKDAYS], { minLength: 1 }), start: timeOfDay, end: timeOfDay, timeZone: zone })
  .filter(({ start, end }) => start !== end);

const isOpen = (pair: CronPair, instant: number): boolean =>
  lastFiring(pair.startTimeCron, instant) > lastFiring(pair.endTimeCron, instant);

/** Every minute around each change of the offset, and a few on either side. */
function minutesToLookAt(timeZone: string, some: readonly number[]): number[] {
  const changes = offsetChanges(timeZone, from, until).map(({ at }) => at);
  const around = changes.flatMap((at) => Array.from({ length: 8 * 60 }, (_, index) => at - 4 * HOUR + index * MINUTE));
  return [...around, ...some].filter((instant) => instant >= from && instant < until).toSorted((a, b) => a - b);
}

describe("crons that are written anew over the years", () => {
  it("open what is intended, to the minute, and never more around a change of the offset", { timeout: LONG }, () => {
    const someMinutes = fc.array(
      fc.integer({ min: 0, max: (until - from) / MINUTE - 1 }).map((minute) => from + minute * MINUTE),
      {
        minLength: 50,
        maxLength: 50,
      },
    );
    fc.assert(
      fc.property(hoursOf, someMinutes, (hours, some) => {
        const changes = offsetChanges(hours.timeZone, from, until).map(({ at }) => at);
        let pair = cronsFrom(hours, new Date(from));
        let next = nextRewrite(hours, { after: new Date(from), until: new Date(until) });
        for (const instant of minutesToLookAt(hours.timeZone, some)) {
          while (next !== null && next.getTime() <= instant) {
            pair = cronsFrom(hours, next);
            next = nextRewrite(hours, { after: next, until: new Date(until) });
          }
          const [opening] = openings(hours, { from: new Date(instant), until: new Date(instant + 1) });
          const isIntended = opening !== undefined;
          const isNearChange = changes.some((at) => Math.abs(instant - at) <= 2 * HOUR);
          const context = `${JSON.stringify(hours)} at ${new Date(instant).toISOString()} with ${JSON.stringify(pair)}`;
          if (isOpen(pair, instant) && !isIntended) expect.fail(`wider: ${context}`);
          if (!isNearChange && isIntended && !isOpen(pair, instant)) expect.fail(`narrower: ${context}`);
        }
      }),
      { numRuns: Number(process.env.SCHEDULE_RUNS ?? 50) },
    );
  });

  it("are written anew by a run that comes late, too, and never open more from then on", { timeout: LONG }, () => {
    fc.assert(
      fc.property(hoursOf, fc.integer({ min: 0, max: 3 * 60 }), (hours, late) => {
        for (const { at } of offsetChanges(hours.timeZone, from, until).slice(0, 2)) {
          const visit = at + late * MINUTE;
          let pair = cronsFrom(hours, new Date(visit));
          const next = nextRewrite(hours, { after: new Date(visit), until: new Date(until) });
          for (let instant = visit; instant < visit + 4 * HOUR; instant += MINUTE) {
            if (next !== null && instant >= next.getTime()) pair = cronsFrom(hours, next);
            const isIntended = openings(hours, { from: new Date(instant), until: new Date(instant + 1) }).length > 0;
            if (isOpen(pair, instant) && !isIntended)
              expect.fail(`${JSON.stringify(hours)}, ${late} late, at ${new Date(instant).toISOString()}`);
          }
        }
      }),
      { numRuns: Number(process.env.SCHEDULE_RUNS ?? 50) },
    );
  });

  it("do not open again in the hour that comes twice, nor early in the one that is skipped", () => {
    const berlin = { days: [...WEEKDAYS], timeZone: "Europe/Berlin" };
    const autumn = Date.UTC(2027, 9, 31, 1); // 03:00 becomes 02:00
    const evening = { ...berlin, start: "20:00", end: "02:30" };
    expect(isOpen(cronsFrom(evening, new Date(autumn)), autumn + 10 * MINUTE)).toBe(false);
    const spring = Date.UTC(2027, 2, 28, 1); // 02:00 becomes 03:00
    const night = { ...berlin, start: "02:30", end: "10:00" };
    const pair = cronsFrom(night, new Date(spring));
    expect([isOpen(pair, spring + 10 * MINUTE), isOpen(pair, spring + 31 * MINUTE)]).toEqual([false, true]);
  });

  it("need one visit more only where the change is at odds with the hours", () => {
    const visits = (start: string, end: string) => {
      const found: string[] = [];
      const hours = { days: [...WEEKDAYS], start, end, timeZone: "Europe/Berlin" };
      for (let next = nextRewrite(hours, { after: new Date(from), until: new Date(from + 365 * DAY) }); next !== null; ) {
        found.push(next.toISOString());
        next = nextRewrite(hours, { after: next, until: new Date(from + 365 * DAY) });
      }
      return found;
    };
    expect(visits("09:00", "17:00")).toEqual(["2027-03-28T00:59:00.000Z", "2027-10-31T00:59:00.000Z"]);
    expect(visits("20:00", "02:30")).toContain("2027-10-31T02:00:00.000Z");
  });
});
