import type { ExternalSelect, MultiSelect, Option, Select } from "@slack/types";
import type { ComponentChildren } from "preact";
import type { SimState } from "../../../slack/control.ts";
import { type ElementState, optionObject, optionsIn } from "../form-state.ts";
import { html } from "../html.ts";
import { channelTitle, personName, useWorkspace } from "../workspace.ts";
import { Combobox } from "./combobox.ts";
import { type Choice, type Placement, useSurface } from "./surface.ts";

const choiceOf = (option: Option, group: string | null = null): Choice => ({
  value: option.value ?? "",
  label: option.text.text,
  description: option.description?.text ?? null,
  group,
});

/** The choices that need no question to the bot; null for those that come from it. */
function choicesAtHand(element: Select | MultiSelect, slack: SimState, viewerId: string): Choice[] | null {
  switch (element.type) {
    case "static_select":
    case "multi_static_select":
      return element.option_groups
        ? element.option_groups.flatMap(({ label, options }) => options.map((option) => choiceOf(option, label.text)))
        : (element.options ?? []).map((option) => choiceOf(option));
    case "users_select":
    case "multi_users_select":
      return slack.users
        .filter(({ isDeleted }) => !isDeleted)
        .map(({ id, name, realName }) => ({ value: id, label: realName, description: `@${name}`, group: null }));
    case "conversations_select":
    case "multi_conversations_select":
      return slack.channels
        .filter(({ kind, members }) => kind === "channel" || members.includes(viewerId))
        .map(({ id }) => ({ value: id, label: channelTitle(slack, id, viewerId), description: null, group: null }));
    case "channels_select":
    case "multi_channels_select":
      return slack.channels
        .filter(({ kind }) => kind === "channel")
        .map(({ id, name }) => ({ value: id, label: `#${name}`, description: null, group: null }));
    default:
      return null;
  }
}

function selectedIn(state: ElementState | undefined, slack: SimState, viewerId: string): Choice[] {
  const { selected_user, selected_users, selected_conversation, selected_conversations, selected_channel, selected_channels } = (state ??
    {}) as Record<string, unknown>;
  const ids = (one: unknown, many: unknown) => (Array.isArray(many) ? (many as string[]) : typeof one === "string" ? [one] : []);
  const named = (value: string, label: string): Choice => ({ value, label, description: null, group: null });
  return [
    ...optionsIn(state ?? { type: "" }).map((option) => choiceOf(option)),
    ...ids(selected_user, selected_users).map((id) => named(id, personName(slack, id))),
    ...ids(selected_conversation, selected_conversations).map((id) => named(id, channelTitle(slack, id, viewerId))),
    ...ids(selected_channel, selected_channels).map((id) => named(id, channelTitle(slack, id, viewerId))),
  ];
}

function stateOf(element: Select | MultiSelect, selected: readonly Choice[]): ElementState {
  const { type } = element;
  const options = selected.map(({ label, value, description }) => optionObject({ text: label, value, description }));
  const ids = selected.map(({ value }) => value);
  switch (type) {
    case "static_select":
    case "external_select":
      return { type, selected_option: options[0] ?? null };
    case "multi_static_select":
    case "multi_external_select":
      return { type, selected_options: options };
    case "users_select":
      return { type, selected_user: ids[0] ?? null };
    case "multi_users_select":
      return { type, selected_users: ids };
    case "conversations_select":
      return { type, selected_conversation: ids[0] ?? null };
    case "multi_conversations_select":
      return { type, selected_conversations: ids };
    case "channels_select":
      return { type, selected_channel: ids[0] ?? null };
    case "multi_channels_select":
      return { type, selected_channels: ids };
  }
}

const matches = (text: string) => {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return ({ label, description }: Choice) => words.every((word) => `${label} ${description ?? ""}`.toLocaleLowerCase().includes(word));
};

/** Every kind of select menu. Those with a list of the bot's own ask it as the person types. */
export function SelectMenu({ element, place }: { element: Select | MultiSelect; place: Placement }): ComponentChildren {
  const surface = useSurface();
  const { slack, me } = useWorkspace();
  const atHand = choicesAtHand(element, slack, me.id);
  const load = async (text: string) => (atHand ? atHand.filter(matches(text)) : surface.options(place.blockId, place.actionId, text));
  const minimum = atHand ? 0 : ((element as ExternalSelect).min_query_length ?? 3); // Slack's default for external menus
  return html`<${Combobox}
    place=${place}
    placeholder=${element.placeholder?.text ?? "Choose…"}
    isMultiple=${element.type.startsWith("multi_")}
    maximum=${("max_selected_items" in element && element.max_selected_items) || Number.POSITIVE_INFINITY}
    selected=${selectedIn(surface.stateOf(place.blockId, place.actionId), slack, me.id)}
    minimumLength=${minimum}
    patience=${atHand ? 0 : 150}
    load=${load}
    onChange=${(selected: readonly Choice[]) => surface.change(place.blockId, place.actionId, stateOf(element, selected), { dispatch: place.dispatches })}
  />`;
}
