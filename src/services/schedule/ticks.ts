import { CronExpressionParser } from "cron-parser";
import { DAY, fromLocal, MINUTE, SECOND, toLocal } from "./zone.ts";

/** A schedule of SailPoint's timers: a cron of five fields, or a fixed distance. */
export type Ticks = { readonly kind: "cron"; readonly expression: string } | { readonly kind: "every"; readonly milliseconds: number };

/** The predefined schedules of Go's robfig/cron, to which SailPoint's specification points. */
const PREDEFINED: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
/**
 * Five fields, with names of months and days where they belong. cron-parser would also take six fields, and letters of its own, one
 * of which (H) means another instant each time that it is read.
 */
const CRON = /^(?:[\d*,/-]+ ){3}(?:[\d*,/-]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+ (?:[\d*,/-]|SUN|MON|TUE|WED|THU|FRI|SAT)+$/i;

const UNITS: Readonly<Record<string, number>> = { h: 60 * MINUTE, m: MINUTE, s: SECOND };
/** Go's durations, as far as whole seconds go: `24h`, `1h30m`, `1.5h`. */
const DURATION = /^(?:\d+(?:\.\d+)?[hms])+$/;

/**
 * Reads a schedule; null when it is none.
 * @example parseTicks("@every 72h"); parseTicks("0 9 * * 1-5"); parseTicks("@daily")
 */
export function parseTicks(text: string): Ticks | null {
  const schedule = text.trim().replace(/\s+/g, " ");
  if (schedule.startsWith("@every ")) return every(schedule.slice("@every ".length));
  const expression = PREDEFINED[schedule] ?? schedule;
  if (!CRON.test(expression)) return null;
  try {
    CronExpressionParser.parse(expression, { tz: "UTC", currentDate: new Date(0) });
    return { kind: "cron", expression };
  } catch {
    return null; // how cron-parser says that it cannot read it
  }
}

/** A longer step would leave the calendar: a Date ends in the year 275,760. */
const LONGEST_STEP = 10 * 366 * DAY;

function every(duration: string): Ticks | null {
  if (!DURATION.test(duration)) return null;
  const parts = duration.matchAll(/([\d.]+)([hms])/g);
  const milliseconds = [...parts].reduce((sum, [, amount, unit]) => sum + Number(amount) * (UNITS[unit ?? ""] ?? 0), 0);
  const whole = Math.floor(milliseconds / SECOND) * SECOND;
  return whole >= SECOND && whole <= LONGEST_STEP ? { kind: "every", milliseconds: whole } : null;
}

export interface TickQuestion {
  /** IANA zone, or a fixed distance from UTC. */
  readonly timeZone: string | { readonly offsetMinutes: number };
  /** Where `@every` begins to count: its first tick is this instant itself. */
  readonly base: Date;
  readonly at: Date;
}

/**
 * The first tick at or after an instant, and never before `base`; null when a cron never comes (30 February).
 *
 * A cron names local times: one that a transition skips moves forward by the gap, a repeated one is its first occurrence, as for
 * working hours (DESIGN §6). Day of month and day of week, both given, are either-or, as in every cron.
 */
export function tickAtOrAfter(ticks: Ticks, { timeZone, base, at }: TickQuestion): Date | null {
  const from = Math.max(base.getTime(), at.getTime());
  if (ticks.kind === "every")
    return new Date(base.getTime() + Math.ceil((from - base.getTime()) / ticks.milliseconds) * ticks.milliseconds);
  const wall = wallOf(timeZone);
  // The cron is read on the wall's own line, where every day has 24 hours. Of what it names there, what falls into a gap moves, so
  // that the order of instants is that of the wall only up to the length of a gap.
  const local = CronExpressionParser.parse(ticks.expression, { tz: "UTC", currentDate: new Date(wall.toLocal(from) - LONGEST_GAP - 1) });
  let first: number | null = null;
  for (;;) {
    const named = nextOf(local);
    if (named === null) break;
    const instant = wall.fromLocal(named);
    if (instant >= from && (first === null || instant < first)) first = instant;
    if (first !== null && named > wall.toLocal(first) + LONGEST_GAP) break;
  }
  return first === null ? null : new Date(first);
}

/** No zone has ever skipped more than this in a year that anyone schedules for. */
const LONGEST_GAP = 3 * 60 * MINUTE;

function nextOf(expression: ReturnType<typeof CronExpressionParser.parse>): number | null {
  try {
    return expression.next().getTime();
  } catch {
    return null; // cron-parser gives up after years without a match
  }
}

/** The wall of a zone: what its clocks show at an instant, and back (epoch milliseconds, local milliseconds). */
export const wallOf = (timeZone: TickQuestion["timeZone"]) =>
  typeof timeZone === "string"
    ? { toLocal: (instant: number) => toLocal(timeZone, instant), fromLocal: (local: number) => fromLocal(timeZone, local) }
    : {
        toLocal: (instant: number) => instant + timeZone.offsetMinutes * MINUTE,
        fromLocal: (local: number) => local - timeZone.offsetMinutes * MINUTE,
      };
