import { getRequestListener } from "@hono/node-server";
import { createCredentialPage } from "../../../src/http/credential-page/create-credential-page.ts";
import { createPageAddress } from "../../../src/http/credential-page/page-address.ts";
import { createPageLimits, type PageLimits } from "../../../src/http/credential-page/page-limits.ts";
import { listen } from "../../../src/http/listen.ts";
import { randomIds } from "../../../src/ids.ts";
import type { HandoverOffer, OfferHandover } from "../../../src/services/credentials/credentials-service.ts";
import { aCredentialHouse, dora, type HouseOptions } from "../../services/credentials/a-credential-house.ts";

export const PASSWORD = "Correct-horse:42 & <battery>";

/** For those who come far more often than people do. */
export const noLimits: PageLimits = { admit: async () => null, noteUnknown: async () => {} };

/** The page on a port of its own, over a house of credentials. `url`: the public address, when a proxy is played. */
export async function aPage({
  url = null,
  proxies = 0,
  limits = createPageLimits(),
  ...options
}: HouseOptions & { readonly url?: string | null; readonly proxies?: number; readonly limits?: PageLimits }) {
  const address = createPageAddress({ port: 0, host: "127.0.0.1", url, proxies });
  const house = aCredentialHouse({ ...options, pageUrl: address.urlOf });
  const { door, ports } = house;
  const page = createCredentialPage({ door, address, limits, proxies, ids: randomIds, log: ports.log });
  const server = await listen(getRequestListener(page.fetch, { overrideGlobalObjects: false }), {
    port: 0,
    host: "127.0.0.1",
    setting: "",
  });
  address.listening(server.port);
  const direct = `http://127.0.0.1:${server.port}`;
  const offer = (over: Partial<OfferHandover & { kind: "add" }> = {}): Promise<HandoverOffer> =>
    house.credentials.offer({
      by: dora,
      kind: "add",
      name: "db-prod root",
      type: "USERNAME_PASSWORD",
      userName: "root",
      userDomain: null,
      description: null,
      microtenantId: null,
      ...over,
    });
  return {
    ...house,
    direct,
    offer,
    /** Those of this name, as the tenant has them. */
    stored: async (name: string) => (await options.client.tenant.control.state()).credentials.filter((each) => each.name === name),
    /** A browser that has confirmed its code. */
    readied: async (over: Partial<OfferHandover & { kind: "add" }> = {}) => {
      const offered = await offer(over);
      const browser = aBrowser(`${direct}${new URL(offered.url).pathname}`);
      await browser.begin();
      await house.credentials.confirm({ by: over.by ?? dora, handoverId: offered.handoverId, code: codeIn(await browser.open()) });
      return { offered, browser };
    },
    close: () => server.close(),
  };
}

export interface Seen {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** A browser: it keeps cookies, follows redirections, and says of a form where it came from. */
export function aBrowser(link: string, { headers = {} }: { readonly headers?: Record<string, string> } = {}) {
  const jar = new Map<string, string>();
  const set: string[] = [];
  const call = async (path: string, init: RequestInit = {}): Promise<Seen> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(path, {
      redirect: "manual",
      ...init,
      headers: { ...(cookie === "" ? {} : { cookie }), ...headers, ...Object.fromEntries(new Headers(init.headers)) },
    });
    for (const line of answer.headers.getSetCookie()) {
      set.push(line);
      const [name = "", value = ""] = line.split(";")[0]?.split(/=(.*)/su) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get("location");
    if (answer.status === 303 && location !== null) {
      await answer.arrayBuffer();
      return call(new URL(location, path).href);
    }
    return { status: answer.status, text: await answer.text(), headers: answer.headers };
  };
  const formOf = async (fields: Record<string, string | Blob>): Promise<FormData> => {
    const form = new FormData();
    if (!("csrf" in fields)) form.set("csrf", csrfIn(await call(link)));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return form;
  };
  const own = { origin: "null", "sec-fetch-site": "same-origin" };
  return {
    jar,
    /** Lines with which cookies were set. */
    set,
    open: (over: Record<string, string> = {}) => call(link, { headers: over }),
    begin: (over: Record<string, string> = {}) => call(`${link}/begin`, { method: "POST", headers: { ...own, ...over } }),
    send: async (fields: Record<string, string | Blob>, over: Record<string, string> = {}) =>
      call(link, { method: "POST", headers: { ...own, ...over }, body: await formOf(fields) }),
    /** Sends the same form several times at once. */
    sendTogether: async (fields: Record<string, string | Blob>, times: number) => {
      const forms = await Promise.all(Array.from({ length: times }, () => formOf(fields)));
      return Promise.all(forms.map((body) => call(link, { method: "POST", headers: own, body })));
    },
    call,
  };
}

export const csrfIn = ({ text }: Seen): string => text.match(/name="csrf" value="([^"]+)"/)?.[1] ?? "";
export const codeIn = ({ text }: Seen): string => text.match(/class="code">([\d ]+)</)?.[1] ?? "";
export const headingIn = ({ text }: Seen): string => text.match(/<h1>([^<]+)</)?.[1] ?? "";

export type PageUnderTest = Awaited<ReturnType<typeof aPage>>;
