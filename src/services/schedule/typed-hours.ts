import { firstPhrase, type Phrase, wholeWords } from "./typed-phrase.ts";
import type { WorkingHours } from "./working-hours.ts";

const CLOCK = String.raw`(\d{1,2})(?:[:.](\d{2}))?\s*([ap])?\.?(?:m\b\.?)?(?:\s*(?:uhr|h))?`;
/** `1-2 weeks` and `12-14 Aug` are no hours. */
const UNIT_OR_MONTH = String.raw`(?:(?:min(?:ute)?|hour|day|week|month|year|tage?|woche|stunde|monat|jahr)[sn]?|(?:jan|feb|m[aä]r|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])\p{L}*)(?!\p{L})`;
const HOURS = wholeWords(
  String.raw`(?:(?:from|between|at|von|zwischen|um)\s+)?${CLOCK}\s*(?:[-–—]|to|till?|until|and|bis|und)\s*${CLOCK}(?!\s*${UNIT_OR_MONTH})`,
);

interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly half: "a" | "p" | null;
  /** Nothing but an hour. */
  readonly bare: boolean;
}

/**
 * The first pair of local times in a text, as `HH:mm`: `9-17`, `9am-5pm`, `22:00-06:00`, `von 9 bis 17 Uhr`.
 *
 * The twelve-hour clock is only guessed where it makes the hours shorter: `9-5` is 09:00–17:00 and not twenty hours, and in
 * `1-5pm` both are afternoon. 24 is the midnight at the day's end.
 */
export const findTypedHours = (text: string): Phrase<Pick<WorkingHours, "start" | "end">> | null =>
  firstPhrase(text, HOURS, ([, h1, m1, half1, h2, m2, half2]) => {
    const start = clock(h1, m1, half1);
    const end = clock(h2, m2, half2);
    if (!start || !end) return null;
    return { start: print(toMinutes(withGuessedStart(start, end))), end: print(toMinutes(withGuessedEnd(start, end))) };
  });

function clock(hourText: string | undefined, minuteText: string | undefined, halfText: string | undefined): Clock | null {
  const hour = Number(hourText);
  const minute = Number(minuteText ?? 0);
  const half = halfText ? (halfText.toLowerCase() === "a" ? "a" : "p") : null;
  const fits = half ? hour >= 1 && hour <= 12 : hour < 24 || (hour === 24 && minute === 0);
  return fits && minute < 60 ? { hour, minute, half, bare: minuteText === undefined } : null;
}

function withGuessedStart(start: Clock, end: Clock): Clock {
  if (start.half || end.half !== "p" || start.hour > 12) return start;
  return { ...start, half: start.hour % 12 < end.hour % 12 ? "p" : "a" };
}

function withGuessedEnd(start: Clock, end: Clock): Clock {
  const readsAsMorning = start.half ? start.half === "a" : start.bare && start.hour > 0 && start.hour < 12;
  const guess = !end.half && end.bare && readsAsMorning && end.hour > 0 && end.hour <= 12 && end.hour < start.hour;
  return guess ? { ...end, half: "p" } : end;
}

const toMinutes = ({ hour, minute, half }: Clock): number => (half ? (hour % 12) + (half === "p" ? 12 : 0) : hour % 24) * 60 + minute;

const print = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((number) => String(number).padStart(2, "0")).join(":");
