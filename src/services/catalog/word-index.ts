import { addAll, type BitSet, emptySet } from "./bit-set.ts";
import { misspellings } from "./words.ts";

/** Which of a row of texts hold a word. Texts are known by their place in the row. */
export interface WordIndex {
  /** A word of theirs starts so. */
  startingWith(part: string): BitSet;
  /** A word of theirs holds this anywhere: `01` in `db01`. A single letter, which nearly all hold, only counts at the start. */
  containing(part: string): BitSet;
  /** A word of theirs starts so but for one slip of the finger. Nothing for words so short that a slip makes another word. */
  resembling(part: string): BitSet;
}

const SHORTEST_INSIDE = 2;
const SHORTEST_MISSPELT = 4;

/** Words in order and the texts that hold each, so that a beginning is a range found by bisection. */
export function createWordIndex(texts: readonly (readonly string[])[]): WordIndex {
  const textsByWord = new Map<string, number[]>();
  texts.forEach((words, text) => {
    for (const word of words) {
      const holders = textsByWord.get(word);
      if (holders === undefined) textsByWord.set(word, [text]);
      else if (holders.at(-1) !== text) holders.push(text);
    }
  });
  const words = [...textsByWord.keys()].sort();
  const holders = words.map((word) => textsByWord.get(word) ?? []);
  // One string to search, because indexOf over it is many times faster than over each word.
  const joined = `\n${words.join("\n")}\n`;
  const startOf = offsets(words);

  const addRange = (set: BitSet, part: string) => {
    for (let at = firstAtLeast(words, part); words[at]?.startsWith(part) === true; at += 1) addAll(set, holders[at] ?? []);
  };

  const startingWith = (part: string) => {
    const found = emptySet(texts.length);
    addRange(found, part);
    return found;
  };

  return {
    startingWith,
    containing(part) {
      if (part.length < SHORTEST_INSIDE) return startingWith(part);
      const found = emptySet(texts.length);
      for (let at = joined.indexOf(part); at !== -1; ) {
        const word = firstAtLeast(startOf, at + 1) - 1;
        addAll(found, holders[word] ?? []);
        at = joined.indexOf(part, startOf[word + 1] ?? joined.length);
      }
      return found;
    },
    resembling(part) {
      const found = emptySet(texts.length);
      if (part.length >= SHORTEST_MISSPELT) for (const meant of misspellings(part)) addRange(found, meant);
      return found;
    },
  };
}

/** Where each word starts in the joined string. */
function offsets(words: readonly string[]): readonly number[] {
  let next = 1;
  return words.map((word) => {
    const start = next;
    next += word.length + 1;
    return start;
  });
}

/** Place of the first element that is not below `least`, in sorted elements. */
function firstAtLeast<T extends string | number>(sorted: readonly T[], least: T): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const element = sorted[middle];
    if (element !== undefined && element < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
