/** Stands where a text or a list is empty: Slack refuses both. */
export const NOTHING = "–";
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";
/** Embeddings, overrides and isolates: typed into a name, they would reorder the words around it. */
const DIRECTION_CONTROLS = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out; line breaks and tabs stay
const INVISIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/gu;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Cuts to at most `limit` UTF-16 units, an ellipsis included. Never inside a grapheme, so never inside a surrogate pair or a family emoji.
 * @example clamp("production", 5) // "prod…"
 */
export function clamp(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = "";
  for (const { segment } of graphemes.segment(text.slice(0, limit))) {
    if (kept.length + segment.length > limit - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** What a person typed over several lines, as it is to be shown: no direction controls, no control characters, never empty. */
export function typed(text: string, limit: number): string {
  const shown = text.replaceAll(DIRECTION_CONTROLS, "").replaceAll(INVISIBLE, "").toWellFormed().trim();
  return shown === "" ? NOTHING : clamp(shown, limit);
}

/**
 * A name (person, console, segment) on one line. One that holds right-to-left letters is isolated, so that the sentence around it keeps its order.
 */
export function named(text: string, limit = 150): string {
  const shown = typed(text.replaceAll(/\s+/gu, " "), limit);
  return RIGHT_TO_LEFT.test(shown) ? `${FIRST_STRONG_ISOLATE}${clamp(shown, Math.max(limit - 2, 1))}${POP_ISOLATE}` : shown;
}

/**
 * Text for a field that Slack reads as mrkdwn and that cannot be plain, such as a message's fallback: `<!channel>`, links and mentions stay dead letters.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 */
export const escapeMrkdwn = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
