import type { AnyBlock, InputBlock, KnownBlock } from "@slack/types";
import type { ComponentChildren } from "preact";
import { actionIdOf, type Element } from "../form-state.ts";
import { html } from "../html.ts";
import { withEmoji } from "../text/emoji.ts";
import { Text } from "../text/mrkdwn-view.ts";
import { RichText } from "../text/rich-text.ts";
import { CannotRender, ElementView, Picture } from "./element.ts";
import { type Placement, useSurface } from "./surface.ts";

/** An id for HTML out of what the bot calls things: any characters in, no spaces out. */
const controlId = (blockId: string, actionId: string) => `f-${blockId}-${actionId}`.replaceAll(/[^\w-]/g, "_");

/** What an element that stands without a label is called: its own text first, else the text that it stands beside. */
function spokenName(element: Element, beside: string): string {
  if ("accessibility_label" in element && element.accessibility_label) return element.accessibility_label;
  if (beside) return beside;
  if ("placeholder" in element && element.placeholder) return element.placeholder.text;
  return "";
}

function Standing({ element, blockId, beside = "" }: { element: Element; blockId: string; beside?: string }): ComponentChildren {
  const actionId = actionIdOf(element);
  const place: Placement = {
    blockId,
    actionId,
    controlId: controlId(blockId, actionId),
    name: spokenName(element, beside),
    needsName: true,
    describedBy: undefined,
    isInvalid: false,
    dispatches: true,
  };
  return html`<${ElementView} element=${element} place=${place} />`;
}

function InputField({ block }: { block: InputBlock }): ComponentChildren {
  const { errors } = useSurface();
  const blockId = block.block_id ?? "";
  const actionId = actionIdOf(block.element);
  const id = controlId(blockId, actionId);
  const error = errors[blockId];
  const isGroup = block.element.type === "checkboxes" || block.element.type === "radio_buttons";
  const place: Placement = {
    blockId,
    actionId,
    controlId: id,
    name: block.label.text,
    needsName: false,
    describedBy: [error && `${id}-error`, block.hint && `${id}-hint`].filter(Boolean).join(" ") || undefined,
    isInvalid: Boolean(error),
    dispatches: block.dispatch_action ?? false,
  };
  const label = html`<span>${withEmoji(block.label.text)}</span>${block.optional && html` <span class="optional">(optional)</span>`}`;
  return html`<div class=${`input${error ? " input-invalid" : ""}`} data-block=${blockId}>
    ${isGroup ? html`<span class="input-label">${label}</span>` : html`<label class="input-label" for=${id}>${label}</label>`}
    <${ElementView} element=${block.element} place=${place} />
    ${error && html`<p class="input-error" id=${`${id}-error`} role="alert">${error}</p>`}
    ${block.hint && html`<p class="input-hint" id=${`${id}-hint`}><${Text} text=${block.hint} /></p>`}
  </div>`;
}

function BlockView({ block }: { block: KnownBlock }): ComponentChildren {
  const blockId = block.block_id ?? "";
  switch (block.type) {
    case "header":
      return html`<h3 class="block-header"><${Text} text=${block.text} /></h3>`;
    case "section":
      return html`<div class="block-section">
        <div class="block-section-text">
          ${block.text && html`<div class="block-text"><${Text} text=${block.text} /></div>`}
          ${block.fields && html`<div class="block-fields">${block.fields.map((field) => html`<div><${Text} text=${field} /></div>`)}</div>`}
        </div>
        ${block.accessory && html`<div class="block-accessory"><${Standing} element=${block.accessory} blockId=${blockId} beside=${block.text?.text ?? ""} /></div>`}
      </div>`;
    case "context":
      return html`<div class="block-context">
        ${block.elements.map((element) =>
          element.type === "image"
            ? html`<${Picture} alt=${element.alt_text} url=${"image_url" in element ? element.image_url : undefined} />`
            : html`<span class="block-context-text"><${Text} text=${element} /></span>`,
        )}
      </div>`;
    case "divider":
      return html`<hr class="block-divider" />`;
    case "actions":
      return html`<div class="block-actions">
        ${block.elements.map((element) => html`<${Standing} key=${actionIdOf(element)} element=${element} blockId=${blockId} />`)}
      </div>`;
    case "image":
      return html`<figure class="block-image">
        <${Picture} alt=${block.alt_text} title=${block.title?.text} url=${"image_url" in block ? block.image_url : undefined} />
      </figure>`;
    case "rich_text":
      return html`<${RichText} block=${block} />`;
    case "alert":
      return html`<div class=${`block-alert block-alert-${block.level ?? "default"}`} role="note"><${Text} text=${block.text} /></div>`;
    case "input":
      return html`<${InputField} block=${block} />`;
    default:
      return html`<${CannotRender} type=${block.type} />`;
  }
}

/** Blocks one under the other. Keys are the blocks' ids, so that a view's update leaves the focus where it is. */
export function BlockList({ blocks }: { blocks: readonly AnyBlock[] }): ComponentChildren {
  return html`<div class="blocks">
    ${(blocks as readonly KnownBlock[]).map((block, index) => html`<${BlockView} key=${block.block_id ?? index} block=${block} />`)}
  </div>`;
}
