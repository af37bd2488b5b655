import uFuzzy from "@leeoniya/ufuzzy";
import type { CatalogConsole } from "./catalog.ts";
import { mapInSlices } from "./map-in-slices.ts";
import { naturalKey, wordsOf } from "./words.ts";

export type ConsoleSearch = (text: string, limit: number) => readonly CatalogConsole[];

/** Nobody types more than this; it bounds what a pasted text costs. */
const MOST_LETTERS = 100;
const MOST_WORDS = 8;

const LETTERS = { unicode: true, interSplit: "[^\\p{L}\\p{N}]+", intraSplit: null, intraChars: "[\\p{L}\\p{N}]" };
const anywhere = new uFuzzy(LETTERS);
const atWordStarts = new uFuzzy({ ...LETTERS, interLft: 2 });
const misspelt = new uFuzzy({ ...LETTERS, intraMode: 1 });

/**
 * Search as people type. Every word must be found in the name, segment, microtenant or domain, in any order.
 * Best first: the exact name; names that start with the text; names with words that start so; all others. Each of these
 * groups stands in alphabetical order. Only when nothing is found, one slip of the finger a word is forgiven.
 * Consoles that are switched off are never found here; {@link searchAmong} finds all that it is given.
 *
 * uFuzzy scans the lines at each keystroke, in 2 to 5 ms for 50,000 consoles (`npm run bench -- typeahead`), so there is
 * no index to build. FlexSearch's takes over a second and 60 MB, and finds neither the middle of a word nor a misspelt one.
 */
export const createConsoleSearch = (all: readonly CatalogConsole[]): Promise<ConsoleSearch> =>
  searchAmong(all.filter((console) => console.enabled));

/** The same search over whatever is given. */
export async function searchAmong(all: readonly CatalogConsole[]): Promise<ConsoleSearch> {
  const keyed = await mapInSlices(all, (console) => ({ console, key: naturalKey(console.name) }));
  const consoles = keyed.sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key))).map(({ console }) => console);
  const names = await mapInSlices(consoles, ({ name }) => wordsOf(name).join(" "));
  const lines = await mapInSlices(consoles, ({ name, segmentName, microtenantName, domain }) =>
    [...new Set(wordsOf(`${name} ${segmentName} ${microtenantName} ${domain ?? ""}`))].join(" "),
  );

  /** Places of all that is worth showing, the best first; the same place may come again. */
  function* rank(words: readonly string[]): Generator<number> {
    const text = words.join(" ");
    const found = holdingAll(words, anywhere, lines);
    const starting = found.filter((place) => names[place]?.startsWith(text));
    yield* starting.filter((place) => names[place] === text);
    yield* starting;
    yield* holdingAll(words, atWordStarts, names, found);
    yield* found;
    if (found.length === 0) yield* holdingAll(words, misspelt, lines);
  }

  return (text, limit) => {
    const words = wordsOf(text.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS);
    if (words.length === 0) return consoles.slice(0, limit);
    return firstDistinct(rank(words), limit).flatMap((place) => consoles[place] ?? []);
  };
}

/** Places of the lines in which every word is found. The longest word goes first, because it leaves the fewest for the others. */
function holdingAll(words: readonly string[], matcher: uFuzzy, lines: string[], among?: number[]): number[] {
  let places = among;
  for (const word of words.toSorted((left, right) => right.length - left.length)) {
    places = matcher.filter(lines, word, places) ?? [];
  }
  return places ?? [];
}

function firstDistinct(places: Iterable<number>, limit: number): readonly number[] {
  const distinct = new Set<number>();
  for (const place of places) {
    if (distinct.size >= limit) break;
    distinct.add(place);
  }
  return [...distinct];
}
