import { max } from "date-fns/max";
import { min } from "date-fns/min";
import { checkWorkingHours, localMinutes } from "./check-working-hours.ts";
import { WEEKDAYS, type Window, type WorkingHours } from "./working-hours.ts";
import { DAY, fromLocal, MINUTE, toLocal } from "./zone.ts";

/**
 * Every real local window with `end > from` and `start < until`, unclipped, in order of their starts; computed from the
 * zone, never from the crons.
 *
 * A local time that a transition skips moves forward by the gap; a repeated one is its first occurrence. Where that leaves
 * nothing (02:30–03:15 on the night when 02:00 becomes 03:00: the start moves to 03:30) there is no opening on that day: the
 * crons of the new offset do not open it either. A day that a zone skips whole (30 December 2011 in Apia) has none.
 *
 * @throws PortcullisError as {@link checkWorkingHours}
 */
export const openings = (hours: WorkingHours, range: { readonly from: Date; readonly until: Date }): Window[] => [
  ...eachOpening(hours, range),
];

/**
 * The first `count` openings in a window that are not over at `now`, clipped to the window. Without working hours the
 * window itself is the one opening. One that is running now is included, with its start in the past.
 *
 * @throws PortcullisError as {@link checkWorkingHours}
 */
export function nextOpenings(window: Window, hours: WorkingHours | null, now: Date, count: number): Window[] {
  if (hours === null) return window.end > now && count > 0 ? [window] : [];
  const from = max([window.start, now]);
  const found: Window[] = [];
  if (from >= window.end) return found;
  for (const opening of eachOpening(hours, { from, until: window.end })) {
    if (found.length >= count) break;
    found.push({ start: max([opening.start, window.start]), end: min([opening.end, window.end]) });
  }
  return found;
}

function* eachOpening(hours: WorkingHours, range: { readonly from: Date; readonly until: Date }): Generator<Window> {
  const { days, timeZone } = checkWorkingHours(hours);
  const { start, end } = localMinutes(hours);
  const from = range.from.getTime();
  const until = range.until.getTime();
  // Two days early: hours over midnight, behind a zone that skipped a day, may still be open at `from`.
  const firstDay = Math.floor(toLocal(timeZone, from) / DAY) - 2;
  const lastDay = Math.floor(toLocal(timeZone, until) / DAY) + 1;
  for (let day = firstDay; day <= lastDay; day++) {
    const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7]; // 1 January 1970 was a Thursday
    if (weekday === undefined || !days.includes(weekday) || isSkipped(timeZone, day)) continue;
    const opens = fromLocal(timeZone, day * DAY + start * MINUTE);
    const closes = fromLocal(timeZone, day * DAY + end * MINUTE);
    if (opens < closes && closes > from && opens < until) yield { start: new Date(opens), end: new Date(closes) };
  }
}

/** Whether a zone that moved across the date line left the whole day out. */
const isSkipped = (timeZone: string, day: number): boolean => Math.floor(toLocal(timeZone, fromLocal(timeZone, day * DAY)) / DAY) !== day;
