import * as german from "chrono-node/de";
import * as english from "chrono-node/en";
import { firstPhrase, type Phrase, TAKEN, wholeWords } from "./typed-phrase.ts";
import { DAY, fromLocal, MINUTE, offsetAt, SECOND, toLocal } from "./zone.ts";

/** Who types: their present instant and the zone in which they read a clock. */
export interface TypedIn {
  readonly now: Date;
  readonly timeZone: string;
}

/** One instant as it was typed. Without a time of day it is the local midnight that begins the day. */
export interface TypedInstant {
  readonly at: Date;
  readonly hasTimeOfDay: boolean;
}

const COMPONENTS = ["year", "month", "day", "hour", "minute", "second"] as const;
type Found = ReturnType<typeof english.parse>[number];

const NOW = wholeWords("now|right now|immediately|asap|jetzt|sofort|ab sofort");
const PART_OF_DAY = /tonight|morning|noon|evening|midnight|früh|vormittag|mittag|nachmittag|abend|mitternacht/iu;
/** `04.03.2027`: only German reads it in its order. */
const DOTTED_DATE = /^\d{1,2}\.\d{1,2}\./u;
const OFFSET_OF_ITS_OWN = /(?:[\d\s](?:z|utc|gmt)|[+-]\d\d:?\d\d)$/iu;
const ABBREVIATED_ZONE = /(?<=\d|\d\s?[ap]m)(\s+)(?!gmt|sat|oct|sept)\p{L}{2,4}t(?!\p{L})/giu;
/** `9`, `9-17` and `9h` alone are no date; hours and durations have had their turn. */
const BARE_NUMBERS = /^\d{1,2}(?:\s*[-–—]\s*\d{1,2}|h)?$/u;
const RELATIVE = /^(?:in|within|innerhalb)\s|\s(?:ago|later|from now)$|^vor\s/iu;
const RANGE = /\s+(?:to|until|till?|through|bis)\s+|\s*[–—]\s*|\s+-\s+/iu;
const WORD_END = new RegExp(`^[\\s,;.${TAKEN}]?$`, "u");

/** The first "now" in a text. */
export const findTypedNow = (text: string): Phrase<true> | null => firstPhrase(text, NOW, () => true);

/**
 * The first instant in a text: `tomorrow 9am`, `Monday 9:00`, `24.12.2026 18:00`, `morgen um 8`, `in 3 hours`, ISO.
 *
 * chrono finds the words; the zone's own offset at that local time makes the instant, because chrono knows one fixed offset
 * and `next Monday 9:00` may lie behind a transition. A time of day alone is the next one to come. Abbreviated zones (PST)
 * are left standing: in summer people write them and mean another.
 */
export function findTypedTime(text: string, typedIn: TypedIn): Phrase<TypedInstant> | null {
  const found = [...parseWith(english, text, typedIn).filter(isNotDotted), ...parseWith(german, text, typedIn)];
  const [best] = found.sort((a, b) => a.index - b.index || b.text.length - a.text.length);
  if (!best) return null;
  const phrase = best.end ? (best.text.split(RANGE)[0] ?? best.text) : best.text;
  return { value: toInstant(best, phrase, typedIn), index: best.index, length: phrase.length };
}

/**
 * The instant that a text says from its first to its last word, or null.
 * @param edge what a day without a time means: the local midnight at its start or the one at its end ("until Friday")
 */
export function parseTypedTime(text: string, typedIn: TypedIn, edge: "start" | "end" = "start"): Date | null {
  const typed = text.trim();
  if (findTypedNow(typed)?.length === typed.length) return typedIn.now;
  const found = findTypedTime(typed, typedIn);
  if (found?.index !== 0 || found.length !== typed.length) return null;
  return edge === "end" ? endOf(found.value, typedIn.timeZone) : found.value.at;
}

/** The instant itself, or for a day without a time the local midnight at its end. */
export const endOf = ({ at, hasTimeOfDay }: TypedInstant, timeZone: string): Date =>
  hasTimeOfDay ? at : new Date(fromLocal(timeZone, toLocal(timeZone, at.getTime()) + DAY));

const isNotDotted = ({ text }: Found): boolean => !DOTTED_DATE.test(text);

function parseWith({ casual }: typeof english | typeof german, text: string, { now, timeZone }: TypedIn): Found[] {
  const reference = { instant: now, timezone: offsetAt(timeZone, now.getTime()) / MINUTE };
  const withoutAbbreviations = text.replaceAll(ABBREVIATED_ZONE, (zone) => TAKEN.repeat(zone.length));
  return casual.parse(withoutAbbreviations, reference).filter(({ index, text: phrase, start }) => {
    const wholeWord = WORD_END.test(text.slice(Math.max(index - 1, 0), index)) && WORD_END.test(text.charAt(index + phrase.length));
    const zoned = start.isCertain("timezoneOffset") && !RELATIVE.test(phrase);
    return wholeWord && (!zoned || OFFSET_OF_ITS_OWN.test(phrase)) && !BARE_NUMBERS.test(phrase);
  });
}

function toInstant({ start }: Found, phrase: string, { now, timeZone }: TypedIn): TypedInstant {
  const hasTimeOfDay = start.isCertain("hour") || PART_OF_DAY.test(phrase);
  if (start.isCertain("timezoneOffset")) return { at: start.date(), hasTimeOfDay };
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = COMPONENTS.map(
    (component) => start.get(component) ?? undefined,
  );
  const time = hasTimeOfDay ? ((hour * 60 + minute) * 60 + second) * SECOND : 0;
  const midnight = Date.UTC(year, month - 1, day);
  const candidates = [midnight, ...laterDays(start, { year, month, day })].map((date) => fromLocal(timeZone, date + time));
  return { at: new Date(candidates.find((instant) => instant > now.getTime()) ?? candidates[0] ?? midnight), hasTimeOfDay };
}

/**
 * The local midnights that may be meant instead when the nearest has passed: tomorrow for a time alone, the next week for a
 * weekday, the next year for a date without one. chrono can do this itself, but compares a clock in the zone of the process
 * with one in the zone of the person.
 */
function laterDays(start: Found["start"], { year, month, day }: { year: number; month: number; day: number }): number[] {
  if (start.isCertain("year")) return [];
  if (start.isCertain("month")) return [Date.UTC(year + 1, month - 1, day)];
  const [next, count] = start.isCertain("weekday") ? [7, 2] : [1, start.isCertain("day") ? 0 : 1];
  return Array.from({ length: count }, (_, index) => Date.UTC(year, month - 1, day + (index + 1) * next));
}
