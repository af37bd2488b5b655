import { isDeepStrictEqual } from "node:util";
import type { KnownBlock } from "@slack/types";
import type { Complaint, Surface } from "./check-blocks.ts";
import { type Element, interactiveElements, type Placed } from "./elements.ts";

/** Blocks that a surface does not show (docs.slack.dev/reference/block-kit/blocks, "Available in surfaces"). */
const NOT_ON: Readonly<Record<Surface, readonly string[]>> = {
  message: ["alert", "file"],
  modal: ["card", "carousel", "context_actions", "data_visualization", "markdown", "plan", "table", "task_card"],
  home: ["alert", "context_actions", "data_visualization", "markdown", "plan", "table", "task_card"],
};

/** Slack's published types say nothing of these; each comes from the reference page of the block or element. */
export function surfaceRules(blocks: readonly KnownBlock[], surface: Surface, root: string): Complaint[] {
  const placed = interactiveElements(blocks, root);
  return [
    ...blocks.flatMap((block, index) => blockRules(block, surface, `${root}/${index}`)),
    ...repeated(blocks.map((block, index) => ({ id: block.block_id, pointer: `${root}/${index}/block_id` }))),
    ...repeated(placed.map((each) => ({ id: each.element.action_id, pointer: each.pointer, within: each.block }))),
    ...placed.flatMap((each) => elementRules(each, surface)),
    ...focusRule(placed),
  ];
}

function blockRules(block: KnownBlock, surface: Surface, pointer: string): Complaint[] {
  if (NOT_ON[surface].includes(block.type)) return [{ pointer, message: `unsupported type: ${block.type} on a ${surface}` }];
  if (block.type === "section" && !block.text && !block.fields) return [{ pointer, message: "missing required field: text or fields" }];
  if (block.type === "markdown" && block.text.length > 12_000) {
    return [{ pointer: `${pointer}/text`, message: "must be less than 12001 characters" }];
  }
  return [];
}

/** Block ids are unique in a view or message, action ids within their block. */
function repeated(ids: readonly { id: string | undefined; pointer: string; within?: KnownBlock }[]): Complaint[] {
  const seen = new Map<KnownBlock | null, Set<string>>();
  return ids.flatMap(({ id, pointer, within = null }) => {
    if (!id) return [];
    const known = seen.get(within) ?? new Set<string>();
    seen.set(within, known);
    if (known.has(id)) return [{ pointer, message: `${id} already exists` }];
    known.add(id);
    return [];
  });
}

const focusRule = (placed: readonly Placed[]): Complaint[] =>
  placed
    .filter(({ element }) => element.focus_on_load === true)
    .slice(1)
    .map(({ pointer }) => ({ pointer, message: "focus_on_load is already set on another element" }));

const INITIAL_FORMATS: readonly [property: string, format: RegExp][] = [
  ["initial_date", /^\d{4}-\d{2}-\d{2}$/],
  ["initial_time", /^([01]\d|2[0-3]):[0-5]\d$/],
  ["initial_date_time", /^\d{10}$/],
];

function elementRules({ element, pointer, block }: Placed, surface: Surface): Complaint[] {
  const complaints: Complaint[] = [];
  const say = (property: string, message: string) => complaints.push({ pointer: `${pointer}/${property}`, message });
  for (const [property, format] of INITIAL_FORMATS) {
    if (element[property] !== undefined && !format.test(String(element[property]))) say(property, "is not in the expected format");
  }
  if (element.type === "datetimepicker" && block.type === "section") say("type", "unsupported type: datetimepicker as an accessory");
  if (element.type === "file_input" && surface !== "modal") say("type", `unsupported type: file_input on a ${surface}`);
  if (Number(element.max_length ?? 0) > 3000) say("max_length", "must be less than 3001");
  if (element.type === "plain_text_input" && String(element.initial_value ?? "").length > Number(element.max_length ?? 3000)) {
    say("initial_value", "must not be longer than max_length");
  }
  if (element.timezone !== undefined && !isZone(String(element.timezone))) say("timezone", "is not an IANA time zone");
  if (element.response_url_enabled && surface !== "modal") say("response_url_enabled", `not supported on a ${surface}`);
  return [...complaints, ...choiceRules(element, pointer)];
}

/** A menu's initial choice is one of its options, word for word; it has options or groups of them, not both. */
function choiceRules(element: Element, pointer: string): Complaint[] {
  if (!["static_select", "multi_static_select", "radio_buttons", "checkboxes"].includes(element.type)) return [];
  if (Boolean(element.options) === Boolean(element.option_groups))
    return [{ pointer, message: "must provide either options or option_groups" }];
  const offered = offeredOptions(element);
  const initial = [element.initial_option, ...[element.initial_options ?? []].flat()].filter((option) => option !== undefined);
  return initial.flatMap((option, index) =>
    offered.some((each) => isDeepStrictEqual(each, option))
      ? []
      : [{ pointer: `${pointer}/initial_option/${index}`, message: "is not one of the options" }],
  );
}

/** The options of a menu that carries its own. */
export function offeredOptions(element: Element): { value?: string }[] {
  const groups = Array.isArray(element.option_groups)
    ? element.option_groups.flatMap((group: { options: unknown[] }) => group.options)
    : [];
  return [...(Array.isArray(element.options) ? element.options : []), ...groups];
}

/** Characters of text in all blocks together: over about 12,000 Slack answers `msg_blocks_too_long` (bolt-js#2509, #2867). */
export function totalText(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + totalText(each), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, each]) => sum + (key === "text" && typeof each === "string" ? each.length : totalText(each)),
    0,
  );
}

function isZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
