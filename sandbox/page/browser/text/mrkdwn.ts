/**
 * Slack's message markup, read into a tree. Nothing here makes HTML: text stays text until a node is drawn.
 * Rules: docs.slack.dev "Formatting message text".
 */
export type Inline =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "bold" | "italic" | "strike"; readonly children: readonly Inline[] }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "link"; readonly url: string; readonly label: string }
  | { readonly kind: "user" | "channel" | "group" | "broadcast" | "emoji"; readonly id: string }
  | {
      readonly kind: "date";
      readonly epochSeconds: number;
      readonly format: string;
      readonly fallback: string;
      readonly url: string | null;
    };

export type Paragraph =
  | { readonly kind: "lines"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "quote"; readonly lines: readonly (readonly Inline[])[] }
  | { readonly kind: "preformatted"; readonly text: string };

const styles = { "*": "bold", _: "italic", "~": "strike" } as const;
const isStyleMark = (mark: string): mark is keyof typeof styles => mark in styles;
const isWordCharacter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
const isSpace = (character: string | undefined) => character === undefined || /\s/.test(character);

/** The only three entities of Slack's markup; undone last, so that what a person typed never becomes markup. */
const withoutEntities = (text: string) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function readToken(body: string): Inline {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? null : withoutEntities(body.slice(bar + 1));
  if (target.startsWith("@")) return { kind: "user", id: target.slice(1) };
  if (target.startsWith("#")) return { kind: "channel", id: target.slice(1) };
  if (target.startsWith("!subteam^")) return { kind: "group", id: target.slice("!subteam^".length) };
  if (target.startsWith("!date^")) {
    const [, seconds, format, url] = target.split("^");
    return { kind: "date", epochSeconds: Number(seconds), format: withoutEntities(format ?? ""), fallback: label ?? "", url: url ?? null };
  }
  if (target.startsWith("!")) return { kind: "broadcast", id: target.slice(1) };
  return { kind: "link", url: withoutEntities(target), label: label ?? withoutEntities(target) };
}

/** Where the mark at `open` is closed on this line, or -1. Tokens and code between are stepped over, never cut. */
function closingMark(line: string, open: number): number {
  const mark = line[open];
  if (isWordCharacter(line[open - 1]) || isSpace(line[open + 1]) || line[open + 1] === mark) return -1;
  for (let at = open + 1; at < line.length; at += 1) {
    if (line[at] === "<" || (line[at] === "`" && mark !== "`")) {
      const end = line.indexOf(line[at] === "<" ? ">" : "`", at + 1);
      if (end > 0) at = end;
    } else if (line[at] === mark && !isSpace(line[at - 1]) && !isWordCharacter(line[at + 1])) return at;
  }
  return -1;
}

/** One line of markup. @example parseLine("*Granted* to <@U1>") */
export function parseLine(line: string): Inline[] {
  const nodes: Inline[] = [];
  let plain = "";
  const flush = () => {
    if (plain) nodes.push({ kind: "text", text: withoutEntities(plain) });
    plain = "";
  };
  const take = (node: Inline, end: number) => {
    flush();
    nodes.push(node);
    return end;
  };
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (character === "<" && line.indexOf(">", at) > 0) {
      const end = line.indexOf(">", at);
      at = take(readToken(line.slice(at + 1, end)), end);
    } else if (character === "`" && line.indexOf("`", at + 1) > at + 1) {
      const end = line.indexOf("`", at + 1);
      at = take({ kind: "code", text: withoutEntities(line.slice(at + 1, end)) }, end);
    } else if (isStyleMark(character) && closingMark(line, at) > 0) {
      const end = closingMark(line, at);
      at = take({ kind: styles[character], children: parseLine(line.slice(at + 1, end)) }, end);
    } else {
      const emoji = character === ":" && !isWordCharacter(line[at - 1]) ? /^:([a-z0-9_+-]+):/.exec(line.slice(at)) : null;
      if (emoji?.[1]) at = take({ kind: "emoji", id: emoji[1] }, at + emoji[0].length - 1);
      else plain += character;
    }
  }
  flush();
  return nodes;
}

const fence = "```";

/** Markup of several lines: paragraphs, quotes (`>` at the start of a line) and fenced code. */
export function parseMrkdwn(source: string): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  const parts = source.split(fence);
  for (const [index, part] of parts.entries()) {
    const isOpened = index % 2 === 1;
    const isClosed = index < parts.length - 1;
    if (isOpened && isClosed) {
      paragraphs.push({ kind: "preformatted", text: withoutEntities(part.replace(/^\n|\n$/g, "")) });
      continue;
    }
    // The line breaks around a fence belong to it.
    const outside = part.slice(index > 0 && part.startsWith("\n") ? 1 : 0, isClosed && part.endsWith("\n") ? -1 : undefined);
    const text = isOpened ? `${fence}${part}` : outside;
    for (const line of text ? text.split("\n") : []) {
      const quoted = /^(?:&gt;|>) ?/.exec(line);
      const kind = quoted ? "quote" : "lines";
      const parsed = parseLine(quoted ? line.slice(quoted[0].length) : line);
      const last = paragraphs.at(-1);
      if (last?.kind === kind) paragraphs[paragraphs.length - 1] = { kind, lines: [...last.lines, parsed] };
      else paragraphs.push({ kind, lines: [parsed] });
    }
  }
  return paragraphs;
}
