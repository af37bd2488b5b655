import { describe, expect, it } from "vitest";
import { findTypedHours } from "../../../src/services/schedule/typed-hours.ts";

const typed = (text: string): string | null => {
  const found = findTypedHours(text);
  return found && `${found.value.start}-${found.value.end}`;
};

describe("hours as people type them", () => {
  it.each([
    ["9-17", "09:00-17:00"],
    ["09:00-17:30", "09:00-17:30"],
    ["9am-5pm", "09:00-17:00"],
    ["9 am – 5 p.m.", "09:00-17:00"],
    ["8.30 to 12.15", "08:30-12:15"],
    ["from 9 until 17", "09:00-17:00"],
    ["von 9 bis 17 Uhr", "09:00-17:00"],
    ["zwischen 9 und 17 Uhr", "09:00-17:00"],
    ["22:00-06:00", "22:00-06:00"],
    ["22-6", "22:00-06:00"],
    ["10pm-6", "22:00-06:00"],
    ["12am-12pm", "00:00-12:00"],
    ["18-24", "18:00-00:00"],
    ["9-17 weekdays", "09:00-17:00"],
    ["weekdays,9-17", "09:00-17:00"],
  ])("%j is %s", (text, hours) => expect(typed(text)).toBe(hours));

  it.each([
    ["9-5", "09:00-17:00"],
    ["9am-5", "09:00-17:00"],
    ["9-5pm", "09:00-17:00"],
    ["1-5pm", "13:00-17:00"],
    ["11-3", "11:00-15:00"],
    ["9:00-5:00", "09:00-05:00"],
    ["09-10", "09:00-10:00"],
  ])("%j is %s: the twelve-hour clock is guessed only for bare hours, and only to make them shorter", (text, hours) => {
    expect(typed(text)).toBe(hours);
  });

  it.each([["OPS-123"], ["2026-11-24"], ["1-2 weeks"], ["12-14 Aug"], ["25-26"], ["9-17:60"], ["13pm-14pm"], ["db9-17"], ["9"]])(
    "%j is none",
    (text) => expect(typed(text)).toBeNull(),
  );
});
