import { addAll, type BitSet, emptySet, isEmpty } from "./bit-set.ts";
import { misspellings } from "./words.ts";

/** Which of a row of texts hold a word. Texts are known by their place in the row. */
export interface WordIndex {
  /** A word of theirs starts so. */
  startingWith(part: string): BitSet;
  /** A word of theirs holds this anywhere: `01` in `db01`. A single letter, which nearly all hold, only counts at the start. */
  containing(part: string): BitSet;
  /** A word of theirs holds this; where none does, one starts so but for a slip of the finger. Short words are taken as typed. */
  resembling(part: string): BitSet;
}

const SHORTEST_INSIDE = 2;
const SHORTEST_MISSPELT = 4;
/** Sorts behind every letter, so that it ends the words with a beginning. */
const LAST_LETTER = "\uffff";

/**
 * Words in order, and one row of the texts that hold them: those of one word stand together, and so do those of all words
 * that start alike, which are found by bisection.
 */
export function createWordIndex(texts: readonly (readonly string[])[]): WordIndex {
  const textsByWord = holdersOf(texts);
  const words = [...textsByWord.keys()].sort();
  const holders = Uint32Array.from(words.flatMap((word) => textsByWord.get(word) ?? []));
  const endOfHolders = ends(words.map((word) => textsByWord.get(word)?.length ?? 0));
  // One string to search, because indexOf over it is many times faster than over each word.
  const joined = `\n${words.join("\n")}\n`;
  const endOfWord = ends(words.map((word) => word.length + 1));

  /** Adds who holds a word from the first place up to, not including, the second. */
  const addHolders = (set: BitSet, from: number, to: number) =>
    addAll(set, holders.subarray(endOfHolders[from - 1] ?? 0, endOfHolders[to - 1] ?? 0));

  const addBeginning = (set: BitSet, part: string) => addHolders(set, firstAtLeast(words, part), firstAtLeast(words, part + LAST_LETTER));

  const startingWith = (part: string) => {
    const found = emptySet(texts.length);
    addBeginning(found, part);
    return found;
  };

  const containing = (part: string) => {
    if (part.length < SHORTEST_INSIDE) return startingWith(part);
    const found = emptySet(texts.length);
    let word = 0; // the hits come in the order of the words
    for (let at = joined.indexOf(part); at !== -1; at = joined.indexOf(part, endOfWord[word])) {
      while ((endOfWord[word] ?? at) < at) word += 1;
      addHolders(found, word, word + 1);
    }
    return found;
  };

  const resembling = (part: string) => {
    const found = containing(part);
    if (part.length >= SHORTEST_MISSPELT && isEmpty(found)) for (const meant of misspellings(part)) addBeginning(found, meant);
    return found;
  };

  return { startingWith, containing, resembling };
}

function holdersOf(texts: readonly (readonly string[])[]): ReadonlyMap<string, readonly number[]> {
  const textsByWord = new Map<string, number[]>();
  texts.forEach((words, text) => {
    for (const word of words) {
      const holders = textsByWord.get(word);
      if (holders === undefined) textsByWord.set(word, [text]);
      else if (holders.at(-1) !== text) holders.push(text);
    }
  });
  return textsByWord;
}

/** Where each of some lengths ends when they are laid one after the other. */
function ends(lengths: readonly number[]): readonly number[] {
  let end = 0;
  return lengths.map((length) => {
    end += length;
    return end;
  });
}

/** Place of the first word that is not below `least`, in sorted words. */
function firstAtLeast(sorted: readonly string[], least: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? least) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
