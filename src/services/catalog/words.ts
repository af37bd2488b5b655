/** The words of a text as search compares them: without accents and case, parted at all that is neither letter nor digit. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Sorts names as people count, `db-9` before `db-10`. Plain comparison of such keys is far cheaper than a collator. */
export const naturalKey = (words: readonly string[]): string => words.join(" ").replace(/\d+/g, (digits) => digits.padStart(12, "0"));

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Everything that one slip of the finger makes of a word: neighbours swapped, a letter too many, too few or wrong. */
export function* misspellings(word: string): Generator<string> {
  for (let at = 0; at <= word.length; at += 1) {
    const head = word.slice(0, at);
    const tail = word.slice(at);
    if (tail.length > 1) yield head + tail.charAt(1) + tail.charAt(0) + tail.slice(2);
    if (tail.length > 0) yield head + tail.slice(1);
    for (const letter of LETTERS) {
      yield head + letter + tail;
      if (tail.length > 0) yield head + letter + tail.slice(1);
    }
  }
}
