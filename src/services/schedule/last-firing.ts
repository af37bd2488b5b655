import { WEEKDAYS } from "./working-hours.ts";
import { DAY, SECOND } from "./zone.ts";

/**
 * The last firing, in epoch milliseconds, at `instant` itself included, of a cron as `cronsAt` writes it: one time of day, in UTC, on some
 * weekdays. Never fired: negative infinity.
 */
export function lastFiring(cron: string, instant: number): number {
  const [second, minute, hour, , , dayList = ""] = cron.split(" ");
  const days = dayList.split(",");
  const time = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * SECOND;
  const today = Math.floor(instant / DAY);
  for (let day = today; day >= today - 7; day--) {
    const weekday = WEEKDAYS[(((day + 4) % 7) + 7) % 7]; // 1 January 1970 was a Thursday
    const firing = day * DAY + time;
    if (weekday !== undefined && days.includes(weekday) && firing <= instant) return firing;
  }
  return Number.NEGATIVE_INFINITY;
}
