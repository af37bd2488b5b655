import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromLocalInput, nextOffsetChange, offsetAt, toLocalInput } from "../../../../sandbox/page/browser/time/zone-time.ts";

const zones = [
  "UTC",
  "Europe/Lisbon",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Calcutta",
  "Australia/Lord_Howe",
  "Asia/Tokyo",
  "Pacific/Apia",
];

describe("wall-clock time in a zone", () => {
  it("comes back to the instant that it was made from, outside the repeated hour", () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 28_000_000, max: 31_000_000 }), (timeZone, minutes) => {
        const instant = new Date(minutes * 60_000);
        const back = fromLocalInput(toLocalInput(instant, timeZone), timeZone);
        if (back?.getTime() === instant.getTime()) return;
        // Only the second occurrence of a repeated time reads as another instant: the first.
        expect(back && toLocalInput(back, timeZone)).toBe(toLocalInput(instant, timeZone));
        expect(back?.getTime()).toBeLessThan(instant.getTime());
      }),
    );
  });

  it("takes the first occurrence of a repeated time, and moves a skipped one forward by the gap", () => {
    expect(fromLocalInput("2026-10-25T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-10-25T00:30:00.000Z");
    expect(fromLocalInput("2026-03-29T02:30", "Europe/Berlin")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
  });

  it("knows no time in what is not one", () => {
    expect(fromLocalInput("", "UTC")).toBeNull();
  });
});

describe("the next change of a zone's offset", () => {
  it.each([
    ["Europe/Berlin", "2026-11-22T10:00:00Z", "2027-03-28T01:00:00.000Z"],
    ["America/New_York", "2026-11-22T10:00:00Z", "2027-03-14T07:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-11-22T10:00:00Z", "2027-04-03T15:00:00.000Z"],
    ["Asia/Tokyo", "2026-11-22T10:00:00Z", undefined],
  ])("in %s", (timeZone, from, expected) => {
    expect(nextOffsetChange(new Date(from), timeZone)?.toISOString()).toBe(expected);
  });

  it("is the first minute with another offset", () => {
    const change = nextOffsetChange(new Date("2026-11-22T10:00:00Z"), "Europe/Lisbon");
    if (!change) throw new Error("Lisbon changes its clocks.");
    expect(offsetAt(change, "Europe/Lisbon") - offsetAt(new Date(change.getTime() - 60_000), "Europe/Lisbon")).toBe(3_600_000);
  });
});
