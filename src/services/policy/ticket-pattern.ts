import { RE2JS } from "re2js";

/**
 * Whether a text contains what an administrator's pattern asks for. RE2 matches in time that grows with the text and no faster, whatever
 * the pattern: a careless one must not hold up the clicks of everyone else.
 *
 * @param pattern one that {@link problemInPattern} has nothing against
 */
export const containsTicket = (pattern: string, text: string): boolean => RE2JS.compile(pattern).matcher(text).find();

/** What is wrong with a pattern; null when nothing is. RE2 knows no look-around and no back references. */
export function problemInPattern(pattern: string): string | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (thrown) {
    return `not a pattern that RE2 understands (${thrown instanceof Error ? thrown.message : String(thrown)})`;
  }
}
