import { describe, expect, it } from "vitest";
import { parseTypedTime } from "../../../src/services/schedule/typed-time.ts";

const NOW = new Date("2026-11-23T10:20:30Z"); // a Monday
const typed = (text: string, options: { timeZone?: string; now?: Date; edge?: "start" | "end" } = {}): string | undefined =>
  parseTypedTime(text, { now: options.now ?? NOW, timeZone: options.timeZone ?? "Europe/Berlin" }, options.edge)
    ?.toISOString()
    .slice(0, 16);

describe("an instant as people type it", () => {
  it.each([
    ["now", "2026-11-23T10:20"],
    ["jetzt", "2026-11-23T10:20"],
    ["tomorrow 9am", "2026-11-24T08:00"],
    ["morgen 9 Uhr", "2026-11-24T08:00"],
    ["übermorgen um 8", "2026-11-25T07:00"],
    ["friday 17:00", "2026-11-27T16:00"],
    ["Freitag 17:00", "2026-11-27T16:00"],
    ["next monday", "2026-11-29T23:00"],
    ["17:00", "2026-11-23T16:00"],
    ["9:00", "2026-11-24T08:00"],
    ["24.12.2026 18:00", "2026-12-24T17:00"],
    ["04.03.2027 8:00", "2027-03-04T07:00"],
    ["2026-12-24 18:00", "2026-12-24T17:00"],
    ["24 Dec 6pm", "2026-12-24T17:00"],
    ["tonight", "2026-11-23T21:00"],
    ["in 3 hours", "2026-11-23T13:20"],
    ["in einer Stunde", "2026-11-23T11:20"],
    ["2026-12-24T18:00:00Z", "2026-12-24T18:00"],
    ["2026-12-24T18:00:00+05:30", "2026-12-24T12:30"],
    ["tomorrow 9:00 UTC", "2026-11-24T09:00"],
  ])("%j", (text, expected) => expect(typed(text)).toBe(expected));

  it("is read in the person's own zone", () => {
    expect(typed("tomorrow 9am", { timeZone: "Asia/Calcutta" })).toBe("2026-11-24T03:30");
    expect(typed("tomorrow 9am", { timeZone: "America/Los_Angeles" })).toBe("2026-11-24T17:00");
    expect(typed("today 23:00", { timeZone: "Pacific/Kiritimati", now: new Date("2026-11-23T11:00:00Z") })).toBe("2026-11-24T09:00");
  });

  it("is the next one to come of what has passed: a time, a weekday, a date without its year", () => {
    expect(typed("monday 12:00")).toBe("2026-11-23T11:00");
    expect(typed("monday 11:00")).toBe("2026-11-30T10:00");
    expect(typed("monday")).toBe("2026-11-29T23:00");
    expect(typed("sunday")).toBe("2026-11-28T23:00");
    expect(typed("Mittwoch 8:00")).toBe("2026-11-25T07:00");
    expect(typed("11:20")).toBe("2026-11-24T10:20");
    expect(typed("11:21")).toBe("2026-11-23T10:21");
    expect(typed("2 Jan 9:00")).toBe("2027-01-02T08:00");
    expect(typed("22 Nov 2026 9:00")).toBe("2026-11-22T08:00");
  });

  it("has the offset that is in force then, not the one of now", () => {
    const friday = new Date("2026-03-27T10:00:00Z");
    expect(typed("monday 9:00", { now: friday })).toBe("2026-03-30T07:00");
    expect(typed("sunday 2:30", { now: friday })).toBe("2026-03-29T01:30");
    expect(typed("monday 9:00", { now: new Date("2026-10-23T10:00:00Z") })).toBe("2026-10-26T08:00");
    expect(typed("in 48 hours", { now: new Date("2026-03-28T10:00:00Z") })).toBe("2026-03-30T10:00");
  });

  it("is, for a day alone, its first midnight as a start and its last as an end, transitions included", () => {
    expect(typed("friday")).toBe("2026-11-26T23:00");
    expect(typed("friday", { edge: "end" })).toBe("2026-11-27T23:00");
    expect(typed("sunday", { edge: "end", now: new Date("2026-03-27T10:00:00Z") })).toBe("2026-03-29T22:00");
    expect(typed("friday 12:00", { edge: "end" })).toBe("2026-11-27T11:00");
  });

  it.each([[""], ["soon"], ["9"], ["9-17"], ["tomorrow-db"], ["sun-01"], ["tomorrow 9am PST"], ["tomorrow 9am please"], ["may-server"]])(
    "%j is none",
    (text) => expect(typed(text)).toBeUndefined(),
  );
});
