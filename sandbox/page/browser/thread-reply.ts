import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { slackControl } from "./control.ts";
import { html } from "./html.ts";
import { useWorkspace } from "./workspace.ts";

/** Under a message: a button, and behind it the box in which a person replies in its thread. Escape closes it, what was typed stays. */
export function ThreadReply({ channelId, threadTs }: { channelId: string; threadTs: string }): ComponentChildren {
  const { me, slack, perform } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isOpen) box.current?.focus();
  }, [isOpen]);
  // Who only looks into a public channel cannot write there.
  if (!slack.channels.find(({ id }) => id === channelId)?.members.includes(me.id)) return null;

  const close = () => {
    setOpen(false);
    // Once the button is there again.
    requestAnimationFrame(() => opener.current?.focus());
  };
  const send = async (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || isSending) return;
    setSending(true);
    const delivery = await perform("your reply", () =>
      slackControl.say({ userId: me.id, channelId, threadTs, text: escaped(text.trim()) }),
    );
    if (delivery !== null) setText("");
    setSending(false);
    box.current?.focus();
  };
  if (!isOpen) return html`<button ref=${opener} type="button" class="thread-open" onClick=${() => setOpen(true)}>Reply in thread</button>`;
  return html`<form class="composer-box thread-box" onSubmit=${send}
    onKeyDown=${(event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    }}>
    <input ref=${box} type="text" value=${text} aria-label="Reply in thread" placeholder="Reply in thread" autocomplete="off"
      onInput=${(event: InputEvent) => setText((event.target as HTMLInputElement).value)} />
    <button type="submit" class="button button-primary" aria-busy=${isSending ? "true" : undefined}>Reply</button>
    <button type="button" class="button" onClick=${close}>Close</button>
  </form>`;
}

/** Slack's client escapes what is typed. */
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
