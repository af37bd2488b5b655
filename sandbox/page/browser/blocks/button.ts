import type { Button, ConfirmationDialog, Overflow } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.ts";
import { withEmoji } from "../text/emoji.ts";
import { Text } from "../text/mrkdwn-view.ts";
import { useWorkspace } from "../workspace.ts";
import { type Placement, useSurface } from "./surface.ts";

/** Asks once more before a click counts. */
function Confirm({ dialog, onAnswer }: { dialog: ConfirmationDialog; onAnswer: (isConfirmed: boolean) => void }): ComponentChildren {
  const shown = useRef<HTMLDialogElement>(null);
  useEffect(() => shown.current?.showModal(), []);
  const answer = (isConfirmed: boolean) => {
    shown.current?.close();
    onAnswer(isConfirmed);
  };
  return html`<dialog ref=${shown} class="modal modal-small" aria-label=${dialog.title?.text ?? "Please confirm"}
    onCancel=${(event: Event) => {
      event.preventDefault();
      answer(false);
    }}>
    <header class="modal-header"><h2>${dialog.title?.text ?? "Are you sure?"}</h2></header>
    <div class="modal-body"><${Text} text=${dialog.text} /></div>
    <footer class="modal-footer">
      <button type="button" class="button" onClick=${() => answer(false)}>${dialog.deny?.text ?? "Cancel"}</button>
      <button type="button" class=${`button button-${dialog.style ?? "primary"}`} onClick=${() => answer(true)}>${dialog.confirm?.text ?? "Yes"}</button>
    </footer>
  </dialog>`;
}

/** Of this machine there are pages, such as the bot's own; the addresses of portals are invented. */
function openLink(url: string, say: (sentence: string) => void): void {
  if (URL.parse(url)?.hostname === "127.0.0.1") window.open(url, "_blank", "noopener");
  else say(`Slack would open ${url}`);
}

export function ButtonElement({ element, place }: { element: Button; place: Placement }): ComponentChildren {
  const surface = useSurface();
  const { say } = useWorkspace();
  const [isAsking, setAsking] = useState(false);
  const isBusy = surface.isBusy(place.blockId, place.actionId);
  const send = () => {
    if (element.url) openLink(element.url, say);
    surface.click(place.blockId, place.actionId, { type: "button", ...(element.value === undefined ? {} : { value: element.value }) });
  };
  const click = () => {
    if (isBusy) return;
    if (element.confirm) setAsking(true);
    else send();
  };
  return html`<button type="button" class=${`button${element.style ? ` button-${element.style}` : ""}${isBusy ? " is-busy" : ""}`}
      aria-label=${element.accessibility_label} aria-busy=${isBusy ? "true" : undefined} onClick=${click}>
      ${withEmoji(element.text.text)}${element.url && html`<span aria-hidden="true" class="outside"> ↗</span>`}
    </button>
    ${
      isAsking &&
      element.confirm &&
      html`<${Confirm} dialog=${element.confirm} onAnswer=${(isConfirmed: boolean) => {
        setAsking(false);
        if (isConfirmed) send();
      }} />`
    }`;
}

/** The menu behind three dots. */
export function OverflowMenu({ element, place }: { element: Overflow; place: Placement }): ComponentChildren {
  const surface = useSurface();
  const { say } = useWorkspace();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const items = () => [...(root.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
  // Before the next key is pressed, however fast the person types.
  useLayoutEffect(() => {
    if (isOpen) items()[0]?.focus();
  }, [isOpen]);
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isOpen) return;
    const all = items();
    const at = all.indexOf(event.target as HTMLElement);
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown") all[(at + 1) % all.length]?.focus();
    else if (event.key === "ArrowUp") all.at(at - 1)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const leave = (event: FocusEvent) => {
    if (!root.current?.contains(event.relatedTarget as Node | null)) setOpen(false);
  };
  return html`<div class="overflow" ref=${root} onKeyDown=${onKeyDown} onFocusOut=${leave}>
    <button type="button" class="button" aria-haspopup="menu" aria-expanded=${isOpen ? "true" : "false"} aria-label=${place.name || "More actions"}
      onClick=${() => setOpen(!isOpen)}>⋯</button>
    ${
      isOpen &&
      html`<ul class="menu" role="menu">
        ${element.options.map(
          (option) =>
            html`<li role="none"><button type="button" role="menuitem" tabindex="-1" onClick=${() => {
              close();
              if ("url" in option && option.url) say(`Slack would open ${option.url}`);
              surface.click(place.blockId, place.actionId, { type: "overflow", selected_option: option });
            }}>${option.text.text}</button></li>`,
        )}
      </ul>`
    }
  </div>`;
}
