import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quietUntil } from "../../../src/services/schedule/quiet-hours.ts";
import { DAY, MINUTE, offsetAt, toLocal } from "../../../src/services/schedule/zone.ts";

const night = { start: "20:00", end: "07:00" };
const until = (hours: typeof night | null, timeZone: string, at: string) =>
  quietUntil(hours, timeZone, new Date(at))?.toISOString() ?? null;

describe("quiet hours", () => {
  it.each([
    ["before they begin", "2026-03-02T18:59:59Z", null],
    ["from their first second", "2026-03-02T19:00:00Z", "2026-03-03T06:00:00.000Z"],
    ["after midnight", "2026-03-03T02:00:00Z", "2026-03-03T06:00:00.000Z"],
    ["to their last second", "2026-03-03T05:59:59Z", "2026-03-03T06:00:00.000Z"],
    ["when they are over", "2026-03-03T06:00:00Z", null],
  ])("over night, in Berlin: %s", (_, at, expected) => expect(until(night, "Europe/Berlin", at)).toBe(expected));

  it("within a day", () => {
    const lunch = { start: "12:00", end: "13:30" };
    expect(until(lunch, "Asia/Tokyo", "2026-03-02T03:00:00Z")).toBe("2026-03-02T04:30:00.000Z");
    expect(until(lunch, "Asia/Tokyo", "2026-03-02T04:30:00Z")).toBeNull();
    expect(until(lunch, "UTC", "2026-03-02T03:00:00Z")).toBeNull();
  });

  it("are none when start and end are equal, or nobody set any", () => {
    expect(until({ start: "07:00", end: "07:00" }, "UTC", "2026-03-02T07:00:00Z")).toBeNull();
    expect(until(null, "UTC", "2026-03-02T07:00:00Z")).toBeNull();
  });

  it("end by the clock on the wall in the night in which it is moved", () => {
    expect(until(night, "Europe/Berlin", "2026-03-28T22:00:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until(night, "Europe/Berlin", "2026-10-24T22:00:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  it("end an hour later by the sun where their end is skipped, and at its first occurrence where it is repeated", () => {
    const short = { start: "22:00", end: "02:30" };
    expect(until(short, "Europe/Berlin", "2026-03-28T23:00:00Z")).toBe("2026-03-29T01:30:00.000Z");
    expect(until(short, "Europe/Berlin", "2026-10-24T23:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(until(short, "Europe/Berlin", "2026-10-25T00:30:00Z")).toBeNull();
  });

  it("count in a fixed offset, too", () => {
    expect(quietUntil(night, { offsetMinutes: 330 }, new Date("2026-03-02T15:00:00Z"))).toEqual(new Date("2026-03-03T01:30:00Z"));
  });

  const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
  const asText = (minute: number) => [Math.floor(minute / 60), minute % 60].map((number) => String(number).padStart(2, "0")).join(":");
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Calcutta", "Pacific/Apia");
  const instant = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2028, 0, 1) }).map((at) => new Date(at));

  it("are over at an instant that lies ahead and is not quiet", () => {
    fc.assert(
      fc.property(minutes, minutes, zone, instant, (start, end, timeZone, at) => {
        const hours = { start: asText(start), end: asText(end) };
        const over = quietUntil(hours, timeZone, at);
        if (over === null) return;
        expect(over.getTime()).toBeGreaterThan(at.getTime());
        expect(over.getTime() - at.getTime()).toBeLessThan(3 * DAY);
        expect(quietUntil(hours, timeZone, over)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it("hold exactly the local times between start and end, on every day without a change of the clocks", () => {
    fc.assert(
      fc.property(minutes, minutes, zone, instant, (start, end, timeZone, at) => {
        const offsets = [-2, -1, 1, 2].map((days) => offsetAt(timeZone, at.getTime() + days * DAY));
        fc.pre(new Set(offsets).size === 1);
        const minute = Math.floor((toLocal(timeZone, at.getTime()) % DAY) / MINUTE);
        const inside = start < end ? start <= minute && minute < end : start !== end && (minute >= start || minute < end);
        expect(quietUntil({ start: asText(start), end: asText(end) }, timeZone, at) !== null).toBe(inside);
      }),
      { numRuns: 500 },
    );
  });
});
