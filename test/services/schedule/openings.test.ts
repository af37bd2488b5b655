import { describe, expect, it } from "vitest";
import { nextOpenings, openings } from "../../../src/services/schedule/openings.ts";
import { WEEKDAYS, type Window, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";

const at = (text: string): Date => new Date(`${text}Z`);
const short = (windows: readonly Window[]): string[] =>
  windows.map(({ start, end }) => `${start.toISOString().slice(5, 16)} ${end.toISOString().slice(5, 16)}`);
const daily = (timeZone: string, start: string, end: string): WorkingHours => ({ days: WEEKDAYS, start, end, timeZone });
const on = (hours: WorkingHours, from: string, until: string): string[] => short(openings(hours, { from: at(from), until: at(until) }));

describe("windows of working hours", () => {
  const berlin: WorkingHours = { days: ["MON", "WED"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin" };

  it("are those of the listed local days", () => {
    expect(on(berlin, "2026-06-01T00:00", "2026-06-08T00:00")).toEqual(["06-01T07:00 06-01T15:00", "06-03T07:00 06-03T15:00"]);
  });

  it("keep the local time across a transition", () => {
    expect(on(berlin, "2026-03-25T00:00", "2026-03-31T00:00")).toEqual(["03-25T08:00 03-25T16:00", "03-30T07:00 03-30T15:00"]);
  });

  it("are not clipped, and touch the range by more than an edge", () => {
    expect(on(berlin, "2026-06-01T14:59:59", "2026-06-03T07:00:01")).toEqual(["06-01T07:00 06-01T15:00", "06-03T07:00 06-03T15:00"]);
    expect(on(berlin, "2026-06-01T15:00", "2026-06-03T07:00")).toEqual([]);
  });

  it("run over midnight into the next local day, from before the range too", () => {
    const nights: WorkingHours = { days: ["FRI"], start: "22:00", end: "06:00", timeZone: "Asia/Tokyo" };
    expect(on(nights, "2026-06-05T20:00", "2026-06-06T00:00")).toEqual(["06-05T13:00 06-05T21:00"]);
  });
});

describe("windows on the day of a transition", () => {
  it.each([
    ["a start that is skipped moves forward by the gap", "Europe/Berlin", "02:30", "17:00", "2026-03-29", "03-29T01:30 03-29T15:00"],
    ["an end that is skipped moves forward by the gap", "Europe/Berlin", "01:30", "02:30", "2026-03-29", "03-29T00:30 03-29T01:30"],
    ["both skipped keep their length", "Europe/Berlin", "02:15", "02:45", "2026-03-29", "03-29T01:15 03-29T01:45"],
    ["a repeated start is its first occurrence", "Europe/Berlin", "02:30", "17:00", "2026-10-25", "10-25T00:30 10-25T16:00"],
    ["a repeated end is its first occurrence", "Europe/Berlin", "01:30", "02:30", "2026-10-25", "10-24T23:30 10-25T00:30"],
    ["hours around a repetition are an hour longer", "Europe/Berlin", "01:00", "04:00", "2026-10-25", "10-24T23:00 10-25T03:00"],
    ["Lord Howe skips half an hour", "Australia/Lord_Howe", "02:10", "09:00", "2026-10-04", "10-03T15:40 10-03T22:00"],
    ["Lord Howe repeats half an hour", "Australia/Lord_Howe", "01:40", "09:00", "2026-04-05", "04-04T14:40 04-04T22:30"],
    ["New York skips an hour", "America/New_York", "02:30", "05:00", "2026-03-08", "03-08T07:30 03-08T09:00"],
    ["New York repeats an hour", "America/New_York", "01:30", "05:00", "2026-11-01", "11-01T05:30 11-01T10:00"],
    ["Beirut's day starts at one o'clock", "Asia/Beirut", "00:00", "09:00", "2026-03-29", "03-28T22:00 03-29T06:00"],
  ])("%s", (_name, zone, start, end, day, expected) => {
    const noon = Date.parse(`${day}T12:00Z`);
    const found = short(
      openings(daily(zone, start, end), { from: new Date(noon - 26 * 3_600_000), until: new Date(noon + 26 * 3_600_000) }),
    );
    expect(found).toContain(expected);
  });

  it("leave none out and repeat none: one a day", () => {
    for (const zone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut", "Africa/Cairo"])
      expect(on(daily(zone, "02:30", "17:00"), "2026-01-01T12:00", "2026-12-31T12:00").length, zone).toBeOneOf([364, 365]);
  });

  it("are none where the moved start is not before the end", () => {
    const before = on(daily("Europe/Berlin", "02:30", "03:15"), "2026-03-27T12:00", "2026-03-30T12:00");
    expect(before).toEqual(["03-28T01:30 03-28T02:15", "03-30T00:30 03-30T01:15"]);
    expect(on(daily("Europe/Berlin", "02:30", "03:30"), "2026-03-28T12:00", "2026-03-29T12:00")).toEqual([]);
  });

  it("are none on the Friday that Apia left out, and a Thursday night there ends on Saturday", () => {
    const days = ["THU", "FRI", "SAT"] as const;
    const timeZone = "Pacific/Apia";
    expect(on({ days, start: "09:00", end: "17:00", timeZone }, "2011-12-29T12:00", "2012-01-01T12:00")).toEqual([
      "12-29T19:00 12-30T03:00",
      "12-30T19:00 12-31T03:00",
    ]);
    expect(on({ days: ["THU"], start: "22:00", end: "06:00", timeZone }, "2011-12-29T12:00", "2011-12-31T12:00")).toEqual([
      "12-30T08:00 12-30T16:00",
    ]);
  });
});

describe("the next openings", () => {
  const hours: WorkingHours = { days: ["MON", "TUE", "WED"], start: "09:00", end: "17:00", timeZone: "UTC" };
  const window = { start: at("2026-06-01T10:00"), end: at("2026-06-03T12:00") };
  const next = (now: string, count: number, working: WorkingHours | null = hours) => short(nextOpenings(window, working, at(now), count));

  it("are clipped to the window", () => {
    expect(next("2026-05-30T00:00", 9)).toEqual(["06-01T10:00 06-01T17:00", "06-02T09:00 06-02T17:00", "06-03T09:00 06-03T12:00"]);
  });

  it("begin with the one that runs now", () => {
    expect(next("2026-06-02T16:59:59", 1)).toEqual(["06-02T09:00 06-02T17:00"]);
    expect(next("2026-06-02T17:00", 1)).toEqual(["06-03T09:00 06-03T12:00"]);
  });

  it("are no more than asked for", () => expect(next("2026-05-30T00:00", 2)).toHaveLength(2));

  it("are the window itself without working hours", () => {
    expect(next("2026-06-02T00:00", 3, null)).toEqual(["06-01T10:00 06-03T12:00"]);
  });

  it("are none once the window is over", () => {
    expect(next("2026-06-03T12:00", 3)).toEqual([]);
    expect(next("2026-06-03T12:00", 3, null)).toEqual([]);
  });
});
