import { html } from "hono/html";
import type { PortcullisError } from "../../errors.ts";
import type { Handover } from "../../services/credentials/handover.ts";
import { errorSentence, failureSentence } from "../../texts/error-sentence.ts";
import type { Texts } from "../../texts/texts.ts";
import type { Html, Page } from "./page-frame.ts";

const WAIT_SECONDS = 4;

/** Tells nothing of what the link is for: who only looks at it, a person or a program that previews links, learns and changes nothing. */
export const beginPage = (action: string, { credentialPage: { begin } }: Texts): Page => ({
  title: begin.heading,
  body: html`<h1>${begin.heading}</h1>
<p>${begin.intro}</p>
<form method="post" action="${action}"><button type="submit">${begin.button}</button></form>`,
});

export const codePage = ({ code, action }: { readonly code: string; readonly action: string }, { credentialPage }: Texts): Page => ({
  title: credentialPage.code.heading,
  refreshSeconds: WAIT_SECONDS,
  body: html`<h1>${credentialPage.code.heading}</h1>
<p>${credentialPage.code.intro}</p>
<p><span class="soft">${credentialPage.code.spoken}</span> <strong class="code">${code.slice(0, 3)} ${code.slice(3)}</strong></p>
<p>${credentialPage.code.warning}</p>
<p class="soft" role="status">${credentialPage.code.waiting} <a href="${action}">${credentialPage.code.reload}</a></p>`,
});

export interface FormModel {
  readonly handover: Handover;
  readonly action: string;
  readonly csrf: string;
  /** What was wrong with what was sent before. */
  readonly problem: PortcullisError | null;
}

export const formPage = ({ handover, action, csrf, problem }: FormModel, texts: Texts): Page => {
  const { form } = texts.credentialPage;
  const isKey = handover.fields.type === "SSH_KEY";
  return {
    title: form.heading,
    body: html`<h1>${form.heading}</h1>
${problem === null ? "" : problemBlock(problem, texts)}
<p>${form.intro}</p>
${factsOf(handover, texts)}
<form method="post" action="${action}" autocomplete="off"${isKey ? html` enctype="multipart/form-data"` : ""}>
<input type="hidden" name="csrf" value="${csrf}">
${isKey ? keyFields(texts) : passwordField(texts)}
<button type="submit">${form.button}</button>
</form>`,
  };
};

const problemBlock = (problem: PortcullisError, texts: Texts): Html => html`<div class="alarm" role="alert">
<h2>${texts.credentialPage.form.problem}</h2>
<p>${errorSentence(problem, texts)}</p>
<p>${texts.credentialPage.form.typeAgain}</p>
</div>`;

const passwordField = ({ credentialPage: { form } }: Texts): Html =>
  html`<label for="password">${form.password}</label>
<input id="password" name="password" type="password" required autofocus autocomplete="new-password" spellcheck="false">`;

const keyFields = ({ credentialPage: { form } }: Texts): Html => html`<label for="key">${form.key}</label>
<p class="hint" id="key-hint">${form.keyHint}</p>
<textarea id="key" name="key" aria-describedby="key-hint" autocomplete="off" autocapitalize="off" spellcheck="false"></textarea>
<label for="file">${form.keyFile}</label>
<input id="file" name="file" type="file">
<label for="passphrase">${form.passphrase}</label>
<p class="hint" id="passphrase-hint">${form.passphraseHint}</p>
<input id="passphrase" name="passphrase" type="password" aria-describedby="passphrase-hint" autocomplete="off" spellcheck="false">`;

function factsOf({ kind, fields }: Pick<Handover, "kind" | "fields">, { credentialPage: { facts, types, purposes } }: Texts): Html {
  const rows: readonly (readonly [string, string | null])[] = [
    [facts.purpose, purposes[kind]],
    [facts.credential, fields.name],
    [facts.type, types[fields.type]],
    [facts.userName, fields.userName],
    [facts.userDomain, fields.userDomain],
    [facts.microtenant, fields.microtenantId],
  ];
  return html`<dl>${rows.map(([term, value]) => (value === null ? "" : html`<dt>${term}</dt><dd><bdi>${value}</bdi></dd>`))}</dl>`;
}

/** What became of the secret, for the browser that sent it. */
export const outcomePage = ({ outcome, failure, ...handover }: Handover, texts: Texts): Page => {
  const { outcomes, askAnew } = texts.credentialPage;
  const [heading, text] = outcomes[outcome ?? "SENDING"];
  return {
    title: heading,
    ...(outcome === null ? { refreshSeconds: WAIT_SECONDS } : {}),
    body: html`<h1>${heading}</h1>
<p role="status">${text}</p>
${failure === null ? "" : html`<p>${failureSentence(failure, texts)} <span class="soft">(${failure.reference})</span></p>`}
${factsOf(handover, texts)}
${outcome === "REFUSED" ? html`<p>${askAnew}</p>` : ""}`,
  };
};

/** A page that only says something. */
export const messagePage = (
  { heading, text, wayOut }: { readonly heading: string; readonly text: string; readonly wayOut: "ask-anew" | "none" },
  { credentialPage }: Texts,
): Page => ({
  title: heading,
  body: html`<h1>${heading}</h1>
<p>${text}</p>
${wayOut === "ask-anew" ? html`<p>${credentialPage.askAnew}</p>` : ""}`,
});
