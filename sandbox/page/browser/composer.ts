import type { ComponentChildren } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Scene } from "../scene.ts";
import { slackControl } from "./control.ts";
import { html } from "./html.ts";
import { useWorkspace } from "./workspace.ts";

interface ComposerProps {
  readonly channelId: string;
  readonly channelName: string;
  readonly scene: Scene;
}

/** Where commands are typed. People here talk to the bot only, so plain messages are not sent. */
export function Composer({ channelId, channelName, scene }: ComposerProps): ComponentChildren {
  const { me, perform } = useWorkspace();
  const [text, setText] = useState("");
  const [isSending, setSending] = useState(false);
  const [hint, setHint] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const suggestions = /^\/\S*$/.test(text) ? scene.commands.filter(({ command }) => command.startsWith(text) && command !== text) : [];

  const send = async (event: Event) => {
    event.preventDefault();
    const [, command, rest = ""] = /^(\/\S+)\s*(.*)$/s.exec(text.trim()) ?? [];
    if (!command) {
      setHint(text.trim() ? "Only slash commands are sent here. Start with /pra." : "Type a command, for example /pra help.");
      return;
    }
    setHint("");
    setText("");
    setSending(true);
    await perform(`${command}`, () => slackControl.command({ userId: me.id, channelId, command, text: rest }));
    setSending(false);
  };
  const complete = (command: string) => {
    setText(`${command} `);
    box.current?.focus();
  };
  const known = scene.commands.find(({ command }) => text.startsWith(`${command} `) || text === command);
  return html`<form class="composer" onSubmit=${send}>
    ${
      suggestions.length > 0 &&
      html`<ul class="suggestions" aria-label="Commands">
        ${suggestions.map(
          ({ command, description }) =>
            html`<li><button type="button" onClick=${() => complete(command)}><strong>${command}</strong> ${description}</button></li>`,
        )}
      </ul>`
    }
    <div class="composer-box">
      <input ref=${box} type="text" value=${text} aria-label=${`Message ${channelName}`} aria-describedby="composer-hint" autocomplete="off"
        placeholder=${`Message ${channelName}: try /pra`}
        onInput=${(event: InputEvent) => setText((event.target as HTMLInputElement).value)}
        onKeyDown=${(event: KeyboardEvent) => {
          const first = suggestions[0];
          if (event.key !== "Tab" || event.shiftKey || !first) return;
          event.preventDefault();
          complete(first.command);
        }} />
      <button type="submit" class=${`button button-primary${isSending ? " is-busy" : ""}`} aria-busy=${isSending ? "true" : undefined}>Send</button>
    </div>
    <div class="composer-foot">
      <p id="composer-hint" class="composer-hint" role="status">${hint || (known?.usageHint ? `${known.command} ${known.usageHint}` : "")}</p>
      ${scene.shortcuts.map(
        ({ name, callbackId, description }) => html`<button type="button" class="shortcut" title=${description}
          onClick=${() => perform(name, () => slackControl.shortcut({ userId: me.id, callbackId }))}><span aria-hidden="true">↯</span> ${name}</button>`,
      )}
    </div>
  </form>`;
}
