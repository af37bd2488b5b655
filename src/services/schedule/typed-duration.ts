import { firstPhrase, type Phrase, wholeWords } from "./typed-phrase.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
/** A month is thirty days and a year 365, as ZPA counts a year. */
const UNITS: readonly (readonly [string, number])[] = [
  ["m|mins?|minutes?|minuten?", 60],
  ["h|hrs?|hours?|std|stunden?", HOUR],
  ["d|days?|tage?n?", DAY],
  ["w|wks?|weeks?|wochen?", 7 * DAY],
  ["months?|monate?n?", 30 * DAY],
  ["years?|jahre?n?", 365 * DAY],
];
const NUMBERS: readonly (readonly [string, number])[] = [
  ["half an?|halbe[nrs]?|eine halbe", 0.5],
  ["an?|one|eine[nrms]?|ein", 1],
  ["two|zwei", 2],
  ["three|drei", 3],
  ["four|vier", 4],
];
const UNIT = UNITS.map(([names]) => names).join("|");
/** "an" of "and" is no number, hence the space behind it. */
const NUMBER = String.raw`\d+(?:[.,]\d+)?|(?<!\p{L})(?:${NUMBERS.map(([names]) => names).join("|")})(?=\s)`;
const PART = String.raw`(?:${NUMBER})\s*(?:${UNIT})(?![\p{L}])`;
const DURATION = wholeWords(
  String.raw`(?:for|für|lasting)\s+(?:the next\s+|die nächsten\s+)?${PART}(?:\s*(?:and\s+|und\s+)?${PART})*|\d+(?:[.,]\d+)?\s*(?:${UNIT})(?![\p{L}])(?:\s*${PART})*`,
);
const PARTS = new RegExp(String.raw`(${NUMBER})\s*(${UNIT})(?![\p{L}])`, "giu");
/** "in 2 hours" and "2 hours ago" are instants. */
const BEFORE_AN_INSTANT = /(?:^|\s)(?:in|within|after)\s+$/iu;
const AFTER_AN_INSTANT = /^\s+(?:ago|later|from now)(?!\p{L})/iu;

/**
 * The first duration in a text, in whole seconds: `for 2 weeks`, `2h`, `1h30m`, `90 min`, `für zwei Wochen`.
 * A bare number word needs its "for"; digits do not.
 */
export const findTypedDuration = (text: string): Phrase<number> | null =>
  firstPhrase(text, DURATION, (match) => {
    const before = text.slice(0, match.index);
    const after = text.slice(match.index + match[0].length);
    if (BEFORE_AN_INSTANT.test(before) || AFTER_AN_INSTANT.test(after)) return null;
    const seconds = [...match[0].matchAll(PARTS)].map(([, number, unit]) => numberNamed(number) * secondsNamed(unit));
    return Math.round(seconds.reduce((sum, part) => sum + part, 0));
  });

const numberNamed = (text = ""): number => meaning(NUMBERS, text) ?? Number(text.replace(",", "."));
const secondsNamed = (text = ""): number => meaning(UNITS, text) ?? Number.NaN;
const meaning = (table: typeof UNITS, text: string): number | undefined =>
  table.find(([names]) => new RegExp(`^(?:${names})$`, "iu").test(text))?.[1];
