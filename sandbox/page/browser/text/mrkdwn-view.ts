import type { ComponentChildren } from "preact";
import { html } from "../html.ts";
import { personName, useWorkspace } from "../workspace.ts";
import { emojiOf, withEmoji } from "./emoji.ts";
import { type Inline, parseMrkdwn } from "./mrkdwn.ts";
import { formatSlackDate } from "./slack-date.ts";

/** A person, group or channel that a text names. */
export function Mention({ kind, id }: { kind: "user" | "channel" | "group" | "broadcast"; id: string }): ComponentChildren {
  const { slack, me } = useWorkspace();
  if (kind === "user") return html`<span class=${`mention${id === me.id ? " mention-me" : ""}`}>@${personName(slack, id)}</span>`;
  if (kind === "channel") return html`<span class="mention">#${slack.channels.find((channel) => channel.id === id)?.name ?? id}</span>`;
  if (kind === "group") return html`<span class="mention">@${slack.userGroups.find((group) => group.id === id)?.handle ?? id}</span>`;
  return html`<span class="mention mention-all" data-broadcast=${id}>@${id}</span>`;
}

/** A link as Slack shows it. Nothing outside this machine is opened: the page says what Slack would open. */
export function OutsideLink({
  url,
  className,
  children,
}: {
  url: string;
  className?: string;
  children?: ComponentChildren;
}): ComponentChildren {
  const { say } = useWorkspace();
  const open = (event: Event) => {
    event.preventDefault();
    say(`Slack would open ${url}`);
  };
  return html`<a href=${url} class=${className ?? "link"} rel="noreferrer" onClick=${open}>${children}</a>`;
}

export function SlackDate({
  epochSeconds,
  format,
  fallback,
}: {
  epochSeconds: number;
  format: string;
  fallback: string;
}): ComponentChildren {
  const { reader } = useWorkspace();
  const instant = new Date(epochSeconds * 1000);
  const iso = Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
  return html`<time class="date" datetime=${iso} title=${iso}>${formatSlackDate(epochSeconds, format, fallback, reader)}</time>`;
}

function drawInline(node: Inline): ComponentChildren {
  switch (node.kind) {
    case "text":
      return node.text;
    case "bold":
      return html`<strong>${node.children.map(drawInline)}</strong>`;
    case "italic":
      return html`<em>${node.children.map(drawInline)}</em>`;
    case "strike":
      return html`<s>${node.children.map(drawInline)}</s>`;
    case "code":
      return html`<code>${node.text}</code>`;
    case "link":
      return html`<${OutsideLink} url=${node.url}>${node.label}<//>`;
    case "emoji":
      return html`<span class="emoji">${emojiOf(node.id)}</span>`;
    case "date":
      return html`<${SlackDate} ...${node} />`;
    default:
      return html`<${Mention} kind=${node.kind} id=${node.id} />`;
  }
}

const drawLines = (lines: readonly (readonly Inline[])[]) =>
  lines.map((line, index) => html`${index > 0 ? html`<br />` : null}${line.map(drawInline)}`);

export function Mrkdwn({ text }: { text: string }): ComponentChildren {
  return parseMrkdwn(text).map((paragraph) => {
    if (paragraph.kind === "preformatted") return html`<pre>${paragraph.text}</pre>`;
    if (paragraph.kind === "quote") return html`<blockquote>${drawLines(paragraph.lines)}</blockquote>`;
    return html`<span>${drawLines(paragraph.lines)}</span>`;
  });
}

/** Either of Slack's text objects. */
export function Text({ text }: { text: { type: string; text: string; emoji?: boolean } }): ComponentChildren {
  if (text.type === "mrkdwn") return html`<${Mrkdwn} text=${text.text} />`;
  return html`<span class="plain">${text.emoji === false ? text.text : withEmoji(text.text)}</span>`;
}
