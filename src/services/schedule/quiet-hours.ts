import { wallOf } from "./ticks.ts";
import { DAY, MINUTE } from "./zone.ts";

/** Local times of day, `HH:mm`. An end before the start is that of the next day; equal ones are no quiet hours at all. */
export interface QuietHours {
  readonly start: string;
  readonly end: string;
}

/**
 * When the quiet hours that hold an instant are over; null outside of them. The start is quiet, the end is not.
 *
 * Local times as everywhere (DESIGN §6): one that a transition skips moves forward by the gap, a repeated one is its first occurrence.
 *
 * @param timeZone IANA zone, or a fixed distance from UTC
 * @example quietUntil({ start: "20:00", end: "07:00" }, "Europe/Berlin", new Date("2026-03-02T22:00:00Z")) // 2026-03-03T06:00:00Z
 */
export function quietUntil(hours: QuietHours | null, timeZone: string | { readonly offsetMinutes: number }, instant: Date): Date | null {
  if (hours === null || hours.start === hours.end) return null;
  const wall = wallOf(timeZone);
  const at = instant.getTime();
  const today = Math.floor(wall.toLocal(at) / DAY) * DAY;
  const [start, end] = [timeOfDay(hours.start), timeOfDay(hours.end)];
  // Those that began yesterday may last until today; and a zone may skip most of a day.
  for (const day of [today - DAY, today, today + DAY]) {
    const from = wall.fromLocal(day + start);
    const until = wall.fromLocal(day + end + (end < start ? DAY : 0));
    // Where a transition moves an end past the next start, one night follows the other.
    if (from <= at && at < until) return quietUntil(hours, timeZone, new Date(until)) ?? new Date(until);
  }
  return null;
}

function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE;
}
