import { describe, expect, it } from "vitest";
import { formatSlackDate } from "../../../../sandbox/page/browser/text/slack-date.ts";

const instant = Date.UTC(2026, 10, 23, 23, 30) / 1000;
const reader = (timeZone: string, locale = "en-GB", now = new Date("2026-11-22T12:00:00Z")) => ({ timeZone, locale, now });

describe("Slack's date tokens", () => {
  it.each([
    ["{date_num} {time}", "UTC", "2026-11-23 23:30"],
    ["{date_num} {time}", "Asia/Tokyo", "2026-11-24 08:30"],
    ["{date_short}", "UTC", "23 Nov 2026"],
    ["{date_long}", "America/New_York", "Monday, 23 November 2026"],
    ["{date_short_pretty} at {time_secs}", "UTC", "tomorrow at 23:30:00"],
    ["{date_short_pretty}", "Asia/Tokyo", "24 Nov 2026"],
    ["{ago}", "UTC", "in 1 day"],
  ])("tells %s in %s", (format, timeZone, expected) => {
    expect(formatSlackDate(instant, format, "fallback", reader(timeZone))).toBe(expected);
  });

  it("speaks the reader's language", () => {
    expect(
      formatSlackDate(instant, "{date_short_pretty} {time}", "", reader("Europe/Berlin", "de-DE", new Date("2026-11-23T12:00:00Z"))),
    ).toBe("morgen 00:30");
  });

  it("gives the fallback for what it does not know", () => {
    expect(formatSlackDate(instant, "{date_of_birth}", "some day", reader("UTC"))).toBe("some day");
    expect(formatSlackDate(Number.NaN, "{date}", "some day", reader("UTC"))).toBe("some day");
  });
});
