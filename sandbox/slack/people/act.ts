import { messagePayload } from "../api/chat.ts";
import { checkOptions, known } from "../blocks/check-blocks.ts";
import { carriedState, interactiveElements, type Placed, stateKey } from "../blocks/elements.ts";
import type { Delivery, SimInput, SimMessage, SlackControl } from "../control.ts";
import { findMessage, type OpenView, viewPayload } from "../workspace.ts";
import { elementState, enter, findElement, rememberOffered } from "./person-state.ts";
import { envelope, type Stage } from "./stage.ts";
import { channelName } from "./start.ts";
import { requireModal } from "./view-stack.ts";

const HELD_BACK = ["options", "option_groups", "focus_on_load", "min_query_length", "max_selected_items", "dispatch_action_config"];
const NOTHING_SENT: Delivery = { status: "acked", httpStatus: null, milliseconds: 0, body: null };

/** One entry of `actions[]`: the element as shown, with what it holds now. */
function action(stage: Stage, { element, blockId, actionId }: Placed, state: Record<string, unknown>): Record<string, unknown> {
  const shown = Object.fromEntries(Object.entries(element).filter(([key]) => !HELD_BACK.includes(key)));
  return { ...shown, ...state, type: element.type, action_id: actionId, block_id: blockId, action_ts: stage.workspace.timestamp() };
}

function seenMessage({ workspace }: Stage, userId: string, channelId: string, ts: string) {
  const channel = workspace.channels.get(channelId);
  const message = findMessage(workspace, channelId, ts);
  if (!channel?.members.includes(userId) || !message || (message.onlyFor !== null && message.onlyFor !== userId)) {
    throw new Error(`${userId} sees no message ${ts} in ${channelId}.`);
  }
  const container = {
    type: "message",
    message_ts: message.ts,
    channel_id: channelId,
    is_ephemeral: message.onlyFor !== null,
    ...(message.threadTs !== null && { thread_ts: message.threadTs }),
  };
  // Slack does not repeat an ephemeral message in the payload.
  const place = {
    container,
    channel: { id: channelId, name: channelName(channel) },
    ...(message.onlyFor === null && { message: messagePayload(message) }),
  };
  return { message, place };
}

/** A click or a choice on a message. */
export function messageAction(
  stage: Stage,
  { userId, channelId, ts, blockId, actionId, element = {} }: Parameters<SlackControl["messageAction"]>[0],
): Promise<Delivery> {
  const { message, place } = seenMessage(stage, userId, channelId, ts);
  const placed = findElement(interactiveElements(message.blocks), blockId, actionId);
  const state = elementState(stage, userId, placed, element);
  return stage.deliver({
    type: "interactive",
    payload: {
      type: "block_actions",
      ...envelope(stage, userId),
      ...place,
      state: { values: messageState(stage, userId, message, placed, state) },
      trigger_id: stage.triggers.issue(userId),
      response_url: stage.responseUrls.issue({ channelId, userId, messageTs: ts, threadTs: message.threadTs }),
      actions: [action(stage, placed, state)],
    },
  });
}

/** What a person has chosen so far on a message; each has their own. */
function messageState(stage: Stage, userId: string, message: SimMessage, placed: Placed, state: Record<string, unknown>): SimInput {
  const people = stage.messageStates.get(message) ?? new Map<string, SimInput>();
  stage.messageStates.set(message, people);
  const values = carriedState(message.blocks, people.get(userId) ?? {});
  if (stateKey(placed.element.type)) values[placed.blockId] = { ...values[placed.blockId], [placed.actionId]: state };
  people.set(userId, values);
  return values;
}

function surfaceView(stage: Stage, userId: string, surface: "modal" | "home"): OpenView {
  if (surface === "modal") return requireModal(stage.workspace, userId);
  const home = stage.workspace.homes.get(userId);
  if (!home) throw new Error(`${userId} has no App Home yet.`);
  return home;
}

/** A click or a choice in a modal or the App Home. An input block tells the app only with `dispatch_action`. */
export async function viewAction(
  stage: Stage,
  { userId, surface, blockId, actionId, element = {}, values = {} }: Parameters<SlackControl["viewAction"]>[0],
): Promise<Delivery> {
  const open = surfaceView(stage, userId, surface);
  const placed = findElement(interactiveElements(known(open.view)), blockId, actionId);
  enter(stage, userId, open, values);
  enter(stage, userId, open, { [blockId]: { [actionId]: element } });
  if (placed.block.type === "input" && !placed.block.dispatch_action) return NOTHING_SENT;
  const state = elementState(stage, userId, placed, {
    ...(values[blockId]?.[actionId] as Record<string, unknown> | undefined),
    ...element,
  });
  return stage.deliver({
    type: "interactive",
    payload: {
      type: "block_actions",
      ...envelope(stage, userId),
      container: { type: "view", view_id: open.id },
      trigger_id: stage.triggers.issue(userId),
      view: viewPayload(open),
      actions: [action(stage, placed, state)],
    },
  });
}

/** What the app offers in an external menu while a person types. Below the menu's minimum length Slack does not ask. */
export async function options(stage: Stage, input: Parameters<SlackControl["options"]>[0]): ReturnType<SlackControl["options"]> {
  const { userId, surface, blockId, actionId, value } = input;
  const { blocks, place } =
    surface === "message"
      ? fromMessage(stage, userId, input.channelId ?? "", input.ts ?? "")
      : fromView(surfaceView(stage, userId, surface));
  const placed = findElement(interactiveElements(blocks), blockId, actionId);
  const minimum = typeof placed.element.min_query_length === "number" ? placed.element.min_query_length : 3;
  if (value.length < minimum) return { ...NOTHING_SENT, options: [] };
  const delivery = await stage.deliver({
    type: "interactive",
    payload: { type: "block_suggestion", ...envelope(stage, userId), ...place, action_id: actionId, block_id: blockId, value },
  });
  if (delivery.status !== "acked") return { ...delivery, options: [] };
  const checked = checkOptions(delivery.body);
  if (!checked.ok) {
    const detail = checked.complaints.map(({ pointer, message }) => `${pointer} ${message}`).join("; ");
    stage.workspace.refusals.push({ method: "ack of block_suggestion", error: "invalid_options", detail });
    return { ...delivery, status: "refused", options: [] };
  }
  const groups = [{ label: null, options: checked.value.options ?? [] }, ...(checked.value.option_groups ?? [])];
  rememberOffered(
    stage,
    userId,
    placed,
    groups.flatMap((group) => group.options),
  );
  return {
    ...delivery,
    options: groups.flatMap((group) =>
      group.options.map((option) => ({
        text: option.text.text,
        value: option.value ?? "",
        description: option.description?.text ?? null,
        group: group.label?.text ?? null,
      })),
    ),
  };
}

function fromMessage(stage: Stage, userId: string, channelId: string, ts: string) {
  const { message, place } = seenMessage(stage, userId, channelId, ts);
  return { blocks: message.blocks, place };
}

const fromView = (open: OpenView) => ({
  blocks: known(open.view),
  place: { container: { type: "view", view_id: open.id }, view: viewPayload(open) },
});
