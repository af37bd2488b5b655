import { max } from "date-fns/max";
import { cronsAt } from "../schedule/cron.ts";
import { nextOpenings } from "../schedule/openings.ts";
import { transitions } from "../schedule/transitions.ts";
import type { Window, WorkingHours } from "../schedule/working-hours.ts";
import type { RequestOverview } from "./overview.ts";

const OPENINGS_SHOWN = 3;

/** When a window with its working hours opens from `now` on, and what is written in ZPA for it. Nothing of a window that is over. */
export function effectOfTime(
  window: Window | null,
  hours: WorkingHours | null,
  now: Date,
): Pick<RequestOverview, "nextOpenings" | "crons" | "offsetChanges"> {
  if (window === null) return { nextOpenings: [], crons: null, offsetChanges: [] };
  return {
    nextOpenings: nextOpenings(window, hours, now, OPENINGS_SHOWN),
    crons: hours === null ? null : cronsAt(hours, max([window.start, now])),
    offsetChanges: hours === null ? [] : transitions(hours, { from: window.start, until: window.end }).map(({ at }) => at),
  };
}
