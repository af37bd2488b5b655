import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openings } from "../../../src/services/schedule/openings.ts";
import { splitAtMidnight } from "../../../src/services/schedule/split-at-midnight.ts";
import { WEEKDAYS, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { refusal } from "./refusal.ts";

const hours = (start: string, end: string): WorkingHours => ({ days: ["FRI", "SAT"], start, end, timeZone: "Europe/Berlin" });
const split = (start: string, end: string) => splitAtMidnight(hours(start, end)).map((part) => [part.days.join(), part.start, part.end]);

describe("working hours split at midnight", () => {
  it("are as they were within one day", () => expect(split("09:00", "17:00")).toEqual([["FRI,SAT", "09:00", "17:00"]]));

  it("are an evening and a morning on the days after", () => {
    expect(split("22:00", "06:00")).toEqual([
      ["FRI,SAT", "22:00", "23:59"],
      ["SAT,SUN", "00:00", "06:00"],
    ]);
  });

  it("leave out a morning or an evening of no length", () => {
    expect(split("22:00", "00:00")).toEqual([["FRI,SAT", "22:00", "23:59"]]);
    expect(split("23:59", "06:00")).toEqual([["SAT,SUN", "00:00", "06:00"]]);
  });

  it("are refused when nothing is left, and when the hours are wrong", () => {
    expect(refusal(() => splitAtMidnight(hours("23:59", "00:00")))).toEqual({ code: "working_hours_empty", field: "hoursEnd" });
    expect(refusal(() => splitAtMidnight(hours("22:00", "22:00")))).toEqual({ code: "working_hours_empty", field: "hoursEnd" });
  });

  it("open at every minute at which the whole does, but for the last of each evening, and at no other", () => {
    const range = { from: new Date("2026-03-20T00:00:00Z"), until: new Date("2026-04-03T00:00:00Z") };
    const hour = (min: number, max: number) => fc.integer({ min, max }).map((n) => `${String(n).padStart(2, "0")}:30`);
    const days = fc.shuffledSubarray([...WEEKDAYS], { minLength: 1 });
    fc.assert(
      fc.property(days, hour(12, 23), hour(0, 11), fc.constantFrom("UTC", "Europe/Berlin", "Asia/Tokyo"), (days, start, end, timeZone) => {
        const whole = { days, start, end, timeZone };
        const wider = { from: new Date(range.from.getTime() - 86_400_000), until: new Date(range.until.getTime() + 86_400_000) };
        const parts = splitAtMidnight(whole).flatMap((part) => openings(part, wider));
        const openAt = (instant: number) => parts.some((part) => part.start.getTime() <= instant && instant < part.end.getTime());
        for (const opening of openings(whole, range)) {
          let closed = 0;
          for (let minute = opening.start.getTime(); minute < opening.end.getTime(); minute += 60_000) if (!openAt(minute)) closed++;
          expect(closed).toBeLessThanOrEqual(1);
        }
        const wholes = openings(whole, {
          from: new Date(wider.from.getTime() - 86_400_000),
          until: new Date(wider.until.getTime() + 86_400_000),
        });
        for (const part of parts) expect(wholes.some((one) => one.start <= part.start && part.end <= one.end)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });
});
