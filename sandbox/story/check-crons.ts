import { z } from "zod";
import { offsetAt } from "../page/browser/time/zone-time.ts";
import { StoryError } from "./until.ts";

/** Hours that begin and end on one local day, and in UTC on the same: all that the stories ask for. */
export interface StoryHours {
  readonly days: readonly string[];
  /** Full hours. */
  readonly fromHour: number;
  readonly toHour: number;
  readonly timeZone: string;
}

const stored = z.object({ workingHours: z.object({ startTimeCron: z.string(), endTimeCron: z.string() }) });

/**
 * Reckons the crons anew, by the browser's zone data and not by the bot's code, and compares.
 *
 * @param at the instant whose offset counts
 * @throws StoryError when the tenant stores others
 */
export function checkCrons(privilegedApproval: unknown, { days, fromHour, toHour, timeZone }: StoryHours, at: Date): void {
  const offsetHours = offsetAt(at, timeZone) / 3_600_000;
  const cron = (hour: number) => `0 0 ${hour - offsetHours} ? * ${days.join(",")}`;
  const due = [cron(fromHour), cron(toHour)];
  const { success, data } = stored.safeParse(privilegedApproval);
  const found = success ? [data.workingHours.startTimeCron, data.workingHours.endTimeCron] : [];
  if (due.some((expected, place) => expected !== found[place]))
    throw new StoryError(`The crons are ${found.join(" and ") || "missing"}; ${due.join(" and ")} were due.`);
}
