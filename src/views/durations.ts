import type { PlainTextOption } from "@slack/types";
import type { Texts } from "../texts/texts.ts";
import { option } from "./blocks.ts";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Offered for access from now on. */
const NOW_SECONDS = [HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, DAY, 3 * DAY, WEEK];
/** Offered for recurring hours. ZPA takes 365 days at most, and 52 weeks are 364. */
const PERIOD_SECONDS = [DAY, WEEK, 2 * WEEK, 4 * WEEK, 8 * WEEK, 13 * WEEK, 26 * WEEK, 52 * WEEK];

/** Offered to who approves with changes: shorter than anyone would ask for, too. */
const CHANGE_SECONDS = [15 * MINUTE, 30 * MINUTE, ...NOW_SECONDS, ...PERIOD_SECONDS];

/** Value of the choice that asks for a last day in place of a length. */
export const UNTIL_DATE = "until";

export const durationOptions = (chosenSeconds: number, texts: Texts): PlainTextOption[] => offered(NOW_SECONDS, chosenSeconds, texts);

export const periodOptions = (chosenSeconds: number | null, texts: Texts): PlainTextOption[] => [
  ...offered(PERIOD_SECONDS, chosenSeconds, texts),
  option(UNTIL_DATE, texts.form.untilDate),
];

export const changeDurations = (askedSeconds: number, texts: Texts): PlainTextOption[] => offered(CHANGE_SECONDS, askedSeconds, texts);

/** What is offered, with what was typed in a command put among it. */
const offered = (seconds: readonly number[], chosen: number | null, texts: Texts): PlainTextOption[] =>
  [...new Set(chosen === null ? seconds : [...seconds, chosen])].sort((a, b) => a - b).map((each) => durationOption(each, texts));

export const durationOption = (seconds: number, texts: Texts): PlainTextOption => option(String(seconds), durationText(seconds, texts));

/**
 * The length in the largest unit that holds it whole; odd seconds are rounded to minutes in the words alone.
 * @example durationText(14 * 24 * 3600, en) // "2 weeks"
 */
export function durationText(seconds: number, { form }: Texts): string {
  if (seconds % WEEK === 0) return form.weeks(seconds / WEEK);
  if (seconds % DAY === 0) return form.daysLong(seconds / DAY);
  if (seconds % HOUR === 0) return form.hours(seconds / HOUR);
  return form.minutes(Math.max(Math.round(seconds / MINUTE), 1));
}
