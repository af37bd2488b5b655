import type { KnownBlock } from "@slack/types";
import type { SimInput } from "../control.ts";

/** An interactive element or a block, as loosely as the rules here need to see it. */
export interface Element {
  readonly type: string;
  readonly action_id?: string;
  readonly [property: string]: unknown;
}

/** One interactive element and where it stands. */
export interface Placed {
  readonly block: KnownBlock;
  readonly blockId: string;
  readonly element: Element;
  readonly actionId: string;
  readonly pointer: string;
}

const isElement = (value: unknown): value is Element => typeof value === "object" && value !== null && "type" in value;

/** Every element of the blocks that a person can act on, in reading order; containers are entered. */
export function interactiveElements(blocks: readonly KnownBlock[], pointer = "/blocks"): Placed[] {
  return blocks.flatMap((block, index) => {
    const here = `${pointer}/${index}`;
    if (block.type === "container") return interactiveElements(block.child_blocks, `${here}/child_blocks`);
    return elementsOf(block, here).map(({ element, at }) => ({
      block,
      blockId: block.block_id ?? "",
      element,
      actionId: element.action_id ?? "",
      pointer: at,
    }));
  });
}

function elementsOf(block: KnownBlock, here: string): { element: Element; at: string }[] {
  const within = (values: readonly unknown[], name: string) =>
    values.filter(isElement).map((element, index) => ({ element, at: `${here}/${name}/${index}` }));
  switch (block.type) {
    case "actions":
    case "context_actions":
      return within(block.elements, "elements");
    case "card":
      return within(block.actions ?? [], "actions");
    case "section":
      return block.accessory && block.accessory.type !== "image" && isElement(block.accessory)
        ? [{ element: block.accessory, at: `${here}/accessory` }]
        : [];
    case "input":
      return isElement(block.element) ? [{ element: block.element, at: `${here}/element` }] : [];
    default:
      return [];
  }
}

/** What an element reports in `state.values` while untouched, by its type; absent: it has no state (buttons, overflow menus). */
const EMPTY_STATE: Readonly<Record<string, { readonly key: string; readonly initial: string; readonly empty: unknown }>> = {
  plain_text_input: { key: "value", initial: "initial_value", empty: null },
  email_text_input: { key: "value", initial: "initial_value", empty: null },
  url_text_input: { key: "value", initial: "initial_value", empty: null },
  number_input: { key: "value", initial: "initial_value", empty: null },
  rich_text_input: { key: "rich_text_value", initial: "initial_value", empty: null },
  checkboxes: { key: "selected_options", initial: "initial_options", empty: [] },
  radio_buttons: { key: "selected_option", initial: "initial_option", empty: null },
  static_select: { key: "selected_option", initial: "initial_option", empty: null },
  external_select: { key: "selected_option", initial: "initial_option", empty: null },
  users_select: { key: "selected_user", initial: "initial_user", empty: null },
  conversations_select: { key: "selected_conversation", initial: "initial_conversation", empty: null },
  channels_select: { key: "selected_channel", initial: "initial_channel", empty: null },
  multi_static_select: { key: "selected_options", initial: "initial_options", empty: [] },
  multi_external_select: { key: "selected_options", initial: "initial_options", empty: [] },
  multi_users_select: { key: "selected_users", initial: "initial_users", empty: [] },
  multi_conversations_select: { key: "selected_conversations", initial: "initial_conversations", empty: [] },
  multi_channels_select: { key: "selected_channels", initial: "initial_channels", empty: [] },
  datepicker: { key: "selected_date", initial: "initial_date", empty: null },
  timepicker: { key: "selected_time", initial: "initial_time", empty: null },
  datetimepicker: { key: "selected_date_time", initial: "initial_date_time", empty: null },
};

/** The property in which an element of this type reports what a person put in, or undefined when it has no state. */
export const stateKey = (type: string): string | undefined => EMPTY_STATE[type]?.key;

/** `state.values` of a fresh view: every element that has state, with its initial value or empty. */
export function initialState(blocks: readonly KnownBlock[]): SimInput {
  const state: SimInput = {};
  for (const { blockId, actionId, element } of interactiveElements(blocks)) {
    const shape = EMPTY_STATE[element.type];
    if (!shape) continue;
    const zone = element.type === "timepicker" && element.timezone ? { timezone: element.timezone } : {};
    state[blockId] = {
      ...state[blockId],
      [actionId]: { type: element.type, [shape.key]: element[shape.initial] ?? shape.empty, ...zone },
    };
  }
  return state;
}

/**
 * `state.values` after a view was changed under a person's hands: an element that kept its block id, action id and type keeps
 * what it held, and ignores a new initial value, as in Slack.
 */
export function carriedState(blocks: readonly KnownBlock[], before: SimInput): SimInput {
  const after = initialState(blocks);
  for (const [blockId, actions] of Object.entries(after)) {
    for (const [actionId, fresh] of Object.entries(actions)) {
      const held = before[blockId]?.[actionId];
      if (isElement(held) && isElement(fresh) && held.type === fresh.type) actions[actionId] = held;
    }
  }
  return after;
}

/** The same blocks with an id on every block and element that came without one, as Slack gives them. */
export function withIds(blocks: readonly KnownBlock[], newId: () => string): KnownBlock[] {
  const copy = structuredClone(blocks) as (KnownBlock & { block_id?: string })[];
  const give = (block: KnownBlock): void => {
    block.block_id ??= newId();
    if (block.type === "container") block.child_blocks.forEach(give);
    for (const { element } of elementsOf(block, "")) if (!element.action_id) Object.assign(element, { action_id: newId() });
  };
  copy.forEach(give);
  return copy;
}
