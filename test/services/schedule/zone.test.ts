import { formatInTimeZone } from "date-fns-tz";
import { describe, expect, it } from "vitest";
import { fromLocal, isTimeZone, offsetAt, offsetChanges, toLocal } from "../../../src/services/schedule/zone.ts";

const HOUR = 3_600_000;
const utc = (text: string): number => Date.parse(`${text}Z`);
const iso = (instant: number): string => new Date(instant).toISOString().slice(0, 19);

describe("names of zones", () => {
  it.each(["Europe/Berlin", "Asia/Calcutta", "Asia/Kolkata", "US/Pacific", "GB", "UTC", "GMT", "EST", "CET", "EST5EDT", "Etc/GMT+5"])(
    "knows %s",
    (name) => expect(isTimeZone(name)).toBe(true),
  );

  it.each(["", "PST", "BST", "IST", "+02:00", "-0800", "Europe/Atlantis", "Berlin", "Europe/Berlin "])("refuses %j", (name) =>
    expect(isTimeZone(name)).toBe(false),
  );
});

describe("the instant of a local time", () => {
  it.each([
    ["a plain one", "Europe/Berlin", "2026-06-01T09:00", "2026-06-01T07:00"],
    ["one that Berlin skips, forward by the hour", "Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:30"],
    ["the last one before the gap", "Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59"],
    ["the first one after the gap", "Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"],
    ["one that Berlin repeats, its first time", "Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30"],
    ["one that New York skips", "America/New_York", "2026-03-08T02:30", "2026-03-08T07:30"],
    ["one that New York repeats", "America/New_York", "2026-11-01T01:30", "2026-11-01T05:30"],
    ["one that Lord Howe skips, half an hour", "Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45"],
    ["one that Lord Howe repeats, half an hour", "Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45"],
    ["a midnight that Beirut skips", "Asia/Beirut", "2026-03-29T00:00", "2026-03-28T22:00"],
    ["one in the day that Apia left out", "Pacific/Apia", "2011-12-30T09:00", "2011-12-30T19:00"],
    ["two hours that Troll skips", "Antarctica/Troll", "2026-03-29T01:30", "2026-03-29T01:30"],
  ])("%s", (_name, zone, local, expected) => {
    expect(iso(fromLocal(zone, utc(local)))).toBe(`${expected}:00`);
  });

  it("is found again on the clock for every hour of a year, but for those skipped", () => {
    for (const zone of ["Europe/Berlin", "Australia/Lord_Howe", "America/St_Johns", "Africa/Casablanca", "Asia/Gaza"]) {
      const lost = [];
      for (let local = utc("2026-01-01T00:00"); local < utc("2027-01-01T00:00"); local += HOUR / 4)
        if (toLocal(zone, fromLocal(zone, local)) !== local) lost.push(iso(local));
      expect(lost.length, `${zone} ${lost}`).toBeLessThanOrEqual(4);
    }
  });
});

describe("the changes of an offset", () => {
  const changes = (zone: string, from: string, until: string) =>
    offsetChanges(zone, utc(from), utc(until)).map(({ at, offset }) => `${iso(at)} ${offset / HOUR}`);

  it("are exact", () => {
    expect(changes("Europe/Berlin", "2026-01-01T00:00", "2026-12-31T00:00")).toEqual(["2026-03-29T01:00:00 2", "2026-10-25T01:00:00 1"]);
    expect(changes("Australia/Lord_Howe", "2026-01-01T00:00", "2026-12-31T00:00")).toEqual([
      "2026-04-04T15:00:00 10.5",
      "2026-10-03T15:30:00 11",
    ]);
  });

  it("exclude one at the range's start and include one at its end", () => {
    expect(changes("Europe/Berlin", "2026-03-29T01:00:00", "2026-10-25T01:00:00")).toEqual(["2026-10-25T01:00:00 1"]);
    expect(changes("Europe/Berlin", "2026-03-29T01:00:00", "2026-10-25T00:59:59")).toEqual([]);
  });

  it("are found where the rules were odd, as in Hebron's Ramadan of 2011", () => {
    expect(changes("Asia/Hebron", "2011-01-01T00:00", "2011-12-31T00:00")).toEqual([
      "2011-03-31T22:01:00 3",
      "2011-07-31T21:00:00 2",
      "2011-08-29T22:00:00 3",
      "2011-09-29T21:00:00 2",
    ]);
  });

  it("are those between which every sampled offset stays the same, in every zone", () => {
    const from = utc("2024-01-01T00:00");
    const until = utc("2026-01-01T00:00");
    for (const zone of Intl.supportedValuesOf("timeZone")) {
      const format = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
      const found = offsetChanges(zone, from, until);
      for (const { at } of found) expect(format.format(at - 1000).slice(-9), zone).not.toBe(format.format(at).slice(-9));
      for (let instant = from; instant < until; instant += 31.7 * 24 * HOUR) {
        const shown = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "";
        const [hours = 0, minutes = 0] = shown.slice(4).split(":").map(Number);
        const size = (hours * 60 + minutes) * 60_000;
        expect(offsetAt(zone, instant), `${zone} ${iso(instant)}`).toBe(shown[3] === "-" ? -size : size);
      }
    }
  });

  it("show on the wall what date-fns-tz shows, where the process lives in UTC, in every zone", () => {
    for (const zone of Intl.supportedValuesOf("timeZone"))
      for (let instant = utc("2024-01-01T00:00"); instant < utc("2027-01-01T00:00"); instant += 17.3 * 24 * HOUR)
        expect(iso(toLocal(zone, instant)), zone).toBe(formatInTimeZone(instant, zone, "yyyy-MM-dd'T'HH:mm:ss"));
  });

  it("do not break at the first and last instant that a Date holds", () => {
    expect(offsetAt("Europe/Berlin", 8.64e15)).toBeGreaterThan(0);
    expect(offsetAt("Asia/Tokyo", -8.64e15)).toBeGreaterThan(0);
  });
});
