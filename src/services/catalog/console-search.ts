import { type BitSet, isEmpty, keepCommon, members } from "./bit-set.ts";
import type { CatalogConsole } from "./catalog.ts";
import { createWordIndex } from "./word-index.ts";
import { naturalKey, wordsOf } from "./words.ts";

export type ConsoleSearch = (text: string, limit: number) => readonly CatalogConsole[];

/** Nobody types more than this; it bounds what a pasted text costs. */
const MOST_WORDS = 8;

/**
 * Search as people type. Every word must be found in the name, segment, microtenant or domain, in any order.
 * Best first: the exact name; names that start with the text; names with all words; other matches; words found inside
 * others; and one misspelling a word when nothing else is found. Each of these groups stands in alphabetical order.
 * Consoles that are switched off are never found.
 *
 * Own, because libraries were too slow or too blunt for 50,000 consoles on the thread that acknowledges Slack
 * (`npm run bench -- typeahead`): MiniSearch takes 20 to 190 ms for short words, uFuzzy 5 to 10 ms for any, and
 * FlexSearch finds neither the middle of a word nor a misspelt one.
 */
export function createConsoleSearch(all: readonly CatalogConsole[]): ConsoleSearch {
  const consoles = all
    .filter(({ enabled }) => enabled)
    .map((console) => ({ console, words: wordsOf(console.name) }))
    .map(({ console, words }) => ({ console, words, key: naturalKey(words) }))
    .sort((left, right) => (left.key < right.key ? -1 : Number(left.key > right.key)));
  const nameWords = consoles.map(({ words }) => words);
  const plainNames = nameWords.map((words) => words.join(" "));
  const placesByName = Map.groupBy(plainNames.keys(), (place) => plainNames[place]);
  const names = createWordIndex(nameWords);
  const everything = createWordIndex(
    consoles.map(({ console, words }) =>
      words.concat(wordsOf(`${console.segmentName} ${console.microtenantName} ${console.domain ?? ""}`)),
    ),
  );

  return (text, limit) => {
    const words = wordsOf(text).slice(0, MOST_WORDS);
    if (words.length === 0) return consoles.slice(0, limit).map(({ console }) => console);
    const found = new Set<number>();
    const take = (places: Iterable<number>) => {
      for (const place of places) {
        if (found.size >= limit) return;
        found.add(place);
      }
    };
    const named = holdingAll(words, names.startingWith);
    const plain = words.join(" ");
    take(placesByName.get(plain) ?? []);
    take(filter(members(named), (place) => plainNames[place]?.startsWith(plain) === true));
    take(members(named));
    if (found.size < limit) take(members(holdingAll(words, everything.startingWith)));
    if (found.size < limit) take(members(holdingAll(words, everything.containing)));
    if (found.size === 0) take(members(holdingAll(words, everything.resembling)));
    return [...found].flatMap((place) => consoles[place]?.console ?? []);
  };
}

/** Longest word first, because it leaves the fewest places; once none is left the others are not looked up. */
function holdingAll(words: readonly string[], find: (word: string) => BitSet): BitSet {
  const [longest = "", ...others] = words.toSorted((left, right) => right.length - left.length);
  const common = find(longest);
  for (const word of others) {
    if (isEmpty(common)) break;
    keepCommon(common, find(word));
  }
  return common;
}

function* filter(places: Iterable<number>, keep: (place: number) => boolean): Generator<number> {
  for (const place of places) if (keep(place)) yield place;
}
