/** A phrase that was understood inside what a person typed, and where it stood. */
export interface Phrase<Value> {
  readonly value: Value;
  readonly index: number;
  readonly length: number;
}

/**
 * A pattern that matches whole words only: a console called `sun-01` is no Sunday. Case does not count. Words end at
 * white space, comma, semicolon, or where another phrase was taken out ({@link TAKEN}).
 */
export const wholeWords = (pattern: string): RegExp => new RegExp(`(?<![^\\s,;${TAKEN}])(?:${pattern})(?![^\\s,;${TAKEN}])`, "giu");

/** Stands where a phrase was taken out of a text, so that the words around it do not grow together: a letter of nobody's. */
export const TAKEN = "\ue000";

/** The text without the phrase, as long as before. */
export const without = (text: string, { index, length }: Phrase<unknown>): string =>
  text.slice(0, index) + TAKEN.repeat(length) + text.slice(index + length);

/** The first match of a pattern of {@link wholeWords} that can be read. */
export function firstPhrase<Value>(text: string, pattern: RegExp, read: (match: RegExpExecArray) => Value | null): Phrase<Value> | null {
  for (const match of text.matchAll(pattern)) {
    const value = read(match);
    if (value !== null) return { value, index: match.index, length: match[0].length };
  }
  return null;
}
