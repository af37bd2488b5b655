import { checkWorkingHours, localMinutes, shiftDay } from "./check-working-hours.ts";
import type { CronPair, Weekday, WorkingHours } from "./working-hours.ts";
import { DAY, MINUTE, offsetAt, SECOND } from "./zone.ts";

/**
 * The pair of Quartz expressions that ZPA stores for working hours, in UTC.
 *
 * Each list of days shifts on its own, element by element and in the order given, when the UTC day differs from the
 * local one (ZPA, "Configuring Privileged Approvals Using API": 17:00 in Vancouver on SUN…SAT is `0 0 0 ? * MON,…,SUN`).
 * An end before the start belongs to the next local day first, and shifts to UTC then. Seconds are 0 except in years when
 * a zone's offset had seconds of its own (Monrovia until 1972).
 *
 * @param at instant whose UTC offset counts; crons do not follow DST, see {@link transitions}
 * @throws PortcullisError as {@link checkWorkingHours}
 * @example
 * cronsAt({ days: ["MON"], start: "09:00", end: "17:00", timeZone: "Asia/Calcutta" }, at)
 * // { startTimeCron: "0 30 3 ? * MON", endTimeCron: "0 30 11 ? * MON" }
 */
export function cronsAt(hours: WorkingHours, at: Date): CronPair {
  const { days, timeZone } = checkWorkingHours(hours);
  const { start, end } = localMinutes(hours);
  const offset = offsetAt(timeZone, at.getTime());
  return {
    startTimeCron: cronOf(days, start * MINUTE - offset),
    endTimeCron: cronOf(days, end * MINUTE - offset),
  };
}

/**
 * The Quartz expression of a time on some days.
 * @param time milliseconds since UTC midnight of the listed day; before it or past it, the days shift along
 */
export function cronOf(days: readonly Weekday[], time: number): string {
  const shift = Math.floor(time / DAY);
  const second = (time - shift * DAY) / SECOND;
  const dayList = days.map((day) => shiftDay(day, shift)).join(",");
  return `${second % 60} ${Math.floor(second / 60) % 60} ${Math.floor(second / 3600)} ? * ${dayList}`;
}
