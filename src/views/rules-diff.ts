import type { KnownBlock, RichTextBlock } from "@slack/types";
import type { ChangeView } from "../services/rules/rules-service.ts";
import type { Texts } from "../texts/texts.ts";
import { changedLines, type DiffLine } from "./changed-lines.ts";
import { bullets, line, preformatted, richText, strong, words } from "./rich-text.ts";

type Parts = RichTextBlock["elements"];

/** Lines and characters of one part of a comparison: a message holds some 12,000, and a card has more to say. */
const PART_LINES = 80;
const PART_LETTERS = 2_500;
/** A longer line goes on in the next. */
const LINE_LETTERS = 500;
const CONTEXT_LINES = 2;

/** A comparison in parts that each fit into a message, in order: only what changes, with two lines around it. None where nothing does. */
export function diffParts(diff: readonly DiffLine[]): readonly string[] {
  const parts: string[][] = [];
  let letters = 0;
  for (const text of changedLines(diff, CONTEXT_LINES).flatMap(printed)) {
    const last = parts.at(-1);
    if (last !== undefined && last.length < PART_LINES && letters + text.length < PART_LETTERS) last.push(text);
    else {
      parts.push([text]);
      letters = 0;
    }
    letters += text.length + 1;
  }
  return parts.map((lines) => lines.join("\n"));
}

/** @example printed({ sign: "+", text: "approvers:" }) // ["+ approvers:"] */
function printed(shown: DiffLine | null): readonly string[] {
  if (shown === null) return ["  …"];
  const letters = [...shown.text];
  const pieces = Array.from({ length: Math.max(1, Math.ceil(letters.length / LINE_LETTERS)) }, (_, n) =>
    letters.slice(n * LINE_LETTERS, (n + 1) * LINE_LETTERS).join(""),
  );
  return pieces.map((piece, n) => (n === 0 ? `${shown.sign} ${piece}` : `${shown.sign} … ${piece}`));
}

/** Whether a message shows all of it: nobody confirms what they have seen in part. */
export const fitsMessage = (diff: readonly DiffLine[]): boolean => diffParts(diff).length <= 1;

/** What is taken out and put in, as far as a message shows it. */
export function diffStart(diff: readonly DiffLine[], { rules }: Texts): Parts {
  const [first, ...rest] = diffParts(diff);
  if (first === undefined) return [];
  const hidden = rest.reduce((lines, part) => lines + part.split("\n").length, 0);
  return [preformatted(hidden === 0 ? first : `${first}\n${rules.cut(hidden)}`)];
}

/** Some parts of it, one below the other. */
export const diffBlocks = (parts: readonly string[]): KnownBlock[] => parts.map((part) => richText(preformatted(part)));

/** In words what becomes looser. */
export const looser = (loosens: ChangeView["loosens"], { rules }: Texts): Parts =>
  loosens.length === 0 ? [] : [line(strong(rules.looser)), bullets(loosens.map((code) => [words(rules.loosens[code])]))];
