import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { fromUnknown, type PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { FoundHandover, HandoverDoor } from "../../services/credentials/handover-door.ts";
import { codeOf, csrfOf, isSame } from "../../services/credentials/handover-keys.ts";
import { type Texts, textsFor } from "../../texts/texts.ts";
import { browserOf, type CookieScope, setBrowser } from "./browser-cookie.ts";
import { type PageAddress, pathOf } from "./page-address.ts";
import { framed, type Page } from "./page-frame.ts";
import { pageHeaders } from "./page-headers.ts";
import { addressOf, type PageLimits } from "./page-limits.ts";
import { beginPage, codePage, formPage, messagePage, outcomePage } from "./pages.ts";
import { readForm } from "./read-form.ts";
import { isOwnForm, isServedHere } from "./refuse-elsewhere.ts";

export interface CredentialPagePorts {
  readonly door: HandoverDoor;
  readonly address: Pick<PageAddress, "origin">;
  readonly limits: PageLimits;
  /** How many of our own proxies stand in front. */
  readonly proxies: number;
  readonly ids: Ids;
  readonly log: Log;
}

type Call = Context<{ Bindings: HttpBindings }>;

/** A key, a passphrase, and what a form puts around them. */
const LARGEST_BODY_BYTES = 96 * 1024;

/**
 * The page itself. A GET changes nothing, so that whatever looks at links before people do (a preview, a scanner, a prefetch) neither uses
 * one up nor becomes its first browser: that takes a press of a button, which is a POST.
 */
export function createCredentialPage(ports: CredentialPagePorts): Hono<{ Bindings: HttpBindings }> {
  const { door, address, limits, proxies } = ports;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const origin = (): string => address.origin() ?? "http://127.0.0.1";
  const scheme = (): CookieScope["scheme"] => (origin().startsWith("https:") ? "https" : "http");
  const scopeOf = (token: string): CookieScope => ({ token, scheme: scheme() });

  app.use(pageHeaders(() => scheme() === "https"));
  app.onError((thrown, call) => failed(ports, call, thrown));
  app.notFound((call) => unknown(call));
  app.use(async (call, next) => {
    const texts = spokenBy(call);
    const wait = await limits.admit({ address: addressOf(call.env.incoming, proxies), token: tokenIn(call.req.path) });
    if (wait !== null) {
      call.header("retry-after", String(wait));
      return say(call, 429, texts.credentialPage.tooMany, texts);
    }
    if (!isServedHere(call.env.incoming.headers, origin())) return say(call, 421, texts.credentialPage.notHere, texts);
    return next();
  });
  app.use(
    bodyLimit({ maxSize: LARGEST_BODY_BYTES, onError: (call) => say(call, 413, spokenBy(call).credentialPage.tooLarge, spokenBy(call)) }),
  );

  app.get("/credentials/:token", async (call) => {
    const token = call.req.param("token");
    const browser = browserOf(call, scopeOf(token));
    const found = await door.find({ token, browser });
    if (found === null) return notKnown(ports, call);
    // A strict cookie does not come along from a link in Slack's own page: whether it is the browser shows at the press of the button.
    const mayBeItsOwn = browser === null && call.req.header("sec-fetch-site") === "cross-site";
    if (found.standing.kind === "elsewhere" && mayBeItsOwn)
      return show(call, 200, beginPage(`${pathOf(token)}/begin`, textsOf(found)), textsOf(found));
    return showStanding(ports, call, found, { token, browser });
  });

  app.post("/credentials/:token/begin", async (call) => {
    const token = call.req.param("token");
    if (!isOwnForm(call.env.incoming.headers, origin())) return say(call, 403, spokenBy(call).credentialPage.forged, spokenBy(call));
    const begun = await door.begin({ token, browser: browserOf(call, scopeOf(token)) });
    if (begun === null) return notKnown(ports, call);
    const { standing, browser } = begun;
    if (standing.kind === "elsewhere" || standing.kind === "over" || browser === null)
      return showStanding(ports, call, begun, { token, browser: null });
    setBrowser(call, scopeOf(token), browser);
    return call.redirect(pathOf(token), 303);
  });

  app.post("/credentials/:token", async (call) => {
    const token = call.req.param("token");
    const browser = browserOf(call, scopeOf(token));
    const found = await door.find({ token, browser });
    if (found === null) return notKnown(ports, call);
    if (found.standing.kind === "sent") return call.redirect(pathOf(token), 303);
    if (found.standing.kind !== "ready" || browser === null) return showStanding(ports, call, found, { token, browser });
    const texts = textsOf(found);
    const { csrf, secret } = await readForm(await call.req.parseBody(), found.handover.fields.type);
    if (!isOwnForm(call.env.incoming.headers, origin()) || !isSame(csrf, csrfOf(browser, found.handover.id)))
      return say(call, 403, texts.credentialPage.forged, texts);
    try {
      await door.submit({ token, browser, secret });
    } catch (thrown) {
      const problem = fromUnknown(thrown);
      const now = problem.code === "unexpected" ? null : await door.find({ token, browser });
      if (now === null) throw thrown;
      return showStanding(ports, call, now, { token, browser, problem });
    }
    return call.redirect(pathOf(token), 303);
  });
  return app;
}

/** What this browser gets to see of a link. */
async function showStanding(
  { door, log }: CredentialPagePorts,
  call: Call,
  found: FoundHandover,
  {
    token,
    browser,
    problem = null,
  }: { readonly token: string; readonly browser: string | null; readonly problem?: PortcullisError | null },
): Promise<Response> {
  const { handover, standing } = found;
  const texts = textsOf(found);
  const words = texts.credentialPage;
  const action = pathOf(token);
  switch (standing.kind) {
    case "fresh":
      return show(call, 200, beginPage(`${action}/begin`, texts), texts);
    case "waiting":
      return show(call, 200, codePage({ code: codeOf(browser ?? "", handover.id), action }, texts), texts);
    case "ready":
      return show(
        call,
        problem === null ? 200 : 422,
        formPage({ handover, action, csrf: csrfOf(browser ?? "", handover.id), problem }, texts),
        texts,
      );
    case "sent":
      return show(call, 200, outcomePage(handover, texts), texts);
    case "elsewhere":
      await door.noteOtherBrowser(handover);
      log.warn({ handoverId: handover.id }, "credential-page.other-browser");
      return say(call, 403, words.elsewhere, texts);
    case "over": {
      const [heading, text] = words.over[standing.why];
      return show(call, standing.why === "not-allowed" ? 403 : 410, messagePage({ heading, text, wayOut: "ask-anew" }, texts), texts);
    }
  }
}

async function notKnown({ limits, proxies }: CredentialPagePorts, call: Call): Promise<Response> {
  await limits.noteUnknown(addressOf(call.env.incoming, proxies));
  return unknown(call);
}

const unknown = (call: Call): Response | Promise<Response> => {
  const texts = spokenBy(call);
  return show(call, 404, messagePage({ ...texts.credentialPage.unknown, wayOut: "ask-anew" }, texts), texts);
};

/** The log gets a reference and the fault: never the address, whose path opens the link. */
const failed = ({ ids, log }: CredentialPagePorts, call: Call, thrown: unknown): Response | Promise<Response> => {
  const reference = ids.reference();
  log.error({ err: fromUnknown(thrown), reference }, "credential-page.failed");
  const texts = spokenBy(call);
  const { heading, text } = texts.credentialPage.failed;
  return show(call, 500, messagePage({ heading, text: text(reference), wayOut: "none" }, texts), texts);
};

const say = (
  call: Call,
  status: ContentfulStatusCode,
  words: { readonly heading: string; readonly text: string },
  texts: Texts,
): Response | Promise<Response> => show(call, status, messagePage({ ...words, wayOut: "none" }, texts), texts);

const show = async (call: Call, status: ContentfulStatusCode, page: Page, texts: Texts): Promise<Response> =>
  call.html(await framed(page, texts), status);

/** A link speaks its person's language, as Slack knows it. */
const textsOf = ({ handover }: FoundHandover): Texts => textsFor(handover.locale);

/** Where no link is known: the first language of the browser's that is spoken here. */
function spokenBy(call: Context): Texts {
  const wanted = (call.req.header("accept-language") ?? "").split(",").map((tag) => tag.split(";")[0]?.trim() ?? "");
  const spoken = wanted.find((tag) => tag !== "" && textsFor(tag).locale.slice(0, 2) === tag.slice(0, 2).toLowerCase());
  return textsFor(spoken ?? null);
}

const tokenIn = (path: string): string | null => path.match(/^\/credentials\/([^/]+)/u)?.[1] ?? null;
