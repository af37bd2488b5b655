import { html, raw } from "hono/html";
import type { Texts } from "../../texts/texts.ts";
import { PAGE_STYLE } from "./page-style.ts";

/** What `html` makes: text that is escaped already. */
export type Html = ReturnType<typeof html>;

export interface Page {
  readonly title: string;
  readonly body: Html;
  /** Looks anew by itself, without a script. */
  readonly refreshSeconds?: number;
}

/** The whole document around a page. */
export const framed = ({ title, body, refreshSeconds }: Page, texts: Texts): Html => html`<!doctype html>
<html lang="${texts.locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
${refreshSeconds === undefined ? "" : html`<meta http-equiv="refresh" content="${String(refreshSeconds)}">`}
<title>${title} · Portcullis</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<main>
<p class="of">Portcullis · ${texts.credentialPage.title}</p>
${body}
</main>
</body>
</html>
`;
