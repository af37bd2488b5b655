import { type FormField, PortcullisError } from "../../errors.ts";
import { WEEKDAYS, type Weekday, type WorkingHours } from "./working-hours.ts";
import { isTimeZone } from "./zone.ts";

const DAY_MINUTES = 24 * 60;
const LOCAL_TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Working hours as they come in from outside: the days are not yet known to be days. */
interface UncheckedHours {
  readonly days: readonly string[];
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

/** Minutes since the local midnight of the listed day. The end is over 1440 when it belongs to the next local day. */
interface LocalMinutes {
  readonly start: number;
  readonly end: number;
}

/**
 * Working hours that can be turned into crons, or the reason why not, at its field.
 *
 * @throws PortcullisError `days_missing` | `day_unknown` | `days_duplicate` | `working_hours_time_invalid` (not `HH:mm`) |
 *   `working_hours_empty` (start and end equal: for whole days, ask without working hours) | `time_zone_unknown`
 */
export function checkWorkingHours({ days, start, end, timeZone }: UncheckedHours): WorkingHours {
  const known = days.map(toWeekday);
  if (known.length === 0) throw new PortcullisError("days_missing", { field: "days" });
  const twice = known.find((day, index) => known.indexOf(day) !== index);
  if (twice) throw new PortcullisError("days_duplicate", { field: "days", params: { day: twice } });
  checkLocalTime(start, "hoursStart");
  checkLocalTime(end, "hoursEnd");
  if (start === end) throw new PortcullisError("working_hours_empty", { field: "hoursEnd", params: { time: start } });
  if (!isTimeZone(timeZone)) throw new PortcullisError("time_zone_unknown", { field: "timeZone", params: { timeZone } });
  return { days: known, start, end, timeZone };
}

/** The day that lies `shift` days after `day`. @example shiftDay("SAT", 1) // "SUN" */
export function shiftDay(day: Weekday, shift: number): Weekday {
  const index = (WEEKDAYS.indexOf(day) + shift + 7 * Math.ceil(Math.abs(shift) / 7)) % 7;
  return WEEKDAYS[index] ?? day;
}

/** Start and end of checked hours on the line of local minutes; an end before the start belongs to the next local day. */
export function localMinutes({ start, end }: Pick<WorkingHours, "start" | "end">): LocalMinutes {
  const startMinute = minuteOfDay(start);
  const endMinute = minuteOfDay(end);
  return { start: startMinute, end: endMinute < startMinute ? endMinute + DAY_MINUTES : endMinute };
}

const minuteOfDay = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

function toWeekday(text: string): Weekday {
  const day = WEEKDAYS.find((weekday) => weekday === text);
  if (!day) throw new PortcullisError("day_unknown", { field: "days", params: { day: text } });
  return day;
}

function checkLocalTime(time: string, field: FormField): void {
  if (!LOCAL_TIME.test(time)) throw new PortcullisError("working_hours_time_invalid", { field, params: { value: time } });
}
