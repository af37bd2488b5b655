import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { SimMessage } from "../../slack/control.ts";
import { BlockList } from "./blocks/block-list.ts";
import { SurfaceProvider } from "./blocks/surface.ts";
import { html } from "./html.ts";
import { useMessageSurface } from "./surfaces.ts";
import { Mrkdwn } from "./text/mrkdwn-view.ts";
import { ThreadReply } from "./thread-reply.ts";
import { avatarOf, personName, useWorkspace } from "./workspace.ts";

export function Avatar({ name, userId }: { name: string; userId: string }): ComponentChildren {
  const { botUserId } = useWorkspace();
  if (userId === botUserId) return html`<img class="avatar" src="/icon.svg" alt="" />`;
  const { initials, tone } = avatarOf(name);
  return html`<span class=${`avatar avatar-${tone}`} aria-hidden="true">${initials}</span>`;
}

/** A message with its thread beneath it, open: a sandbox is for watching. */
export function Message({
  message,
  replies = [],
  isReply = false,
}: {
  message: SimMessage;
  replies?: readonly SimMessage[];
  isReply?: boolean;
}): ComponentChildren {
  const { slack, reader } = useWorkspace();
  const surface = useMessageSurface(message);
  const [isFolded, setFolded] = useState(false);
  const author = slack.users.find(({ id }) => id === message.user);
  const name = personName(slack, message.user);
  const sent = new Date(Number(message.ts) * 1000);
  const time = new Intl.DateTimeFormat(reader.locale, { timeStyle: "short", timeZone: reader.timeZone }).format(sent);
  return html`<article class=${`message${message.onlyFor ? " message-private" : ""}`} aria-label=${`${name}, ${time}`} data-ts=${message.ts}>
    <${Avatar} name=${name} userId=${message.user} />
    <div class="message-content">
      ${message.onlyFor && html`<p class="only-you">Only visible to you</p>`}
      <p class="message-head">
        <span class="message-author">${name}</span>${author?.isBot && html`<span class="badge">app</span>`}
        <time class="message-time" datetime=${sent.toISOString()}>${time}</time>${message.edited && html`<span class="edited">(edited)</span>`}
      </p>
      <${SurfaceProvider} value=${surface}>
        ${message.blocks.length > 0 ? html`<${BlockList} blocks=${message.blocks} />` : html`<div class="message-text"><${Mrkdwn} text=${message.text} /></div>`}
      <//>
      ${
        replies.length > 0 &&
        html`<div class="thread">
          <button type="button" class="thread-toggle" aria-expanded=${isFolded ? "false" : "true"} onClick=${() => setFolded(!isFolded)}>
            ${isFolded ? "▸" : "▾"} ${replies.length === 1 ? "1 reply" : `${replies.length} replies`}
          </button>
          ${!isFolded && replies.map((reply) => html`<${Message} key=${reply.ts} message=${reply} isReply=${true} />`)}
        </div>`
      }
      ${!isReply && message.onlyFor === null && html`<${ThreadReply} channelId=${message.channel} threadTs=${message.ts} />`}
    </div>
  </article>`;
}
