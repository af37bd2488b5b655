import { PortcullisError } from "../../errors.ts";
import { checkWorkingHours, shiftDay } from "./check-working-hours.ts";
import type { WorkingHours } from "./working-hours.ts";

/** The last local time of a day that can be written: ZPA's `HH:mm` has no 24:00. */
const LAST_MINUTE = "23:59";

/**
 * Working hours whose end never lies before their start, for `overnightHours: "split"`.
 *
 * Zscaler documents no overnight hours, so a tenant that reads an end before the start otherwise than we do gets two pairs: the
 * evening on the days given and the morning on the days after. A privileged approval holds one pair, hence two grants.
 * The price is the last minute of each evening: it closes at 23:59, because `00:00` would again be an end before the start.
 * Hours within one day come back as they are; an evening or a morning of no length is left out.
 *
 * @throws PortcullisError `working_hours_empty` for 23:59–00:00, which has nothing left, and as {@link checkWorkingHours}
 * @example
 * splitAtMidnight({ days: ["FRI"], start: "22:00", end: "06:00", timeZone })
 * // FRI 22:00–23:59 and SAT 00:00–06:00
 */
export function splitAtMidnight(unchecked: WorkingHours): WorkingHours[] {
  const hours = checkWorkingHours(unchecked);
  if (hours.start < hours.end) return [hours];
  const evening = { ...hours, end: LAST_MINUTE };
  const morning = { ...hours, days: hours.days.map((day) => shiftDay(day, 1)), start: "00:00" };
  const parts = [evening, morning].filter((part) => part.start < part.end);
  if (parts.length === 0) throw new PortcullisError("working_hours_empty", { field: "hoursEnd", params: { time: hours.start } });
  return parts;
}
