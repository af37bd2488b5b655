import { max } from "date-fns/max";
import { PortcullisError } from "../../errors.ts";
import { checkWorkingHours } from "../../services/schedule/check-working-hours.ts";
import { cronsFrom } from "../../services/schedule/crons-over-time.ts";
import { transitions } from "../../services/schedule/transitions.ts";
import type { CronPair, Window, WorkingHours } from "../../services/schedule/working-hours.ts";

const ISO = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * `now`, or an ISO instant with its offset, in whole seconds as ZPA stores them.
 * @throws PortcullisError `invalid_input`
 */
export function instantArgument(text: string, option: string, now: Date): Date {
  const at = text === "now" ? now : new Date(ISO.test(text) ? text : Number.NaN);
  if (Number.isNaN(at.getTime()))
    throw new PortcullisError("invalid_input", { params: { problem: `${option} is not an ISO instant such as 2026-11-24T18:00:00Z` } });
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}

/**
 * Working hours as days, hours and zone between slashes.
 * @throws PortcullisError `invalid_input` for another form, and as `checkWorkingHours`
 * @example workingHoursArgument("MON,TUE/09:00-17:00/Europe/Berlin")
 */
export function workingHoursArgument(text: string): WorkingHours {
  const [, days, start, end, timeZone] = /^([^/]+)\/([^/-]+)-([^/-]+)\/(.+)$/.exec(text.trim()) ?? [];
  if (days === undefined || start === undefined || end === undefined || timeZone === undefined)
    throw new PortcullisError("invalid_input", {
      params: { problem: "--working-hours is days/hours/zone, such as MON,TUE/09:00-17:00/Europe/Berlin" },
    });
  const listed = days.split(",").map((day) => day.trim().toUpperCase());
  return checkWorkingHours({ days: listed, start: start.trim(), end: end.trim(), timeZone: timeZone.trim() });
}

/** The hours with the crons that ZPA should hold from now on, or from the start where that is still to come. */
export const withCrons = (hours: WorkingHours, { start }: Window, now: Date): WorkingHours & CronPair => ({
  ...hours,
  ...cronsFrom(hours, max([start, now])),
});

/** What whoever writes an approval by hand must know of its hours: ZPA keeps the crons as they are when the clocks change. */
export function clockChangeLines(hours: WorkingHours, { start, end }: Window, now: Date): readonly string[] {
  const [first] = transitions(hours, { from: max([start, now]), until: end });
  if (first === undefined) return [];
  return [
    `The clocks in ${hours.timeZone} change at ${first.at.toISOString()}. ZPA keeps the crons as they are, so the hours are off from then on,`,
    "unless the approval is updated: nobody realigns one that was made here.",
  ];
}
