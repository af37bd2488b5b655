import type { ModalView } from "@slack/types";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { SimView } from "../../slack/control.ts";
import { BlockList } from "./blocks/block-list.ts";
import { SurfaceProvider } from "./blocks/surface.ts";
import { slackControl } from "./control.ts";
import { missingFields } from "./form-state.ts";
import { html } from "./html.ts";
import { useViewSurface } from "./surfaces.ts";
import { useWorkspace } from "./workspace.ts";

const firstField = "[role=combobox], .modal-body input, .modal-body textarea";

/** One modal as a native dialog: the browser keeps the focus inside, and Escape closes it. */
function Modal({ entry, isTop, depth }: { entry: SimView; isTop: boolean; depth: number }): ComponentChildren {
  const { me, perform } = useWorkspace();
  const view = entry.view as ModalView;
  const dialog = useRef<HTMLDialogElement>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [isSending, setSending] = useState(false);
  const surface = useViewSurface("modal", view, errors, (blockId) =>
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([id]) => id !== blockId))),
  );
  const hasFields = view.blocks.some(({ type }) => type === "input");

  // A dialog that is taken away gives no focus back: remembered before it opens, returned when nothing else is open.
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && before.isConnected && !document.querySelector("dialog[open]")) before.focus();
    };
  }, []);
  useEffect(() => {
    if (!isTop) return dialog.current?.close();
    dialog.current?.showModal();
  }, [isTop]);
  // A form that opened as a loading view gets its fields later: the focus goes to the first one then.
  useEffect(() => {
    if (isTop && hasFields) dialog.current?.querySelector<HTMLElement>(firstField)?.focus();
  }, [isTop, hasFields]);
  useEffect(() => {
    if (Object.keys(errors).length > 0) dialog.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [errors]);

  const close = () => void perform("closing", () => slackControl.close({ userId: me.id }));
  const submit = async (event: Event) => {
    event.preventDefault();
    const missing = missingFields(view, surface.values);
    setErrors(missing);
    if (Object.keys(missing).length > 0 || isSending) return;
    setSending(true);
    const delivery = await perform("your form", () => slackControl.submit({ userId: me.id, values: surface.values }));
    setSending(false);
    setErrors(delivery?.errors ?? {});
  };
  const titleId = `modal-${entry.id}`;
  return html`<dialog ref=${dialog} class="modal" aria-labelledby=${titleId}
    onCancel=${(event: Event) => {
      event.preventDefault();
      close();
    }}
    onClose=${() => isTop && close()}>
    <form class="modal-form" onSubmit=${submit} novalidate>
      <header class="modal-header">
        ${depth > 0 && html`<button type="button" class="icon-button" aria-label="Back to the form before" onClick=${close}>‹</button>`}
        <h2 id=${titleId}>${view.title.text}</h2>
        <button type="button" class="icon-button" aria-label="Close this form" onClick=${close}>×</button>
      </header>
      <div class="modal-body"><${SurfaceProvider} value=${surface}><${BlockList} blocks=${view.blocks} /><//></div>
      ${
        (view.submit || view.close) &&
        html`<footer class="modal-footer">
          <button type="button" class="button" onClick=${close}>${view.close?.text ?? "Cancel"}</button>
          ${view.submit && html`<button type="submit" class=${`button button-primary${isSending ? " is-busy" : ""}`} aria-busy=${isSending ? "true" : undefined}>${view.submit.text}</button>`}
        </footer>`
      }
    </form>
  </dialog>`;
}

/** All open modals of the person. Those below the top stay, out of sight, with what was typed. */
export function ModalStack({ stack }: { stack: readonly SimView[] }): ComponentChildren {
  const { me } = useWorkspace();
  return stack.map(
    (entry, depth) => html`<${Modal} key=${`${me.id} ${entry.id}`} entry=${entry} depth=${depth} isTop=${depth === stack.length - 1} />`,
  );
}
