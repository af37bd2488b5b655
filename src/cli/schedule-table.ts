import { formatInTimeZone } from "date-fns-tz";
import type { Schedule } from "./schedule-request.ts";

/** The schedule for people: crons, windows in local time and UTC, and the transitions with the crons from then on. */
export function scheduleTable(schedule: Schedule, timeZone: string): string {
  const local = localFormat(timeZone);
  const rows = schedule.windows.map(({ start, end }) => `  ${local(start)} – ${local(end)}   ${utc(start)} – ${utc(end)}`);
  const changes = schedule.transitions.map((change) =>
    [`  ${local(change.at)}   ${utc(change.at)}`, `    start  ${change.startTimeCron}`, `    end    ${change.endTimeCron}`].join("\n"),
  );
  return [
    `Start cron  ${schedule.startTimeCron}`,
    `End cron    ${schedule.endTimeCron}`,
    "",
    `Windows in ${timeZone} and in UTC`,
    ...(rows.length > 0 ? rows : ["  none in this range"]),
    "",
    "Transitions of the zone, and the crons from then on",
    ...(changes.length > 0 ? changes : ["  none in this range"]),
    "",
  ].join("\n");
}

/** `2026-03-29 03:00Z` */
const utc = (instant: Date): string => `${instant.toISOString().slice(0, 16).replace("T", " ")}Z`;

/** `Sun 2026-03-29 05:00`: the day first, because that is what people check. */
const localFormat = (timeZone: string) => (instant: Date) => formatInTimeZone(instant, timeZone, "EEE yyyy-MM-dd HH:mm");
