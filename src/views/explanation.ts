import type { RichTextElement } from "@slack/types";
import type { Explanation } from "../services/approvals/explanation.ts";
import type { Piece } from "../texts/pieces.ts";
import type { Texts } from "../texts/texts.ts";
import { header, type Message } from "./blocks.ts";
import { explanationSections } from "./explanation-sections.ts";
import { utcMinute } from "./instants.ts";
import { escapeMrkdwn, typed } from "./literal.ts";
import { bullets, instant, line, richText, strong, user, userGroup, words } from "./rich-text.ts";

/** The answer to `/pra explain`. Instants are in the reader's own zone. */
export function explanationMessage(explained: Explanation, texts: Texts): Message {
  const [first, ...sections] = explanationSections(explained, texts);
  const intro = first?.lines ?? [];
  return {
    text: escapeMrkdwn(`${explained.label}: ${texts.status[explained.requestStatus]}`),
    blocks: [
      header(texts.explain.title(explained.label)),
      richText(
        ...intro.map((each) => line(...each.map(elementOf))),
        ...sections.flatMap(({ title, lines }) => [line(strong(title)), bullets(lines.map((each) => each.map(elementOf)))]),
      ),
    ],
  };
}

/**
 * The same as lines of plain text, instants in UTC.
 * @param names what to call the ids that {@link idsIn} lists; an id without a name stands for itself
 */
export const explanationLines = (explained: Explanation, names: ReadonlyMap<string, string>, texts: Texts): readonly string[] =>
  explanationSections(explained, texts).flatMap(({ title, lines }, place) => [
    ...(place === 0 ? [] : [""]),
    title,
    ...lines.map((pieces) => `  ${pieces.map((piece) => plainly(piece, names)).join("")}`),
  ]);

/** Every person and group that the explanation names. */
export const idsIn = (explained: Explanation, texts: Texts): readonly string[] => [
  ...new Set(explanationSections(explained, texts).flatMap(({ lines }) => lines.flat().flatMap((piece) => idOf(piece) ?? []))),
];

function elementOf(piece: Piece): RichTextElement {
  if (typeof piece === "string") return words(piece);
  if ("person" in piece) return user(piece.person);
  return "group" in piece ? userGroup(piece.group) : instant(piece.at);
}

function plainly(piece: Piece, names: ReadonlyMap<string, string>): string {
  if (typeof piece === "string") return piece;
  if ("at" in piece) return utcMinute(piece.at);
  const id = idOf(piece) ?? "";
  return typed(names.get(id) ?? id, 100);
}

function idOf(piece: Piece): string | null {
  if (typeof piece === "string" || "at" in piece) return null;
  return "person" in piece ? piece.person : piece.group;
}
