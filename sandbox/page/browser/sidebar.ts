import type { ComponentChildren } from "preact";
import type { SimUser } from "../../slack/control.ts";
import type { Scene } from "../scene.ts";
import { html } from "./html.ts";
import { Avatar } from "./message.ts";
import { channelsOf, type ReadMarks, unreadIn, unreadOf } from "./unread.ts";
import { channelTitle, useWorkspace } from "./workspace.ts";

/** What the middle of the page shows. */
export type Place = { readonly kind: "channel"; readonly id: string } | { readonly kind: "home" };

interface SidebarProps {
  readonly scene: Scene;
  readonly marks: ReadMarks;
  readonly place: Place;
  readonly onPerson: (userId: string) => void;
  readonly onPlace: (place: Place) => void;
}

const Unread = ({ count }: { count: number }): ComponentChildren =>
  count > 0 ? html`<span class="unread"><span aria-hidden="true">${count}</span><span class="spoken">${count} unread</span></span>` : null;

const standing = (user: SimUser): string => {
  if (user.isDeleted) return "deactivated";
  if (user.isStranger) return "another company";
  if (user.isRestricted) return "guest";
  if (!user.email) return "no email";
  return user.emailConfirmed ? "member" : "email not confirmed";
};

function People({ scene, marks, onPerson }: Pick<SidebarProps, "scene" | "marks" | "onPerson">): ComponentChildren {
  const { slack, me } = useWorkspace();
  const cast = scene.cast.flatMap(({ userId, role }) => slack.users.filter(({ id }) => id === userId).map((user) => ({ user, role })));
  const others = slack.users.filter(({ id, isBot }) => !isBot && !scene.cast.some(({ userId }) => userId === id));
  const isOther = others.some(({ id }) => id === me.id);
  return html`<section aria-labelledby="people-title">
    <h2 id="people-title" class="sidebar-title">You are</h2>
    <ul class="people">
      ${cast.map(
        ({ user, role }) => html`<li key=${user.id}>
          <button type="button" class="person" aria-pressed=${user.id === me.id ? "true" : "false"} onClick=${() => onPerson(user.id)}>
            <${Avatar} name=${user.realName} userId=${user.id} />
            <span class="person-text"><span class="person-name">${user.realName}</span><span class="person-role">${role}</span></span>
            ${user.id !== me.id && html`<${Unread} count=${unreadOf(slack, user.id, marks)} />`}
          </button>
        </li>`,
      )}
    </ul>
    ${
      others.length > 0 &&
      html`<label class="others"><span class="spoken">Somebody else</span>
        <select value=${isOther ? me.id : ""} onChange=${(event: Event) => onPerson((event.target as HTMLSelectElement).value)}>
          <option value="" disabled>Somebody else…</option>
          ${others.map((user) => html`<option value=${user.id} key=${user.id}>${user.realName} (${standing(user)})</option>`)}
        </select>
      </label>`
    }
  </section>`;
}

export function Sidebar({ scene, marks, place, onPerson, onPlace }: SidebarProps): ComponentChildren {
  const { slack, me } = useWorkspace();
  const mine = channelsOf(slack, me.id);
  const item = (target: Place, label: ComponentChildren, unread: number) => {
    const isHere = place.kind === target.kind && (place.kind === "home" || (target.kind === "channel" && place.id === target.id));
    return html`<li key=${target.kind === "channel" ? target.id : "home"}>
      <button type="button" class=${`place${unread > 0 ? " place-unread" : ""}`} aria-current=${isHere ? "page" : undefined} onClick=${() => onPlace(target)}>
        <span class="place-name">${label}</span><${Unread} count=${unread} />
      </button>
    </li>`;
  };
  const listed = (isWanted: (kind: string) => boolean) =>
    mine
      .filter(({ kind }) => isWanted(kind))
      .map(({ id }) => item({ kind: "channel", id }, channelTitle(slack, id, me.id), unreadIn(slack, id, me.id, marks)));
  return html`<nav class="sidebar" aria-label="Workspace">
    <header class="sidebar-header"><img src="/icon.svg" alt="" width="28" height="28" /><div><strong>Sandbox workspace</strong><span>Nothing here is real</span></div></header>
    <${People} scene=${scene} marks=${marks} onPerson=${onPerson} />
    <section aria-labelledby="app-title">
      <h2 id="app-title" class="sidebar-title">App</h2>
      <ul>${item({ kind: "home" }, html`<span aria-hidden="true" class="place-icon">⌂</span>Portcullis Home`, 0)}</ul>
    </section>
    <section aria-labelledby="direct-title">
      <h2 id="direct-title" class="sidebar-title">Direct messages</h2>
      <ul>${listed((kind) => kind === "im")}</ul>
      ${!mine.some(({ kind }) => kind === "im") && html`<p class="sidebar-note">None yet</p>`}
    </section>
    <section aria-labelledby="channels-title">
      <h2 id="channels-title" class="sidebar-title">Channels</h2>
      <ul>${listed((kind) => kind !== "im")}</ul>
    </section>
  </nav>`;
}
