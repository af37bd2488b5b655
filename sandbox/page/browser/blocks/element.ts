import type { ComponentChildren } from "preact";
import type { Element } from "../form-state.ts";
import { html } from "../html.ts";
import { ButtonElement, OverflowMenu } from "./button.ts";
import { Choices } from "./choices.ts";
import { SelectMenu } from "./select.ts";
import type { Placement } from "./surface.ts";
import { TypedInput } from "./typed-input.ts";

/** Says what this page cannot draw, in plain sight: a silent gap would hide what people see in Slack. */
export const CannotRender = ({ type }: { type: string }): ComponentChildren =>
  html`<p class="cannot-render" role="alert">cannot render ${type}</p>`;

/** Slack shows pictures from the web; the sandbox fetches nothing from outside and shows what the picture is called. */
export const Picture = ({ alt, title, url }: { alt: string; title?: string; url?: string }): ComponentChildren =>
  url?.startsWith("data:")
    ? html`<img class="picture" src=${url} alt=${alt} />`
    : html`<span class="picture picture-outside" role="img" aria-label=${alt} title=${url}>Picture: ${title ?? alt}</span>`;

export function ElementView({ element, place }: { element: Element; place: Placement }): ComponentChildren {
  switch (element.type) {
    case "button":
      return html`<${ButtonElement} element=${element} place=${place} />`;
    case "overflow":
      return html`<${OverflowMenu} element=${element} place=${place} />`;
    case "checkboxes":
    case "radio_buttons":
      return html`<${Choices} element=${element} place=${place} />`;
    case "static_select":
    case "multi_static_select":
    case "external_select":
    case "multi_external_select":
    case "users_select":
    case "multi_users_select":
    case "conversations_select":
    case "multi_conversations_select":
    case "channels_select":
    case "multi_channels_select":
      return html`<${SelectMenu} element=${element} place=${place} />`;
    case "plain_text_input":
    case "number_input":
    case "email_text_input":
    case "url_text_input":
    case "datepicker":
    case "timepicker":
    case "datetimepicker":
      return html`<${TypedInput} element=${element} place=${place} />`;
    case "image":
      return html`<${Picture} alt=${element.alt_text} url=${"image_url" in element ? element.image_url : undefined} />`;
    default:
      return html`<${CannotRender} type=${element.type} />`;
  }
}
