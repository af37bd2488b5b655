import type { ComponentChildren } from "preact";
import { html } from "../html.ts";

/** A field with its label above it. */
const Labelled = ({ label, children }: { label: string; children: ComponentChildren }): ComponentChildren =>
  html`<label class="by-hand-field"><span>${label}</span>${children}</label>`;

/** A list to choose one of. */
export const Choice = ({
  label,
  value,
  options,
  onChoose,
}: {
  label: string;
  value: string;
  options: readonly { readonly value: string; readonly label: string }[];
  onChoose: (value: string) => void;
}): ComponentChildren =>
  html`<${Labelled} label=${label}>
    <select class="field" value=${value} onChange=${(event: Event) => onChoose((event.target as HTMLSelectElement).value)}>
      ${options.map((option) => html`<option value=${option.value}>${option.label}</option>`)}
    </select>
  <//>`;

/** One line to type in. */
export const Typed = ({
  label,
  value,
  type = "text",
  isOptional = false,
  onType,
}: {
  label: string;
  value: string;
  type?: "text" | "time";
  isOptional?: boolean;
  onType: (value: string) => void;
}): ComponentChildren =>
  html`<${Labelled} label=${label}>
    <input class="field" type=${type} value=${value} required=${!isOptional} onInput=${(event: Event) => onType((event.target as HTMLInputElement).value)} />
  <//>`;
