import { isSafeNumber, parse } from "lossless-json";

/**
 * Parses an answer's JSON. A number that a double cannot hold comes back as its digits: ZPA's ids have 18, and some answers print them bare.
 * @throws SyntaxError when the text is not JSON
 * @example parseJson('{"microtenantId":145260601092866314}') // { microtenantId: "145260601092866314" }
 */
export const parseJson = (text: string): unknown =>
  parse(text, null, {
    parseNumber: (digits) => (isSafeNumber(digits) ? Number(digits) : digits),
    onDuplicateKey: ({ newValue }) => newValue, // as JSON.parse does
  });

/** The same, and null for what is not JSON: a proxy's page or plain text, where the status alone has to say it. */
export function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}
