import type { KnownBlock } from "@slack/types";
import type { CatalogConsole } from "../services/catalog/catalog.ts";
import type { Texts } from "../texts/texts.ts";
import { nameList } from "./name-list.ts";
import { line, richText, strong, words } from "./rich-text.ts";

const NAMES_SHOWN = 3;

/** Warns of consoles that a privileged approval would open nothing of, or that the one that stands opens nothing of; else nothing. */
export function withoutEffectBlocks(consoles: readonly CatalogConsole[], when: "would" | "does", texts: Texts): KnownBlock[] {
  if (consoles.length === 0) return [];
  const names = nameList(
    consoles.map(({ name }) => name),
    NAMES_SHOWN,
    texts,
  );
  const { withoutEffect: say } = texts.policy;
  return [richText(line(strong(say[when](names)), words(say.why)))];
}
