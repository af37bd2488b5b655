import { de } from "./de.ts";
import { en } from "./en.ts";

/** Names a value that an error carries, or says `otherwise` where it carries none. */
type ErrorValue = (name: string, otherwise: string) => string;
export type ErrorSentence = (p: ErrorValue) => string;

/** Everything that a person reads, in one language. English is the measure: another language has exactly its entries. */
export type Texts = typeof en;

const languages: Readonly<Record<string, Texts>> = { en, de };

/**
 * The texts for a Slack locale. English where the language is not spoken here or not known.
 * @example textsFor("de-DE").locale // "de-DE"
 */
export function textsFor(locale: string | null): Texts {
  const language = locale?.split(/[-_]/u)[0]?.toLowerCase() ?? "en";
  return languages[language] ?? en;
}
