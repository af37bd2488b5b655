import type { View } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Scene } from "../scene.ts";
import { BlockList } from "./blocks/block-list.ts";
import { SurfaceProvider } from "./blocks/surface.ts";
import { Composer } from "./composer.ts";
import { html } from "./html.ts";
import { Message } from "./message.ts";
import { useViewSurface } from "./surfaces.ts";
import { messagesIn } from "./unread.ts";
import { channelTitle, useWorkspace } from "./workspace.ts";

export function Conversation({ channelId, scene }: { channelId: string; scene: Scene }): ComponentChildren {
  const { slack, me } = useWorkspace();
  const channel = slack.channels.find(({ id }) => id === channelId);
  const all = messagesIn(slack, channelId, me.id);
  const known = new Set(all.map(({ ts }) => ts));
  // An ephemeral answer in a thread whose first message the person cannot see stands on its own.
  const isReply = ({ threadTs, ts }: (typeof all)[number]) => threadTs !== null && threadTs !== ts && known.has(threadTs);
  const roots = all.filter((message) => !isReply(message));
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => end.current?.scrollIntoView({ block: "end" }), [channelId, me.id, all.length, all.at(-1)?.text]);
  const title = channelTitle(slack, channelId, me.id);
  return html`<main class="conversation" aria-labelledby="conversation-title">
    <header class="main-header">
      <h1 id="conversation-title">${title}</h1>
      <p>${channel?.kind === "im" ? "Direct message" : `${channel?.members.length ?? 0} members${channel?.isExternallyShared ? " · shared with another company" : ""}`}</p>
      <p class="me-here">You are ${me.realName}</p>
    </header>
    <div class="messages" role="log" aria-live="polite" aria-label=${`Messages in ${title}`} tabindex="0">
      ${
        roots.length === 0 &&
        html`<div class="empty">
        <p>Nothing has been said here yet.</p>
        <p>Type <code>/pra</code> below to ask for a console. Then become an approver, on the left, and decide.</p>
      </div>`
      }
      ${roots.map((message) => html`<${Message} key=${message.ts} message=${message} replies=${all.filter((reply) => isReply(reply) && reply.threadTs === message.ts)} />`)}
      <div ref=${end}></div>
    </div>
    <${Composer} key=${`${me.id} ${channelId}`} channelId=${channelId} channelName=${title} scene=${scene} />
  </main>`;
}

function HomeView({ view }: { view: View }): ComponentChildren {
  const surface = useViewSurface("home", view, {});
  return html`<${SurfaceProvider} value=${surface}><${BlockList} blocks=${view.blocks} /><//>`;
}

/** The App Home: what the bot has published for this person. */
export function HomeTab(): ComponentChildren {
  const { slack, me } = useWorkspace();
  const view = slack.homes[me.id];
  return html`<main class="conversation" aria-labelledby="home-title">
    <header class="main-header"><h1 id="home-title">Portcullis</h1><p>App Home</p><p class="me-here">You are ${me.realName}</p></header>
    <div class="messages home" tabindex="0">
      ${view ? html`<${HomeView} key=${me.id} view=${view} />` : html`<p class="empty">The bot has published nothing for you yet.</p>`}
    </div>
  </main>`;
}
