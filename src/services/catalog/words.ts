/** The words of a text as search compares them: without accents and case, parted at all that is neither letter nor digit. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

/** Sorts names as people count, `db-9` before `db-10`. Comparing such keys is several times faster than a collator. */
export const naturalKey = (name: string): string =>
  wordsOf(name)
    .join(" ")
    .replace(/\d+/g, (digits) => digits.padStart(12, "0"));
