import { known } from "../blocks/check-blocks.ts";
import type { Element, Placed } from "../blocks/elements.ts";
import { interactiveElements, stateKey } from "../blocks/elements.ts";
import { offeredOptions } from "../blocks/surface-rules.ts";
import type { SimInput } from "../control.ts";
import type { OpenView } from "../workspace.ts";
import type { OfferedOption, Stage } from "./stage.ts";

const optionKey = (userId: string, blockId: string, actionId: string) => `${userId} ${blockId} ${actionId}`;

/** Keeps what an external menu has shown a person: they can choose it later, when other letters show other options. */
export function rememberOffered(stage: Stage, userId: string, { blockId, actionId }: Placed, options: OfferedOption[]): void {
  const key = optionKey(userId, blockId, actionId);
  const known = stage.offered.get(key) ?? new Map<string, OfferedOption>();
  for (const option of options) known.set(option.value ?? "", option);
  stage.offered.set(key, known);
}

/** The element with these ids. People can only touch what is there. */
export function findElement(elements: readonly Placed[], blockId: string, actionId: string): Placed {
  const found = elements.find((each) => each.blockId === blockId && each.actionId === actionId);
  if (found) return found;
  const there = elements.map((each) => `${each.blockId}/${each.actionId}`).join(", ");
  throw new Error(`There is no element ${blockId}/${actionId} here, only: ${there || "none"}.`);
}

/**
 * The state of an element as Slack would report it, from what a person chose. A choice may be given by its value alone;
 * a value that the menu does not offer is an error of the caller.
 */
export function elementState(stage: Stage, userId: string, placed: Placed, given: Readonly<Record<string, unknown>>): Element {
  const options = placed.element.type.includes("external") ? offeredTo(stage, userId, placed) : offeredOptions(placed.element);
  const complete = (choice: unknown): unknown => {
    if (typeof choice !== "object" || choice === null || !("value" in choice)) return choice;
    const offer = options.find((option) => option.value === choice.value);
    if (offer) return offer;
    if (placed.element.type.includes("external") && "text" in choice) return choice;
    throw new Error(`${placed.blockId}/${placed.actionId} does not offer ${String(choice.value)}.`);
  };
  const state: Record<string, unknown> = { ...given };
  if (state.selected_option) state.selected_option = complete(state.selected_option);
  if (Array.isArray(state.selected_options)) state.selected_options = state.selected_options.map(complete);
  return { ...state, type: placed.element.type };
}

function offeredTo(stage: Stage, userId: string, { blockId, actionId, element }: Placed): OfferedOption[] {
  const initial = [element.initial_option ?? [], element.initial_options ?? []].flat() as OfferedOption[];
  return [...(stage.offered.get(optionKey(userId, blockId, actionId))?.values() ?? []), ...initial];
}

/** Puts what a person has typed and chosen into the view's state. */
export function enter(stage: Stage, userId: string, open: OpenView, values: SimInput): void {
  const elements = interactiveElements(known(open.view));
  for (const [blockId, actions] of Object.entries(values)) {
    for (const [actionId, given] of Object.entries(actions)) {
      const placed = findElement(elements, blockId, actionId);
      if (!stateKey(placed.element.type)) continue;
      const held = open.values[blockId]?.[actionId];
      const state = elementState(stage, userId, placed, { ...asRecord(held), ...asRecord(given) });
      open.values = { ...open.values, [blockId]: { ...open.values[blockId], [actionId]: state } };
    }
  }
}

const asRecord = (value: unknown): Record<string, unknown> => (typeof value === "object" && value !== null ? { ...value } : {});

/** The sentences with which Slack's own client stops a submission before it is sent, by block id; null when it would send. */
export function clientErrors(open: OpenView): Record<string, string> | null {
  const errors: Record<string, string> = {};
  for (const { block, blockId, actionId, element } of interactiveElements(known(open.view))) {
    if (block.type !== "input") continue;
    const state = asRecord(open.values[blockId]?.[actionId]);
    const value = state[stateKey(element.type) ?? ""];
    const isEmpty = value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);
    const sentence = isEmpty ? (block.optional ? null : "Please complete this required field.") : tooLongOrShort(element, value);
    if (sentence) errors[blockId] = sentence;
  }
  return Object.keys(errors).length > 0 ? errors : null;
}

function tooLongOrShort({ type, min_length, max_length, max_selected_items }: Element, value: unknown): string | null {
  if (type === "plain_text_input" && typeof value === "string") {
    if (typeof min_length === "number" && value.length < min_length) return `Must be at least ${min_length} characters.`;
    const limit = typeof max_length === "number" ? max_length : 3000;
    if (value.length > limit) return `Must be at most ${limit} characters.`;
  }
  if (Array.isArray(value) && typeof max_selected_items === "number" && value.length > max_selected_items) {
    return `Choose at most ${max_selected_items}.`;
  }
  return null;
}
