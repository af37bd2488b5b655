import type { Window } from "../services/schedule/working-hours.ts";

/**
 * An instant that Slack writes in the reader's own zone; where it cannot (a notification), the fallback names UTC.
 * @see https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 */
export const readersInstant = (at: Date): string => slackDate(at, "{date_short_pretty} {time}");

/** The same with the time first, to follow “at”. */
export const readersMoment = (at: Date): string => slackDate(at, "{time}, {date_short_pretty}");

/** A span in the reader's own zone; its end names the day only when it is a day later or more. */
export function readersSpan({ start, end }: Window): string {
  const sameDay = end.getTime() - start.getTime() < 24 * 60 * 60 * 1000;
  return `${readersInstant(start)} – ${sameDay ? slackDate(end, "{time}") : readersInstant(end)}`;
}

/**
 * An instant written out in a zone.
 * @param locale of the texts it stands in, e.g. `de-DE`
 * @example zonedInstant(new Date("2026-03-02T08:00:00Z"), "Europe/Berlin", "en-GB") // "Mon, 2 Mar 2026, 09:00"
 */
export const zonedInstant = (at: Date, timeZone: string, locale: string): string => formatter(timeZone, locale, "dayAndTime").format(at);

/** A span written out in a zone: the end names its day only when that is another day. */
export function zonedSpan({ start, end }: Window, timeZone: string, locale: string): string {
  const day = formatter(timeZone, locale, "day");
  const sameDay = day.format(start) === day.format(end);
  const time = formatter(timeZone, locale, sameDay ? "time" : "dayAndTime");
  return sameDay ? `${day.format(start)}, ${time.format(start)}–${time.format(end)}` : `${time.format(start)} – ${time.format(end)}`;
}

const SHAPES = {
  day: { weekday: "short", day: "numeric", month: "short", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  dayAndTime: { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** Making a formatter costs a hundred times what using it does. Zones and locales are few. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string, locale: string, shape: keyof typeof SHAPES): Intl.DateTimeFormat {
  const key = `${timeZone} ${locale} ${shape}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, { ...SHAPES[shape], timeZone });
  formatters.set(key, made);
  return made;
}

const slackDate = (at: Date, format: string): string => `<!date^${Math.floor(at.getTime() / 1000)}^${format}|${utcMinute(at)}>`;

/** @example utcMinute(new Date("2026-03-02T08:00:30Z")) // "2026-03-02 08:00 UTC" */
export const utcMinute = (at: Date): string => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
