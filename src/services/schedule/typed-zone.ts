import { firstPhrase, type Phrase, wholeWords } from "./typed-phrase.ts";
import { isTimeZone } from "./zone.ts";

/** Cities that the tz database has renamed and ICU still lists under their old names. */
const RENAMED = [
  "America/Nuuk",
  "Asia/Ho_Chi_Minh",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Yangon",
  "Atlantic/Faroe",
  "Europe/Kyiv",
  "Pacific/Kanton",
];
const ZONES = [...new Set([...Intl.supportedValuesOf("timeZone"), ...RENAMED])].filter((name) => name.includes("/"));
const BY_NAME = new Map(ZONES.map((name) => [name.toLowerCase(), name]));
const BY_CITY = Map.groupBy(ZONES, (name) => name.slice(name.lastIndexOf("/") + 1).toLowerCase());
/** Feasts and islands: "until Christmas" means no zone. */
const NOT_CITIES = new Set(["christmas", "easter"]);

/** Without a region, only what means the same all year or keeps daylight saving: `EST` never does, whatever people mean by it. */
const SHORT_ZONES = new Set(["UTC", "GMT", "CET", "EET", "WET"]);
const NAME = wholeWords(String.raw`(?:in\s+)?([a-z_]+(?:/[a-z0-9_+-]+)+|utc|gmt|cet|eet|wet)(?:\s+time)?`);
const WORD = wholeWords(String.raw`[\p{L}_-]+`);
const LONGEST_CITY_WORDS = 3;

/**
 * The zone that a person means by a name: an IANA name in any case, or the last part of one that is unique (`Berlin`).
 * An old name that only the tz database lists (`US/Pacific`) becomes the runtime's name for the same zone.
 *
 * @example
 * zoneNamed("europe/berlin") // "Europe/Berlin"
 * zoneNamed("new york")      // "America/New_York"
 * zoneNamed("PST")           // null: nobody can tell what it means in summer
 */
export function zoneNamed(text: string): string | null {
  const name = text.trim().replaceAll(/\s+/gu, "_").toLowerCase();
  if (SHORT_ZONES.has(name.toUpperCase())) return name.toUpperCase();
  const known = BY_NAME.get(name);
  if (known) return known;
  if (name.includes("/")) return isTimeZone(name) ? new Intl.DateTimeFormat("en-US", { timeZone: name }).resolvedOptions().timeZone : null;
  const [zone, another] = NOT_CITIES.has(name) ? [] : (BY_CITY.get(name) ?? []);
  return another === undefined ? (zone ?? null) : null;
}

/** The first zone in a text that is written as such: `Europe/Berlin`, `UTC`. */
export const findTypedZone = (text: string): Phrase<string> | null => firstPhrase(text, NAME, ([, name = ""]) => zoneNamed(name));

/** The first city in a text that is a zone, with what leads to it: `Berlin`, `in New York`, `Berlin time`. */
export function findTypedCity(text: string): Phrase<string> | null {
  const words = [...text.matchAll(WORD)];
  for (const [first, { index }] of words.entries()) {
    for (let count = LONGEST_CITY_WORDS; count > 0; count--) {
      const last = words[first + count - 1];
      const typed = last ? text.slice(index, last.index + last[0].length) : "";
      const zone = /^[\p{L}_\s-]+$/u.test(typed) ? zoneNamed(typed) : null;
      if (zone) return around(text, { value: zone, index, length: typed.length });
    }
  }
  return null;
}

function around(text: string, { value, index, length }: Phrase<string>): Phrase<string> {
  const before = /(?<!\p{L})in\s+$/iu.exec(text.slice(0, index))?.[0].length ?? 0;
  const after = /^\s+(?:time|zeit)(?!\p{L})/iu.exec(text.slice(index + length))?.[0].length ?? 0;
  return { value, index: index - before, length: before + length + after };
}
