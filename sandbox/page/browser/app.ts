import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Delivery } from "../../slack/control.ts";
import { CallCounters } from "./call-counters.ts";
import { ClockPanel } from "./clock-panel.ts";
import { slackControl } from "./control.ts";
import { Conversation, HomeTab } from "./conversation.ts";
import { html } from "./html.ts";
import { type Live, useLive, useNow } from "./live-state.ts";
import { ModalStack } from "./modal.ts";
import { SailPointPanel } from "./sailpoint/sailpoint-panel.ts";
import { type Place, Sidebar } from "./sidebar.ts";
import { TenantPanel } from "./tenant-panel.ts";
import { channelsOf, messagesIn, type ReadMarks, readKey, unreadOf } from "./unread.ts";
import { type Workspace, WorkspaceProvider } from "./workspace.ts";

const panes = [
  { name: "people", label: "People" },
  { name: "chat", label: "Chat" },
  { name: "tenant", label: "ZPA tenant" },
] as const;
const labelWithSailPoint = "ZPA and SailPoint";

const whatWentWrong: Readonly<Record<Exclude<Delivery["status"], "acked">, string>> = {
  timeout: "the bot did not answer within three seconds",
  refused: "the bot refused it",
  unreachable: "the bot is not running",
};

const toastMilliseconds = 7_000;

/** One act after another, as one person's hands do, with a sentence when the bot did not answer. */
function useActs(refresh: () => Promise<void>): Pick<Workspace, "perform" | "say"> & { sentence: string } {
  const [sentence, say] = useState("");
  const last = useRef<Promise<unknown>>(Promise.resolve());
  useEffect(() => {
    if (!sentence) return;
    const timer = setTimeout(() => say(""), toastMilliseconds);
    return () => clearTimeout(timer);
  }, [sentence]);
  const perform: Workspace["perform"] = (what, act) => {
    const done = last.current.then(async () => {
      try {
        const delivery = await act();
        if (delivery.status !== "acked") say(`Slack could not deliver ${what}: ${whatWentWrong[delivery.status]}.`);
        await refresh();
        return delivery;
      } catch (error) {
        say(`${what} failed: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      }
    });
    last.current = done;
    return done;
  };
  return { perform, say, sentence };
}

/** What the page has to say. A popover, shown anew each time, so that it stands above an open dialog. */
function Toast({ sentence }: { sentence: string }): ComponentChildren {
  const shown = useRef<HTMLDivElement>(null);
  useEffect(() => {
    shown.current?.hidePopover();
    if (sentence) shown.current?.showPopover();
  }, [sentence]);
  return html`<div ref=${shown} class="toast" popover="manual" role="status" aria-live="polite">${sentence}</div>`;
}

/** Where a person looks first: direct messages when there are some. */
function firstPlace({ slack, scene }: Live, userId: string): Place {
  const direct = channelsOf(slack, userId).find(({ id, kind }) => kind === "im" && slack.messages.some(({ channel }) => channel === id));
  return { kind: "channel", id: direct?.id ?? scene.firstChannelId };
}

function Desk({ live, refresh }: { live: Live; refresh: () => Promise<void> }): ComponentChildren {
  const { scene, slack, tenant, sailpoint, offsetMilliseconds, isConnected } = live;
  const [personId, setPersonId] = useState(scene.cast[0]?.userId ?? slack.users[0]?.id ?? "");
  const [places, setPlaces] = useState<Readonly<Record<string, Place>>>({});
  const [marks, setMarks] = useState<ReadMarks>({});
  const [pane, setPane] = useState<(typeof panes)[number]["name"]>("chat");
  const { perform, say, sentence } = useActs(refresh);
  const minute = useNow(offsetMilliseconds, 60_000);
  const me = slack.users.find(({ id }) => id === personId) ?? slack.users[0];
  const stack = slack.views[personId] ?? [];
  const place = useMemo(() => places[personId] ?? firstPlace(live, personId), [places, personId]);

  const go = (target: Place) => {
    setPlaces((before) => ({ ...before, [personId]: target }));
    setPane("chat");
    if (target.kind === "home") void perform("opening the App Home", () => slackControl.openHome({ userId: personId }));
  };
  const newest = place.kind === "channel" ? Number(messagesIn(slack, place.id, personId).at(-1)?.ts ?? 0) : 0;
  useEffect(() => {
    if (place.kind === "channel" && newest > 0) setMarks((before) => ({ ...before, [readKey(personId, place.id)]: newest }));
  }, [place, personId, newest]);

  if (!me) return html`<p class="starting">The workspace has no people.</p>`;
  const workspace: Workspace = {
    slack,
    me,
    botUserId: scene.botUserId,
    reader: { timeZone: me.timeZone, locale: me.locale, now: minute },
    perform,
    say,
  };
  const waiting = scene.cast.reduce((sum, { userId }) => sum + (userId === personId ? 0 : unreadOf(slack, userId, marks)), 0);
  return html`<${WorkspaceProvider} value=${workspace}>
    <div class=${`desk pane-${pane}`}>
      <${Sidebar} scene=${scene} marks=${marks} place=${place} onPlace=${go} onPerson=${(id: string) => {
        setPersonId(id);
        setPane("chat");
        if (places[id]?.kind === "home") void perform("opening the App Home", () => slackControl.openHome({ userId: id }));
      }} />
      ${place.kind === "home" ? html`<${HomeTab} />` : html`<${Conversation} channelId=${place.id} scene=${scene} />`}
      <aside class="tenant" aria-label="Behind the scenes">
        <${ClockPanel} offsetMilliseconds=${offsetMilliseconds} isMovable=${scene.clockMovable} />
        <${TenantPanel} tenant=${tenant} stateKey=${`${offsetMilliseconds} ${minute.getTime()}`} />
        ${sailpoint && html`<${SailPointPanel} sailpoint=${sailpoint} />`}
        <${CallCounters} slack=${slack} tenant=${tenant} sailpoint=${sailpoint} />
      </aside>
      <nav class="panes" aria-label="Panes">
        ${panes.map(
          ({ name, label }) => html`<button type="button" aria-current=${pane === name ? "page" : undefined} onClick=${() => setPane(name)}>
            ${name === "tenant" && sailpoint ? labelWithSailPoint : label}${name === "people" && waiting > 0 ? html` <span class="unread">${waiting}</span>` : null}
          </button>`,
        )}
      </nav>
    </div>
    <${ModalStack} key=${personId} stack=${stack} />
    <${Toast} sentence=${sentence || (isConnected ? "" : "The sandbox is not running. Waiting for it…")} />
  <//>`;
}

export function App(): ComponentChildren {
  const { live, refresh } = useLive();
  return live ? html`<${Desk} live=${live} refresh=${refresh} />` : html`<p class="starting" role="status">Opening the sandbox…</p>`;
}
