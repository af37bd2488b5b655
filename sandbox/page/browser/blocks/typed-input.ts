import type { Datepicker, DateTimepicker, EmailInput, NumberInput, PlainTextInput, Timepicker, URLInput } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ElementState } from "../form-state.ts";
import { html } from "../html.ts";
import { fromLocalInput, toLocalInput } from "../time/zone-time.ts";
import { useWorkspace } from "../workspace.ts";
import { nameOf, type Placement, useSurface } from "./surface.ts";

type TypedElement = PlainTextInput | NumberInput | EmailInput | URLInput | Datepicker | Timepicker | DateTimepicker;

const htmlType = {
  plain_text_input: "text",
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
} as const;

const stateKey = { datepicker: "selected_date", timepicker: "selected_time" } as const;

/** A half-typed date or time is told to the bot once the person pauses or leaves, not at each digit. */
const pauseMilliseconds = 350;

function shownIn(element: TypedElement, state: ElementState | undefined, timeZone: string): string {
  const key =
    element.type === "datetimepicker"
      ? "selected_date_time"
      : element.type in stateKey
        ? stateKey[element.type as keyof typeof stateKey]
        : "value";
  const value = state?.[key];
  if (element.type === "datetimepicker") return typeof value === "number" ? toLocalInput(new Date(value * 1000), timeZone) : "";
  return typeof value === "string" ? value : "";
}

function stateFrom(element: TypedElement, typed: string, timeZone: string): ElementState {
  const { type } = element;
  if (type === "datetimepicker") {
    const instant = fromLocalInput(typed, timeZone);
    return { type, selected_date_time: instant ? Math.floor(instant.getTime() / 1000) : null };
  }
  if (type === "timepicker") return { type, selected_time: typed || null, ...(element.timezone ? { timezone: element.timezone } : {}) };
  if (type === "datepicker") return { type, selected_date: typed || null };
  return { type, value: typed || null };
}

/** Text, numbers, dates and times: native inputs, so that every browser's keyboard and pickers work. */
export function TypedInput({ element, place }: { element: TypedElement; place: Placement }): ComponentChildren {
  const surface = useSurface();
  const { me } = useWorkspace();
  const waiting = useRef<{ timer: ReturnType<typeof setTimeout>; tell: () => void } | null>(null);
  useEffect(() => () => clearTimeout(waiting.current?.timer), []);

  const isPicker = element.type === "datepicker" || element.type === "timepicker" || element.type === "datetimepicker";
  const triggers = "dispatch_action_config" in element ? element.dispatch_action_config?.trigger_actions_on : undefined;
  const tellsEachKey = isPicker || (triggers?.includes("on_character_entered") ?? false);
  const latest = useRef(surface);
  latest.current = surface;

  const tellNow = () => {
    const { timer, tell } = waiting.current ?? {};
    clearTimeout(timer);
    waiting.current = null;
    tell?.();
  };
  const onInput = (event: InputEvent) => {
    const state = stateFrom(element, (event.target as HTMLInputElement).value, me.timeZone);
    surface.change(place.blockId, place.actionId, state, { dispatch: false });
    if (!place.dispatches || !tellsEachKey) return;
    clearTimeout(waiting.current?.timer);
    const tell = () => latest.current.change(place.blockId, place.actionId, state, { dispatch: true });
    waiting.current = { tell, timer: setTimeout(tellNow, pauseMilliseconds) };
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isLine = !("multiline" in element && element.multiline);
    if (event.key !== "Enter" || !isLine || isPicker || !place.dispatches || tellsEachKey) return;
    event.preventDefault();
    surface.change(place.blockId, place.actionId, stateFrom(element, (event.target as HTMLInputElement).value, me.timeZone), {
      dispatch: true,
    });
  };

  const shared = {
    id: place.controlId,
    class: `field field-${element.type.replaceAll("_", "-")}`,
    placeholder: "placeholder" in element ? element.placeholder?.text : undefined,
    "aria-label": nameOf(place),
    "aria-describedby": place.describedBy,
    "aria-invalid": place.isInvalid ? "true" : undefined,
    maxlength: "max_length" in element ? element.max_length : undefined,
    value: shownIn(element, surface.stateOf(place.blockId, place.actionId), me.timeZone),
    onInput,
    onKeyDown,
    onBlur: tellNow,
  };
  if (element.type === "plain_text_input" && element.multiline) return html`<textarea rows="3" ...${shared}></textarea>`;
  const zone = element.type === "timepicker" ? element.timezone : element.type === "datetimepicker" ? me.timeZone : undefined;
  return html`<span class="field-with-zone"><input type=${htmlType[element.type]} ...${shared} />${zone && html`<span class="zone">${zone}</span>`}</span>`;
}
