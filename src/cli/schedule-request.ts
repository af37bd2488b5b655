import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { checkWorkingHours } from "../services/schedule/check-working-hours.ts";
import { cronsAt } from "../services/schedule/cron.ts";
import { openings } from "../services/schedule/openings.ts";
import { type Transition, transitions } from "../services/schedule/transitions.ts";
import type { CronPair, Window } from "../services/schedule/working-hours.ts";
import { DAY } from "../services/schedule/zone.ts";

const DEFAULT_RANGE_DAYS = 28;
/** A line of output holds every window of the range: a longer range is a typing mistake, and would fill the memory. */
const LONGEST_RANGE_DAYS = 36_525;

const Instant = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], {
    error: "must be an ISO instant such as 2026-03-29T01:00:00Z",
  })
  .optional();
/** Says the same of a missing flag and of a missing key. */
const required = (form: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? "is missing" : `must be ${form}`),
});
const Text = z.string(required("text"));
const Request = z.object({
  timezone: Text,
  days: z.array(Text, required("a list of days")),
  start: Text,
  end: Text,
  at: Instant,
  from: Instant,
  until: Instant,
});

/** One request, as flags or as a line of JSON. Instants are ISO with an offset. */
export type ScheduleRequest = z.infer<typeof Request>;

/** The answer, its dates still instants; they become ISO in UTC when it is printed. */
export interface Schedule extends CronPair {
  readonly windows: readonly Window[];
  readonly transitions: readonly Transition[];
}

/** @throws PortcullisError `invalid_input`, which names what is missing or of the wrong type */
export function parseScheduleRequest(input: unknown): ScheduleRequest {
  const { success, data, error } = Request.safeParse(input);
  if (success) return data;
  const [issue] = error.issues;
  const problem = issue ? [issue.path.join("."), issue.message].filter(Boolean).join(" ") : error.message;
  throw new PortcullisError("invalid_input", { params: { problem } }, { cause: error });
}

/**
 * Crons at the anchor, and windows and transitions of the range, which is the anchor and 28 days from there by default.
 *
 * @throws PortcullisError as `checkWorkingHours`; `window_end_before_start` and `invalid_input` for a range that is
 *   backwards or over a hundred years long
 */
export function computeSchedule(request: ScheduleRequest, now: Date): Schedule {
  const { days, start, end, timezone: timeZone } = request;
  const hours = checkWorkingHours({ days: days.map((day) => day.trim().toUpperCase()), start, end, timeZone });
  const at = request.at === undefined ? now : new Date(request.at);
  const from = request.from === undefined ? at : new Date(request.from);
  const until = request.until === undefined ? new Date(from.getTime() + DEFAULT_RANGE_DAYS * DAY) : new Date(request.until);
  if (until < from) throw new PortcullisError("window_end_before_start");
  if (until.getTime() - from.getTime() > LONGEST_RANGE_DAYS * DAY)
    throw new PortcullisError("invalid_input", { params: { problem: "the range is longer than a hundred years" } });
  return { ...cronsAt(hours, at), windows: openings(hours, { from, until }), transitions: transitions(hours, { from, until }) };
}
