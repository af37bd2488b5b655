import type { RichTextBlock, RichTextElement } from "@slack/types";
import type { ComponentChildren } from "preact";
import { html } from "../html.ts";
import { emojiOf } from "./emoji.ts";
import { Mention, OutsideLink, SlackDate } from "./mrkdwn-view.ts";

function bare(element: RichTextElement): ComponentChildren {
  switch (element.type) {
    case "text":
      return element.text;
    case "link":
      return html`<${OutsideLink} url=${element.url}>${element.text ?? element.url}<//>`;
    case "user":
      return html`<${Mention} kind="user" id=${element.user_id} />`;
    case "usergroup":
      return html`<${Mention} kind="group" id=${element.usergroup_id} />`;
    case "channel":
      return html`<${Mention} kind="channel" id=${element.channel_id} />`;
    case "broadcast":
      return html`<${Mention} kind="broadcast" id=${element.range} />`;
    case "emoji":
      return html`<span class="emoji">${emojiOf(element.name)}</span>`;
    case "date":
      return html`<${SlackDate} epochSeconds=${element.timestamp} format=${element.format} fallback=${element.fallback ?? ""} />`;
    default:
      return html`<span class="cannot-render" role="alert">cannot render ${element.type}</span>`;
  }
}

function styled(element: RichTextElement): ComponentChildren {
  const style = ("style" in element ? element.style : undefined) as Record<string, boolean> | undefined;
  let node = bare(element);
  if (style?.code) node = html`<code>${node}</code>`;
  if (style?.strike) node = html`<s>${node}</s>`;
  if (style?.italic) node = html`<em>${node}</em>`;
  if (style?.bold) node = html`<strong>${node}</strong>`;
  return node;
}

export function RichText({ block }: { block: RichTextBlock }): ComponentChildren {
  return html`<div class="rich-text">
    ${block.elements.map((part) => {
      switch (part.type) {
        case "rich_text_section":
          return html`<div class="rich-text-section">${part.elements.map(styled)}</div>`;
        case "rich_text_quote":
          return html`<blockquote>${part.elements.map(styled)}</blockquote>`;
        case "rich_text_preformatted":
          return html`<pre>${part.elements.map(styled)}</pre>`;
        case "rich_text_list": {
          const items = part.elements.map((item) => html`<li>${item.elements.map(styled)}</li>`);
          const indent = `indent-${Math.min(part.indent ?? 0, 4)}`;
          return part.style === "ordered" ? html`<ol class=${indent}>${items}</ol>` : html`<ul class=${indent}>${items}</ul>`;
        }
        default:
          return html`<p class="cannot-render" role="alert">cannot render ${(part as { type: string }).type}</p>`;
      }
    })}
  </div>`;
}
