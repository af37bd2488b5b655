import type { AnyBlock, Button } from "@slack/types";
import { actionIdOf, elementsOf, type FormState, optionsIn, type PlacedElement } from "../page/browser/form-state.ts";

/** All that a person could read in blocks, one line for each text. */
export function textOf(blocks: unknown): string {
  if (Array.isArray(blocks)) return blocks.map(textOf).filter(Boolean).join("\n");
  if (typeof blocks !== "object" || blocks === null) return "";
  const { text, ...rest } = blocks as { text?: unknown };
  const own = typeof text === "string" ? text : textOf(text);
  const inner = Object.values(rest).map((value) => (typeof value === "object" ? textOf(value) : ""));
  return [own, ...inner].filter(Boolean).join("\n");
}

/** The button that says `label`, as a person finds it. */
export function buttonNamed(blocks: readonly AnyBlock[], label: string): { blockId: string; element: Button } | null {
  for (const { blockId, element } of elementsOf(blocks)) {
    if (element.type === "button" && element.text.text.startsWith(label)) return { blockId, element };
  }
  return null;
}

/** The first element of a kind in a view. */
export const elementOfType = (blocks: readonly AnyBlock[], type: string): PlacedElement | null =>
  elementsOf(blocks).find(({ element }) => element.type === type) ?? null;

/** What a form holds, by the labels that the person reads: chosen texts, times and typed words. */
export function filledIn(blocks: readonly AnyBlock[], values: FormState): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const { blockId, element, input } of elementsOf(blocks)) {
    const state = values[blockId]?.[actionIdOf(element)];
    if (!input || !state) continue;
    const options = optionsIn(state).map(({ text }) => text.text);
    const plain = state.value ?? state.selected_time ?? state.selected_date ?? state.selected_date_time ?? state.selected_user;
    const told = options.length > 0 ? options.join(", ") : plain === null || plain === undefined ? "" : String(plain);
    if (told) filled[input.label.text] = told;
  }
  return filled;
}
