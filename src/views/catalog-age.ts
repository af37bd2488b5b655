import type { KnownBlock } from "@slack/types";
import type { CatalogAge } from "../services/services.ts";
import type { Texts } from "../texts/texts.ts";
import { context, markup } from "./blocks.ts";
import { readersInstant } from "./instants.ts";

/** As of when the consoles are that can be asked for; more loudly when that is long ago. Nothing before they were read at all. */
export function catalogAgeBlocks(age: CatalogAge | null, { life }: Texts): KnownBlock[] {
  if (age === null) return [];
  const at = readersInstant(age.readAt);
  return [context(markup(age.isOld ? `*${life.catalogOld(at)}*` : life.catalogAge(at)))];
}
