import type { RichTextElement, RichTextList } from "@slack/types";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { Texts } from "../texts/texts.ts";
import { NOTHING, named } from "./literal.ts";
import { bullets, strong, words } from "./rich-text.ts";

/**
 * Names in a sentence, the rest folded.
 * @example nameList(["db-prod", "web-1", "web-2"], 2, en) // "db-prod, web-1 and 1 more"
 */
export function nameList(names: readonly string[], most: number, texts: Texts): string {
  const shown = names.slice(0, most).map((name) => named(name, 60));
  return names.length > most ? `${shown.join(", ")} ${texts.common.andMore(names.length - most)}` : shown.join(", ");
}

const LABELS_SHOWN = 10;

/** “One of 2 requests made together: PRA-1042, PRA-1043.” */
export const madeTogetherLine = (labels: readonly string[], texts: Texts): string =>
  texts.card.madeTogether(labels.length, nameList(labels, LABELS_SHOWN, texts));

/** Consoles as a bulleted list, the rest folded: a hundred of them must fit on a card. */
export function consoleList(consoles: readonly CatalogConsole[], most: number, texts: Texts): RichTextList {
  return foldedBullets(
    consoles.map((console) => [strong(named(console.name, 80)), words(` · ${describe(console, 80)}`)]),
    most,
    texts,
  );
}

/** At most `most` bullets, and one that counts the rest. */
export function foldedBullets(items: readonly (readonly RichTextElement[])[], most: number, texts: Texts): RichTextList {
  const rest = items.length - most;
  if (items.length === 0) return bullets([[words(NOTHING)]]);
  return bullets(rest > 0 ? [...items.slice(0, most), [words(texts.common.andMore(rest))]] : items);
}

/**
 * What tells consoles of like names apart: segment, microtenant (unless it is the Default one), protocol and host. ZPA often names a
 * segment's part by its host, so what repeats is said once.
 */
export function describe({ segmentName, microtenantId, microtenantName, protocol, domain }: CatalogConsole, limit: number): string {
  const parts = [segmentName, microtenantId === null ? null : microtenantName, protocol, domain];
  return named([...new Set(parts.filter((part) => part !== null && part.trim() !== ""))].join(" · "), limit);
}
