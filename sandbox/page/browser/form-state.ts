import type { ActionsBlock, AnyBlock, InputBlock, KnownBlock, Option, PlainTextOption, SectionBlock, View } from "@slack/types";

/** Every element that a block may carry. */
export type Element = ActionsBlock["elements"][number] | InputBlock["element"] | NonNullable<SectionBlock["accessory"]>;

/** An element's state as Slack sends it in `view.state.values`. */
export interface ElementState {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** State by block id and action id. */
export type FormState = Readonly<Record<string, Readonly<Record<string, ElementState>>>>;

export const actionIdOf = (element: Element): string => ("action_id" in element ? (element.action_id ?? "") : "");

export interface PlacedElement {
  readonly blockId: string;
  readonly element: Element;
  readonly input: InputBlock | null;
}

/** The elements of blocks, with where they stand. */
export function elementsOf(blocks: readonly AnyBlock[]): PlacedElement[] {
  return (blocks as readonly KnownBlock[]).flatMap((block): PlacedElement[] => {
    const blockId = block.block_id ?? "";
    if (block.type === "input") return [{ blockId, element: block.element, input: block }];
    if (block.type === "actions") return block.elements.map((element) => ({ blockId, element, input: null }));
    if (block.type === "section" && block.accessory) return [{ blockId, element: block.accessory, input: null }];
    return [];
  });
}

/** The state that an element has before anyone touched it; null for those that hold none (buttons, images, overflow). */
function initialState(element: Element): ElementState | null {
  const { type } = element;
  switch (element.type) {
    case "plain_text_input":
    case "number_input":
    case "email_text_input":
    case "url_text_input":
      return { type, value: element.initial_value || null };
    case "static_select":
    case "external_select":
    case "radio_buttons":
      return { type, selected_option: element.initial_option ?? null };
    case "multi_static_select":
    case "multi_external_select":
    case "checkboxes":
      return { type, selected_options: element.initial_options ?? [] };
    case "users_select":
      return { type, selected_user: element.initial_user ?? null };
    case "multi_users_select":
      return { type, selected_users: element.initial_users ?? [] };
    case "conversations_select":
      return { type, selected_conversation: element.initial_conversation ?? null };
    case "multi_conversations_select":
      return { type, selected_conversations: element.initial_conversations ?? [] };
    case "channels_select":
      return { type, selected_channel: element.initial_channel ?? null };
    case "multi_channels_select":
      return { type, selected_channels: element.initial_channels ?? [] };
    case "datepicker":
      return { type, selected_date: element.initial_date ?? null };
    case "timepicker":
      return { type, selected_time: element.initial_time ?? null, ...(element.timezone ? { timezone: element.timezone } : {}) };
    case "datetimepicker":
      return { type, selected_date_time: element.initial_date_time ?? null };
    default:
      return null;
  }
}

/**
 * The whole state of a view: what a person has chosen so far where the element still stands (same block id, action id and
 * type, as Slack keeps it across `views.update`), else what the view gives it.
 */
export function valuesOf(view: Pick<View, "blocks">, chosen: FormState = {}): FormState {
  const values: Record<string, Record<string, ElementState>> = {};
  for (const { blockId, element } of elementsOf(view.blocks)) {
    const initial = initialState(element);
    if (!initial) continue;
    const kept = chosen[blockId]?.[actionIdOf(element)];
    values[blockId] ??= {};
    values[blockId][actionIdOf(element)] = kept?.type === initial.type ? kept : initial;
  }
  return values;
}

const isEmpty = (state: ElementState | undefined) =>
  Object.entries(state ?? {}).every(
    ([key, value]) => key === "type" || key === "timezone" || value === null || (Array.isArray(value) && value.length === 0),
  );

/** What Slack's own client refuses before it sends a submission, by block id. */
export function missingFields(view: Pick<View, "blocks">, values: FormState): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { blockId, element, input } of elementsOf(view.blocks)) {
    if (!input) continue;
    const state = values[blockId]?.[actionIdOf(element)];
    if (isEmpty(state) && !input.optional) errors[blockId] = "Please complete this required field.";
    const typed = typeof state?.value === "string" ? state.value : null;
    if (typed === null) continue;
    if (element.type === "plain_text_input" && element.min_length && typed.length < element.min_length) {
      errors[blockId] = `Use at least ${element.min_length} characters.`;
    }
    if (element.type === "number_input") {
      const amount = Number(typed);
      if (Number.isNaN(amount) || (!element.is_decimal_allowed && !Number.isInteger(amount))) errors[blockId] = "Enter a whole number.";
      else if (element.min_value !== undefined && amount < Number(element.min_value)) errors[blockId] = `At least ${element.min_value}.`;
      else if (element.max_value !== undefined && amount > Number(element.max_value)) errors[blockId] = `At most ${element.max_value}.`;
    }
  }
  return errors;
}

/** An option as the simulators list it, turned into the object that Slack keeps as the selection. */
export const optionObject = (option: { text: string; value: string; description: string | null }): PlainTextOption => ({
  text: { type: "plain_text", text: option.text },
  value: option.value,
  ...(option.description ? { description: { type: "plain_text", text: option.description } } : {}),
});

export const optionsIn = (state: ElementState): readonly Option[] => {
  const { selected_options: many, selected_option: one } = state as { selected_options?: Option[]; selected_option?: Option | null };
  return many ?? (one ? [one] : []);
};
