import { firstPhrase, type Phrase, wholeWords } from "./typed-phrase.ts";
import { WEEKDAYS, type Weekday } from "./working-hours.ts";

const NAMES: Readonly<Record<Weekday, string>> = {
  SUN: "sun(?:days?)?|so|sonntags?",
  MON: "mon(?:days?)?|mo|montags?",
  TUE: "tues?(?:days?)?|di|dienstags?",
  WED: "wed(?:nesdays?)?|mi|mittwochs?",
  THU: "thu(?:rs?(?:days?)?)?|do|donnerstags?",
  FRI: "fri(?:days?)?|fr|freitags?",
  SAT: "sat(?:urdays?)?|sa|samstags?|sonnabends?",
};
const SETS: readonly (readonly [RegExp, readonly Weekday[]])[] = [
  [
    /^(?:on )?(?:weekdays|work(?:ing )?days|werktags|werktage|wochentags|an werktagen|an wochentagen)$/iu,
    ["MON", "TUE", "WED", "THU", "FRI"],
  ],
  [/^(?:(?:on |at )?(?:the )?weekends?|(?:am )?wochenende|an wochenenden)$/iu, ["SAT", "SUN"]],
  [/^(?:daily|every ?day|each day|täglich|jeden tag)$/iu, WEEKDAYS],
];
const SET_WORDS =
  "(?:on )?(?:weekdays|work(?:ing )?days)|(?:an )?(?:werktagen|wochentagen|wochenenden)|werktage|werktags|wochentags|(?:(?:on |at )?(?:the )?)weekends?|(?:am )?wochenende|daily|every ?day|each day|täglich|jeden tag";

const NAME = Object.values(NAMES).join("|");
const TO = String.raw`\s*(?:[-–—]|\bto\b|\bthrough\b|\bbis\b)\s*`;
const AND = String.raw`(?:\s*[,/+&]\s*(?:(?:and|und)\s+)?|\s+(?:and|und)\s+|\s+)`;
const ELEMENT = `(?:${NAME})(?:${TO}(?:${NAME}))?`;
const DAYS = wholeWords(String.raw`${SET_WORDS}|(?:(every|each|jeden|on)\s+)?${ELEMENT}(?:${AND}${ELEMENT})*`);
const ELEMENTS = new RegExp(`(?<!\\p{L})(${NAME})(?:${TO}(${NAME}))?(?!\\p{L})`, "giu");
/** "from Monday to Friday" and "until Friday" are dates. */
const BEFORE_A_DATE = /(?:from|starting|until|till?|next|ab|von|vom|bis|nächste[nrs]?)\s+$/iu;
const PLURAL = /(?:days|tags|wochs|abends)$/iu;

/**
 * The first days of the week in a text that mean every week: `weekdays`, `Mo-Fr`, `mon,wed`, `daily`, `every Monday`,
 * `montags`; in English and German, in the order typed, each once.
 *
 * One day alone (`Monday`) is a date, unless `loneDays` says that what stands around it repeats.
 */
export const findTypedDays = (text: string, options: { readonly loneDays: "date" | "weekly" }): Phrase<readonly Weekday[]> | null =>
  firstPhrase(text, DAYS, (match) => {
    const [phrase, every] = match;
    const set = SETS.find(([pattern]) => pattern.test(phrase));
    if (set) return set[1];
    if (BEFORE_A_DATE.test(text.slice(0, match.index))) return null;
    const days = [...new Set([...phrase.matchAll(ELEMENTS)].flatMap(([, from, to]) => daysFromTo(from, to)))];
    const weekly = days.length > 1 || PLURAL.test(phrase) || /^(?:every|each|jeden)$/iu.test(every ?? "");
    return weekly || (options.loneDays === "weekly" && phrase.length > 2) ? days : null;
  });

function daysFromTo(fromName: string | undefined, toName: string | undefined): Weekday[] {
  const from = dayNamed(fromName);
  if (!from) return [];
  const first = WEEKDAYS.indexOf(from);
  const last = WEEKDAYS.indexOf(dayNamed(toName) ?? from);
  const count = ((last - first + 7) % 7) + 1;
  return Array.from({ length: count }, (_, step) => WEEKDAYS[(first + step) % 7] ?? from);
}

const dayNamed = (name: string | undefined): Weekday | undefined =>
  name === undefined ? undefined : WEEKDAYS.find((day) => new RegExp(`^(?:${NAMES[day]})$`, "iu").test(name));
