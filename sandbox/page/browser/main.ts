import { render } from "preact";
import { App } from "./app.ts";
import { html } from "./html.ts";

const root = document.getElementById("page");
if (!root) throw new Error("The page has no place to draw in.");
render(html`<${App} />`, root);
