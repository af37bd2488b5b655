import { findTypedDays } from "../services/schedule/typed-days.ts";
import { findTypedDuration } from "../services/schedule/typed-duration.ts";
import { findTypedHours } from "../services/schedule/typed-hours.ts";
import { type Phrase, without } from "../services/schedule/typed-phrase.ts";
import { endOf, findTypedNow, findTypedTime, type TypedIn, type TypedInstant } from "../services/schedule/typed-time.ts";
import type { Weekday } from "../services/schedule/working-hours.ts";
import { DAY, fromLocal, MINUTE, toLocal } from "../services/schedule/zone.ts";

/** Working hours as far as they were typed. */
export interface DraftHours {
  readonly days: readonly Weekday[] | null;
  readonly start: string | null;
  readonly end: string | null;
  /** The zone typed, or the person's own. */
  readonly timeZone: string;
}

/** When, as far as it was typed. `start` null is "on approval"; `end` and `durationSeconds` are never both set by one phrase. */
export interface DraftTime {
  readonly when: "now" | "later" | "recurring";
  readonly start: Date | null;
  readonly end: Date | null;
  readonly durationSeconds: number | null;
  readonly workingHours: DraftHours | null;
  /** The zone typed, or null. */
  readonly timeZone: string | null;
}

type Typed = Omit<DraftTime, "timeZone">;
type Hours = { readonly start: string; readonly end: string };

const UNTIL = /(?<!\p{L})(?:until|till?|to|through|ending|bis(?:\s+zum)?)\s+(?:am\s+)?$/iu;
const START_WORDS = /(?<!\p{L})(?:from|starting|beginning|start|at|on|ab|von|vom|am|um)\s+$/iu;
const DASH = /[-–—]\s+$/u;

/**
 * Takes everything about time out of a text, and makes one sense of it.
 *
 * Days or hours that repeat are recurring. Hours with one date, or with neither date nor duration, are that day's (today's, or
 * tomorrow's when today's are over): nobody who types `9-17` alone wants it every day.
 */
export function readDraftTime(text: string, typedIn: TypedIn): { readonly time: Typed; readonly rest: string } {
  const hours = findTypedHours(text);
  const afterHours = removed(text, hours);
  const duration = findTypedDuration(afterHours);
  const afterDuration = removed(afterHours, duration);
  const days = findTypedDays(afterDuration, { loneDays: duration && duration.value >= DAY / 1000 ? "weekly" : "date" });
  const afterDays = removed(afterDuration, days);
  const now = findTypedNow(afterDays);
  const { start, end, rest } = takeInstants(removed(afterDays, now), typedIn);
  const typed = { hours: hours?.value ?? null, days: days?.value ?? null, durationSeconds: duration?.value ?? null, start, end };
  return { time: makeSense(typed, typedIn), rest };
}

interface Parts {
  readonly hours: Hours | null;
  readonly days: readonly Weekday[] | null;
  readonly durationSeconds: number | null;
  readonly start: TypedInstant | null;
  readonly end: TypedInstant | null;
}

function makeSense({ hours, days, durationSeconds, start, end }: Parts, { now, timeZone }: TypedIn): Typed {
  const isToday = start !== null && !start.hasTimeOfDay && start.at <= now; // its midnight has passed: it starts on approval
  const at = isToday ? null : (start?.at ?? null);
  const until = end && endOf(end, timeZone);
  if (!days && hours && !end && durationSeconds === null && !start?.hasTimeOfDay) {
    const once = hoursOnce(hours, start?.at ?? null, { now, timeZone });
    const running = once.start <= now && once.end > now; // a start that ZPA would refuse as too old
    return { when: running ? "now" : "later", start: running ? null : once.start, end: once.end, durationSeconds, workingHours: null };
  }
  const workingHours = days || hours ? { days, start: hours?.start ?? null, end: hours?.end ?? null, timeZone } : null;
  if (workingHours) return { when: "recurring", start: at, end: until, durationSeconds, workingHours };
  return { when: at ? "later" : "now", start: at, end: until, durationSeconds, workingHours: null };
}

/** The hours of one local day: the one given, else today while they last, else tomorrow. */
function hoursOnce({ start, end }: Hours, day: Date | null, { now, timeZone }: TypedIn): { start: Date; end: Date } {
  const midnight = Math.floor(toLocal(timeZone, (day ?? now).getTime()) / DAY) * DAY;
  const window = (shift: number) => ({
    start: new Date(fromLocal(timeZone, midnight + shift * DAY + minutes(start) * MINUTE)),
    end: new Date(fromLocal(timeZone, midnight + (shift + (end < start ? 1 : 0)) * DAY + minutes(end) * MINUTE)),
  });
  const today = window(0);
  return day || today.end > now ? today : window(1);
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The first start and the first end of a text. An end is read from the start on: "until Friday" is the Friday after it. */
function takeInstants(text: string, typedIn: TypedIn): { start: TypedInstant | null; end: TypedInstant | null; rest: string } {
  let rest = text;
  let start: TypedInstant | null = null;
  let end: TypedInstant | null = null;
  for (;;) {
    const reference = start && start.at > typedIn.now ? { ...typedIn, now: start.at } : typedIn;
    const found = findTypedTime(rest, reference);
    if (!found) return { start, end, rest };
    const before = rest.slice(0, found.index);
    const until = UNTIL.exec(before) ?? (start ? DASH.exec(before) : null);
    if (until ? end : start) return { start, end, rest };
    if (until) end = found.value;
    else start = found.value;
    const words = until ?? START_WORDS.exec(before);
    const lead = words?.[0].length ?? 0;
    rest = without(rest, { value: null, index: found.index - lead, length: found.length + lead });
  }
}

const removed = (text: string, phrase: Phrase<unknown> | null): string => (phrase ? without(text, phrase) : text);
