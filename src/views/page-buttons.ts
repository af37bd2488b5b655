import type { Button } from "@slack/types";
import { button } from "./blocks.ts";
import type { ListPage } from "./button-value.ts";

interface PageButtons {
  /** Of both, which add which way they go. */
  readonly actionId: string;
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly words: { readonly previous: string; readonly next: string };
}

/** The ways to the pages before and after this one, as far as there are any. */
export function pageButtons({ actionId, page, pages, words }: PageButtons): Button[] {
  const to = (next: number, way: "previous" | "next"): Button =>
    button({ actionId: `${actionId}_${way}`, text: words[way], label: words[way], value: { page: next } satisfies ListPage });
  return [...(page > 0 ? [to(page - 1, "previous")] : []), ...(page < pages - 1 ? [to(page + 1, "next")] : [])];
}
