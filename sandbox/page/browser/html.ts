import htm from "htm";
import { type ComponentChildren, h } from "preact";

/** Tagged template that makes Preact nodes: no JSX, hence no build step. */
export const html: (strings: TemplateStringsArray, ...values: unknown[]) => ComponentChildren = htm.bind(h);
