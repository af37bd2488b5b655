import { badRequest } from "../refusal.ts";

export interface Token {
  readonly kind: "word" | "text" | "mark";
  /** Of a text what is meant, without quotes and escapes. */
  readonly text: string;
}

/** A mark, a text in double quotes, or a bare word. `\"` and `\\` are the only escapes. */
const token = /\s*(?:(?<mark>[(),])|"(?<text>(?:[^"\\]|\\["\\])*)"|(?<word>[^\s(),"\\]+))/uy;

/** @throws SailPointRefusal 400 where no token starts */
export function tokensOf(filter: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = filter.trimEnd().length;
  token.lastIndex = 0;
  while (token.lastIndex < end) {
    const from = token.lastIndex;
    const { mark, text, word } = token.exec(filter)?.groups ?? {};
    if (mark !== undefined) tokens.push({ kind: "mark", text: mark });
    else if (text !== undefined) tokens.push({ kind: "text", text: text.replace(/\\(["\\])/g, "$1") });
    else if (word !== undefined) tokens.push({ kind: "word", text: word });
    else throw badRequest(`The filter cannot be read from ${filter.slice(from, from + 20)}`);
  }
  return tokens;
}
