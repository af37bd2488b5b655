import { describe, expect, it } from "vitest";
import { checkRequestedTime, windowAt } from "../../../src/services/schedule/requested-time.ts";
import type { RequestedTime, WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { refusal } from "./refusal.ts";

const NOW = new Date("2026-06-01T10:00:00Z"); // a Monday
const HOUR = 3600;
const at = (text: string) => ({ kind: "at", at: new Date(`2026-${text}Z`) }) as const;
const lasting = (seconds: number) => ({ kind: "after", seconds }) as const;
const onApproval = { kind: "onApproval" } as const;
const asked = (start: RequestedTime["start"], end: RequestedTime["end"], workingHours: WorkingHours | null = null): RequestedTime => ({
  start,
  end,
  workingHours,
});
const hours: WorkingHours = { days: ["MON"], start: "09:00", end: "17:00", timeZone: "UTC" };

describe("the window that a decision gives", () => {
  const decided = (text: string, requested: RequestedTime) => {
    const { start, end } = windowAt(requested, new Date(`2026-${text}Z`));
    return `${start.toISOString().slice(5)} ${end.toISOString().slice(5)}`;
  };

  it.each([
    [
      "a duration starts at the approval when the start does",
      asked(onApproval, lasting(2 * HOUR)),
      "06-01T10:00:00",
      "06-01T10:00:00.000Z 06-01T12:00:00.000Z",
    ],
    [
      "milliseconds are cut off, because ZPA stores none",
      asked(onApproval, lasting(60)),
      "06-01T10:00:00.987",
      "06-01T10:00:00.000Z 06-01T10:01:00.000Z",
    ],
    [
      "a fixed end stays when the start is the approval",
      asked(onApproval, at("06-01T18:00:00.5")),
      "06-01T12:00:00",
      "06-01T12:00:00.000Z 06-01T18:00:00.000Z",
    ],
    ["a start to come is kept", asked(at("06-02T08:00:00"), lasting(HOUR)), "06-01T10:00:00", "06-02T08:00:00.000Z 06-02T09:00:00.000Z"],
    [
      "a start that has passed is clamped to the decision",
      asked(at("06-01T08:00:00"), at("06-01T18:00:00")),
      "06-01T12:34:56",
      "06-01T12:34:56.000Z 06-01T18:00:00.000Z",
    ],
    [
      "a duration from a fixed start that has passed keeps its end: hours that nobody read on the card are not granted",
      asked(at("06-01T08:00:00"), lasting(6 * HOUR)),
      "06-01T12:00:00",
      "06-01T12:00:00.000Z 06-01T14:00:00.000Z",
    ],
  ])("%s", (_name, requested, decidedAt, expected) => {
    expect(decided(decidedAt, requested)).toBe(expected);
  });

  it.each([
    ["it ended before the decision", asked(at("06-01T08:00:00"), lasting(HOUR))],
    ["it ends at the decision", asked(at("06-01T08:00:00"), at("06-01T10:00:00"))],
    ["what is left is less than a second", asked(onApproval, at("06-01T10:00:00.999"))],
    ["its end is before its start", asked(at("06-02T08:00:00"), at("06-02T07:00:00"))],
    ["the last opening of the working hours is over", asked(at("06-01T06:00:00"), at("06-03T00:00:00"), { ...hours, end: "10:00" })],
  ])("is none when %s", (_name, requested) => {
    expect(refusal(() => windowAt(requested, NOW))).toMatchObject({ code: "window_over" });
  });
});

describe("a requested time", () => {
  it.each([
    ["two hours from the approval", asked(onApproval, lasting(2 * HOUR))],
    ["a start of exactly an hour ago", asked(at("06-01T09:00:00"), lasting(2 * HOUR))],
    ["exactly 365 days", asked(onApproval, lasting(365 * 24 * HOUR))],
    ["two weeks of Mondays", asked(onApproval, lasting(14 * 24 * HOUR), hours)],
    ["an opening that runs now", asked(onApproval, lasting(60), hours)],
  ])("may be %s", (_name, requested) => {
    expect(refusal(() => checkRequestedTime(requested, NOW))).toBe("not refused");
  });

  it.each([
    ["an end at its start", asked(at("06-02T08:00:00"), at("06-02T08:00:00")), "window_end_before_start", "end"],
    ["an end before its start", asked(at("06-02T08:00:00"), at("06-02T07:00:00")), "window_end_before_start", "end"],
    ["an end in the past when it starts at the approval", asked(onApproval, at("06-01T09:00:00")), "window_end_before_start", "end"],
    ["a duration of nothing", asked(onApproval, lasting(0)), "window_end_before_start", "duration"],
    ["a duration that is no number", asked(onApproval, lasting(Number.NaN)), "window_end_before_start", "duration"],
    ["a second more than 365 days", asked(onApproval, lasting(365 * 24 * HOUR + 1)), "window_too_long", "duration"],
    ["an end two years on", asked(onApproval, { kind: "at", at: new Date("2028-06-01") }), "window_too_long", "end"],
    ["a start of an hour and a second ago", asked(at("06-01T08:59:59"), lasting(4 * HOUR)), "window_start_too_old", "start"],
    ["what began and ended within the last hour", asked(at("06-01T09:10:00"), lasting(600)), "window_over", "duration"],
    ["hours without an opening in it", asked(at("06-02T00:00:00"), at("06-06T00:00:00"), hours), "window_never_opens", "days"],
    [
      "hours whose opening is over",
      asked(at("06-01T09:30:00"), lasting(2 * HOUR), { ...hours, end: "10:00" }),
      "window_never_opens",
      "days",
    ],
    ["hours that are empty", asked(onApproval, lasting(HOUR), { ...hours, end: "09:00" }), "working_hours_empty", "hoursEnd"],
    ["hours in no zone", asked(onApproval, lasting(HOUR), { ...hours, timeZone: "Mars/Olympus" }), "time_zone_unknown", "timeZone"],
  ])("is refused with %s", (_name, requested, code, field) => {
    expect(refusal(() => checkRequestedTime(requested, NOW))).toEqual({ code, field });
  });
});
