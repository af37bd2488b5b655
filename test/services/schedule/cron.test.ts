import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cronsAt } from "../../../src/services/schedule/cron.ts";
import { WEEKDAYS, type Weekday, type WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { offsetAt } from "../../../src/services/schedule/zone.ts";
import { refusal } from "./refusal.ts";

const MON_FRI = ["MON", "TUE", "WED", "THU", "FRI"] as const;
const SUN_SAT = ["SUN", ...MON_FRI, "SAT"] as const;
const nineToFive = (timeZone: string, days: readonly Weekday[]): WorkingHours => ({ days, start: "09:00", end: "17:00", timeZone });

describe("the crons that Zscaler's own pages, SDKs and recordings show for working hours", () => {
  it.each([
    [
      "Calcutta, half an hour off",
      nineToFive("Asia/Calcutta", MON_FRI),
      "2023-05-18",
      "0 30 3 ? * MON,TUE,WED,THU,FRI",
      "0 30 11 ? * MON,TUE,WED,THU,FRI",
    ],
    ["Berlin in summer", nineToFive("Europe/Berlin", ["MON", "TUE"]), "2022-08-30", "0 0 7 ? * MON,TUE", "0 0 15 ? * MON,TUE"],
    [
      "Vancouver in summer, whose end is the next day in UTC",
      nineToFive("America/Vancouver", SUN_SAT),
      "2025-07-01",
      "0 0 16 ? * SUN,MON,TUE,WED,THU,FRI,SAT",
      "0 0 0 ? * MON,TUE,WED,THU,FRI,SAT,SUN",
    ],
    [
      "Vancouver in winter, whose end shifts and start does not",
      nineToFive("America/Vancouver", MON_FRI),
      "2025-12-05",
      "0 0 17 ? * MON,TUE,WED,THU,FRI",
      "0 0 1 ? * TUE,WED,THU,FRI,SAT",
    ],
    [
      "three days of it",
      nineToFive("America/Vancouver", ["MON", "WED", "FRI"]),
      "2025-12-05",
      "0 0 17 ? * MON,WED,FRI",
      "0 0 1 ? * TUE,THU,SAT",
    ],
    [
      "another week order, kept",
      nineToFive("America/Vancouver", [...MON_FRI, "SAT", "SUN"]),
      "2025-07-01",
      "0 0 16 ? * MON,TUE,WED,THU,FRI,SAT,SUN",
      "0 0 0 ? * TUE,WED,THU,FRI,SAT,SUN,MON",
    ],
  ])("%s", (_name, hours, day, startTimeCron, endTimeCron) => {
    expect(cronsAt(hours, new Date(`${day}T00:00:00Z`))).toEqual({ startTimeCron, endTimeCron });
  });
});

describe("crons of hours that no page shows", () => {
  const at = new Date("2026-06-01T00:00:00Z");

  it.each([
    ["a start that is the day before in UTC", ["MON"], "08:00", "17:00", "Asia/Tokyo", "0 0 23 ? * SUN", "0 0 8 ? * MON"],
    ["an end on the next local day", ["FRI"], "22:00", "06:00", "UTC", "0 0 22 ? * FRI", "0 0 6 ? * SAT"],
    ["an end on the next local day, back again in UTC", ["FRI"], "22:00", "06:00", "Asia/Tokyo", "0 0 13 ? * FRI", "0 0 21 ? * FRI"],
    ["an end two days on in UTC", ["SAT"], "23:00", "22:00", "America/Los_Angeles", "0 0 6 ? * SUN", "0 0 5 ? * MON"],
    ["offsets of three quarters", ["MON"], "09:15", "17:45", "Asia/Kathmandu", "0 30 3 ? * MON", "0 0 12 ? * MON"],
    ["fourteen hours east", ["MON"], "00:30", "13:59", "Pacific/Kiritimati", "0 30 10 ? * SUN", "0 59 23 ? * SUN"],
  ] as const)("%s", (_name, days, start, end, timeZone, startTimeCron, endTimeCron) => {
    expect(cronsAt({ days, start, end, timeZone }, at)).toEqual({ startTimeCron, endTimeCron });
  });

  it("keeps the seconds of an offset that has them, as Monrovia's had until 1972", () => {
    const { startTimeCron } = cronsAt({ ...nineToFive("Africa/Monrovia", ["MON"]) }, new Date("1971-01-01T00:00:00Z"));
    expect(startTimeCron).toBe("30 44 9 ? * MON");
  });
});

describe("hours that cannot be turned into crons", () => {
  const good = nineToFive("Europe/Berlin", ["MON"]);
  const nonsense = JSON.parse('["MOON"]');

  it.each([
    ["no days", { ...good, days: [] }, "days_missing", "days"],
    ["a day twice", { ...good, days: ["MON", "TUE", "MON"] as const }, "days_duplicate", "days"],
    ["an unknown day", { ...good, days: nonsense }, "day_unknown", "days"],
    ["a start without its zero", { ...good, start: "9:00" }, "working_hours_time_invalid", "hoursStart"],
    ["an end at 24:00", { ...good, end: "24:00" }, "working_hours_time_invalid", "hoursEnd"],
    ["seconds", { ...good, end: "17:00:00" }, "working_hours_time_invalid", "hoursEnd"],
    ["start and end equal", { ...good, end: "09:00" }, "working_hours_empty", "hoursEnd"],
    ["an unknown zone", { ...good, timeZone: "Europe/Atlantis" }, "time_zone_unknown", "timeZone"],
    ["an offset for a zone", { ...good, timeZone: "+02:00" }, "time_zone_unknown", "timeZone"],
    ["BST, which ICU takes for Dhaka", { ...good, timeZone: "BST" }, "time_zone_unknown", "timeZone"],
    ["no zone at all", { ...good, timeZone: "" }, "time_zone_unknown", "timeZone"],
  ])("refuses %s", (_name, hours, expected, field) => {
    expect(refusal(() => cronsAt(hours, new Date(0)))).toEqual({ code: expected, field });
  });
});

describe("the shift of the days", () => {
  const zones = Intl.supportedValuesOf("timeZone");
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((numbers) => numbers.map((number) => String(number).padStart(2, "0")).join(":"));
  const hours = fc
    .record({
      days: fc.shuffledSubarray([...WEEKDAYS], { minLength: 1 }),
      start: time,
      end: time,
      timeZone: fc.constantFrom(...zones),
    })
    .filter(({ start, end }) => start !== end);
  const instant = fc.date({ min: new Date("2000-01-01"), max: new Date("2037-01-01"), noInvalidDate: true });

  it("moves every day of a list by the same number of days and keeps their order", () => {
    fc.assert(
      fc.property(hours, instant, (working, at) => {
        for (const cron of Object.values(cronsAt(working, at))) {
          const shifted = (cron.split(" ")[5] ?? "").split(",");
          const week: readonly string[] = WEEKDAYS;
          const steps = working.days.map((day, index) => (week.indexOf(shifted[index] ?? "") - week.indexOf(day) + 7) % 7);
          expect(shifted).toHaveLength(working.days.length);
          expect(new Set(steps).size).toBe(1);
        }
      }),
    );
  });

  it("gives back the local time when the offset is put on again", () => {
    fc.assert(
      fc.property(hours, instant, (working, at) => {
        const [second, minute, hour] = cronsAt(working, at).startTimeCron.split(" ").map(Number);
        const local = ((hour ?? 0) * 3600 + (minute ?? 0) * 60 + (second ?? 0)) * 1000 + offsetAt(working.timeZone, at.getTime());
        expect(new Date(local).toISOString().slice(11, 16)).toBe(working.start);
      }),
    );
  });
});
