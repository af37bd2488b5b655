import { max } from "date-fns/max";
import { PortcullisError } from "../../errors.ts";
import { checkWorkingHours } from "./check-working-hours.ts";
import { nextOpenings } from "./openings.ts";
import type { RequestedTime, Window } from "./working-hours.ts";
import { DAY, MINUTE, SECOND } from "./zone.ts";

/** ZPA: "the start time should be less than the future end time with a max range of 1 year". */
const LONGEST_WINDOW_DAYS = 365;
/** ZPA: "the approval start time cannot be more than 1 hour in the past". */
const OLDEST_START_MINUTES = 60;

/**
 * The window that a request gets when it is decided at `decidedAt`, in whole seconds as ZPA stores them.
 *
 * A start that has passed is clamped to the decision. A duration starts at the approval when the start does. A fixed start
 * with a duration keeps its end however late the decision comes: the person named the hours, the approver read them on the
 * card, and hours that nobody read are not granted.
 *
 * @throws PortcullisError `window_over` when nothing is left, or no opening of the working hours is
 */
export function windowAt(requested: RequestedTime, decidedAt: Date): Window {
  const now = wholeSeconds(decidedAt);
  const wanted = wantedWindow(requested, now);
  const window = { start: max([wanted.start, now]), end: wanted.end };
  if (window.end <= window.start || nextOpenings(window, requested.workingHours, window.start, 1).length === 0)
    throw new PortcullisError("window_over", { params: { end: wanted.end.toISOString() } });
  return window;
}

/**
 * Refuses a time that ZPA would refuse, or that would open nothing, when it is asked for at `now`.
 *
 * @throws PortcullisError with its field: `window_end_before_start` | `window_too_long` (365 days) | `window_start_too_old`
 *   (over an hour ago) | `window_over` (it began and ended within the last hour) | `window_never_opens`, and as
 *   {@link checkWorkingHours}
 */
export function checkRequestedTime(requested: RequestedTime, now: Date): void {
  const { workingHours } = requested;
  if (workingHours) checkWorkingHours(workingHours);
  const at = wholeSeconds(now);
  const { start, end } = wantedWindow(requested, at);
  const endField = requested.end.kind === "after" ? "duration" : "end";
  if (!(end > start)) throw new PortcullisError("window_end_before_start", { field: endField });
  if (end.getTime() - start.getTime() > LONGEST_WINDOW_DAYS * DAY)
    throw new PortcullisError("window_too_long", { field: endField, params: { limit: LONGEST_WINDOW_DAYS } });
  if (at.getTime() - start.getTime() > OLDEST_START_MINUTES * MINUTE)
    throw new PortcullisError("window_start_too_old", { field: "start", params: { minutes: OLDEST_START_MINUTES } });
  if (end <= at) throw new PortcullisError("window_over", { field: endField, params: { end: end.toISOString() } });
  if (nextOpenings({ start, end }, workingHours, at, 1).length === 0) throw new PortcullisError("window_never_opens", { field: "days" });
}

/** From the first instant asked for to the last, in milliseconds, when it is asked at `now`; however much of it working hours leave. */
export function requestedLength(requested: RequestedTime, now: Date): number {
  const { start, end } = wantedWindow(requested, wholeSeconds(now));
  return end.getTime() - start.getTime();
}

/** The window as it was asked for, not yet clamped. */
function wantedWindow({ start, end }: RequestedTime, now: Date): Window {
  const from = start.kind === "onApproval" ? now : wholeSeconds(start.at);
  return { start: from, end: wholeSeconds(end.kind === "at" ? end.at : new Date(from.getTime() + end.seconds * SECOND)) };
}

const wholeSeconds = (instant: Date): Date => new Date(Math.floor(instant.getTime() / SECOND) * SECOND);
