import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "../html.ts";
import { type Choice, nameOf, type Placement } from "./surface.ts";

interface ComboboxProps {
  readonly place: Placement;
  readonly placeholder: string;
  readonly isMultiple: boolean;
  readonly maximum: number;
  readonly selected: readonly Choice[];
  readonly minimumLength: number;
  /** Milliseconds to wait for the next key before asking: 0 where the list is at hand. */
  readonly patience: number;
  readonly load: (text: string) => Promise<readonly Choice[]>;
  readonly onChange: (selected: readonly Choice[]) => void;
}

type Found = { readonly kind: "loading" } | { readonly kind: "choices"; readonly choices: readonly Choice[] } | { readonly kind: "failed" };

/** Type-ahead list after the ARIA combobox pattern: the focus stays in the text box, arrow keys move through the options. */
export function Combobox(props: ComboboxProps): ComponentChildren {
  const { place, selected, isMultiple, maximum, minimumLength, patience, load, onChange } = props;
  const [text, setText] = useState<string | null>(null);
  const [found, setFound] = useState<Found>({ kind: "loading" });
  const [active, setActive] = useState(0);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const isOpen = text !== null;
  const choices = found.kind === "choices" ? found.choices : [];
  const listId = `${place.controlId}-list`;
  const isFull = isMultiple && selected.length >= maximum;

  useEffect(() => {
    if (text === null || text.length < minimumLength) return;
    let isCurrent = true;
    setFound({ kind: "loading" });
    const timer = setTimeout(
      async () => {
        try {
          const loaded = await load(text);
          if (!isCurrent) return;
          setFound({ kind: "choices", choices: loaded });
          setActive(0);
        } catch {
          if (isCurrent) setFound({ kind: "failed" }); // the reason was already told where deliveries are reported
        }
      },
      text === "" ? 0 : patience,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [text]);

  useEffect(() => list.current?.scrollIntoView({ block: "nearest" }), [isOpen, found]);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active, found, isOpen]);

  const isChosen = (choice: Choice) => selected.some(({ value }) => value === choice.value);
  const choose = (choice: Choice) => {
    if (!isMultiple) {
      onChange([choice]);
      setText(null);
    } else if (isChosen(choice)) onChange(selected.filter(({ value }) => value !== choice.value));
    else if (!isFull) {
      onChange([...selected, choice]);
      if (text) setText("");
    }
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const last = choices.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(active + 1, last),
      ArrowUp: Math.max(active - 1, 0),
      PageDown: Math.min(active + 8, last),
      PageUp: Math.max(active - 8, 0),
    };
    const target = moves[event.key];
    if (target !== undefined) {
      event.preventDefault();
      if (isOpen) setActive(Math.max(target, 0));
      else setText("");
    } else if (event.key === "Enter") {
      event.preventDefault(); // never submits the form
      const choice = choices[active];
      if (isOpen && choice) choose(choice);
      else if (!isOpen) setText("");
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault(); // closes the list, not the dialog around it
      event.stopPropagation();
      setText(null);
    } else if (event.key === "Backspace" && !text && selected.length > 0) {
      event.preventDefault();
      onChange(selected.slice(0, -1));
    }
  };

  const shown = text ?? (isMultiple ? "" : (selected[0]?.label ?? ""));
  const placeholder = isFull ? `At most ${maximum}` : selected.length > 0 && isMultiple ? "Add another…" : props.placeholder;
  return html`<div class="combobox">
    <div class="combobox-box" onClick=${() => box.current?.focus()}>
      ${
        isMultiple &&
        selected.map(
          (choice) => html`<span class="chip" key=${choice.value}>
            <span class="chip-label">${choice.label}</span>
            <button type="button" class="chip-remove" aria-label=${`Remove ${choice.label}`}
              onClick=${() => onChange(selected.filter(({ value }) => value !== choice.value))}>×</button>
          </span>`,
        )
      }
      <input ref=${box} id=${place.controlId} type="text" role="combobox" autocomplete="off" spellcheck=${false}
        aria-label=${nameOf(place)} aria-describedby=${place.describedBy} aria-invalid=${place.isInvalid ? "true" : undefined}
        aria-expanded=${isOpen ? "true" : "false"} aria-controls=${listId} aria-autocomplete="list"
        aria-activedescendant=${isOpen && choices[active] ? `${listId}-${active}` : undefined}
        placeholder=${placeholder} value=${shown}
        onClick=${() => setText((current) => current ?? "")}
        onInput=${(event: InputEvent) => setText((event.target as HTMLInputElement).value)}
        onBlur=${() => setText(null)} onKeyDown=${onKeyDown} />
      <span class="combobox-arrow" aria-hidden="true">▾</span>
    </div>
    ${
      isOpen &&
      html`<ul id=${listId} ref=${list} class="listbox" role="listbox" aria-label=${place.name} aria-multiselectable=${isMultiple ? "true" : undefined}
        onMouseDown=${(event: MouseEvent) => event.preventDefault()}>
        ${text.length < minimumLength && html`<li class="listbox-note" role="presentation">Type at least ${minimumLength} characters</li>`}
        ${text.length >= minimumLength && found.kind === "loading" && html`<li class="listbox-note" role="presentation">Searching…</li>`}
        ${found.kind === "failed" && html`<li class="listbox-note" role="presentation">The bot gave no list.</li>`}
        ${found.kind === "choices" && choices.length === 0 && html`<li class="listbox-note" role="presentation">Nothing matches</li>`}
        ${choices.map(
          (choice, index) => html`${
            choice.group &&
            choice.group !== choices[index - 1]?.group &&
            html`<li class="listbox-group" role="presentation">${choice.group}</li>`
          }<li id=${`${listId}-${index}`} data-index=${index} role="option" class=${`option${index === active ? " option-active" : ""}`}
            aria-selected=${isChosen(choice) ? "true" : "false"} onClick=${() => choose(choice)}>
            <span class="option-label">${choice.label}</span>
            ${choice.description && html`<span class="option-description">${choice.description}</span>`}
          </li>`,
        )}
      </ul>`
    }
  </div>`;
}
