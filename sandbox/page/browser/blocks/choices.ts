import type { Checkboxes, Option, RadioButtons } from "@slack/types";
import type { ComponentChildren } from "preact";
import { optionsIn } from "../form-state.ts";
import { html } from "../html.ts";
import { Text } from "../text/mrkdwn-view.ts";
import { type Placement, useSurface } from "./surface.ts";

/** Checkboxes and radio buttons: native inputs in a named group. */
export function Choices({ element, place }: { element: Checkboxes | RadioButtons; place: Placement }): ComponentChildren {
  const surface = useSurface();
  const isRadio = element.type === "radio_buttons";
  const chosen = optionsIn(surface.stateOf(place.blockId, place.actionId) ?? { type: element.type });
  const isChosen = (option: Option) => chosen.some(({ value }) => value === option.value);
  const toggle = (option: Option) => {
    // In the order of the list, as Slack reports them, not in the order of the clicks.
    const next = element.options.filter((other) => (other.value === option.value ? !isChosen(option) : isChosen(other)));
    surface.change(
      place.blockId,
      place.actionId,
      isRadio ? { type: element.type, selected_option: option } : { type: element.type, selected_options: next },
      { dispatch: place.dispatches },
    );
  };
  const isCompact = element.options.every(({ text, description }) => text.text.length <= 10 && !description);
  return html`<div class=${`choices${isCompact ? " choices-row" : ""}`} role=${isRadio ? "radiogroup" : "group"} id=${place.controlId}
    aria-label=${place.name} aria-describedby=${place.describedBy} aria-invalid=${place.isInvalid ? "true" : undefined}>
    ${element.options.map(
      (option) => html`<label class="choice" key=${option.value}>
        <input type=${isRadio ? "radio" : "checkbox"} name=${place.controlId} value=${option.value} checked=${isChosen(option)} onChange=${() => toggle(option)} />
        <span><${Text} text=${option.text} />${option.description && html`<span class="option-description"><${Text} text=${option.description} /></span>`}</span>
      </label>`,
    )}
  </div>`;
}
