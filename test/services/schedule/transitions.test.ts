import { describe, expect, it } from "vitest";
import { transitions } from "../../../src/services/schedule/transitions.ts";
import type { WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { refusal } from "./refusal.ts";

const hours = (timeZone: string): WorkingHours => ({ days: ["MON", "SUN"], start: "09:00", end: "17:00", timeZone });
const YEAR = { from: new Date("2026-01-01T00:00:00Z"), until: new Date("2027-01-01T00:00:00Z") };

describe("the transitions of working hours", () => {
  it("carry the crons that are right from then on", () => {
    expect(transitions(hours("Europe/Berlin"), YEAR)).toEqual([
      { at: new Date("2026-03-29T01:00:00Z"), startTimeCron: "0 0 7 ? * MON,SUN", endTimeCron: "0 0 15 ? * MON,SUN" },
      { at: new Date("2026-10-25T01:00:00Z"), startTimeCron: "0 0 8 ? * MON,SUN", endTimeCron: "0 0 16 ? * MON,SUN" },
    ]);
  });

  it("shift the days where half an hour of daylight saving carries them over midnight in UTC", () => {
    expect(transitions({ ...hours("Australia/Lord_Howe"), start: "10:45" }, YEAR).map(({ startTimeCron }) => startTimeCron)).toEqual([
      "0 15 0 ? * MON,SUN",
      "0 45 23 ? * SUN,SAT",
    ]);
  });

  it("are none in a zone without daylight saving", () => expect(transitions(hours("Asia/Calcutta"), YEAR)).toEqual([]));

  it("are none in a range that is empty", () => {
    const at = new Date("2026-03-29T01:00:00Z");
    expect(transitions(hours("Europe/Berlin"), { from: at, until: at })).toEqual([]);
  });

  it("are refused for a zone that nobody knows", () => {
    expect(refusal(() => transitions(hours("Nowhere/Land"), YEAR))).toEqual({ code: "time_zone_unknown", field: "timeZone" });
  });
});
