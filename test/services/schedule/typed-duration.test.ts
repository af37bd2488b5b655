import { describe, expect, it } from "vitest";
import { findTypedDuration } from "../../../src/services/schedule/typed-duration.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;

describe("durations as people type them", () => {
  it.each([
    ["for 2 weeks", 14 * DAY],
    ["für 2 Wochen", 14 * DAY],
    ["für zwei Wochen", 14 * DAY],
    ["for 3h", 3 * HOUR],
    ["2h", 2 * HOUR],
    ["90m", 5400],
    ["90 min", 5400],
    ["1h30m", 5400],
    ["for 1 day and 2 hours", DAY + 2 * HOUR],
    ["1.5h", 5400],
    ["1,5 Stunden", 5400],
    ["for an hour", HOUR],
    ["for half an hour", 1800],
    ["für eine Stunde", HOUR],
    ["for a month", 30 * DAY],
    ["for the next 3 days", 3 * DAY],
    ["für 3 Tage", 3 * DAY],
    ["1 year", 365 * DAY],
  ])("%j is %i seconds", (text, seconds) => {
    const found = findTypedDuration(text);
    expect(found?.value).toBe(seconds);
    expect(found?.length).toBe(text.length);
  });

  it.each([["in 2 hours"], ["2 hours ago"], ["2 days later"], ["a day"], ["web2h"], ["2hosts"], ["for db-prod"], ["m"]])(
    "%j is none",
    (text) => expect(findTypedDuration(text)).toBeNull(),
  );
});
