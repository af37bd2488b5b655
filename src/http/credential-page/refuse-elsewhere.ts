import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Whether a call came to the page by the way that its address names. On this machine a name that leads here from elsewhere is refused
 * (DNS rebinding); for https a proxy that says it was asked in plain text.
 */
export function isServedHere({ host, "x-forwarded-proto": proto }: IncomingHttpHeaders, origin: string): boolean {
  const { protocol, hostname } = new URL(origin);
  if (protocol === "https:") return proto === undefined || [proto].flat().at(-1)?.split(",").at(-1)?.trim() === "https";
  return LOOPBACK.has(hostname) && LOOPBACK.has(URL.parse(`http://${host ?? ""}`)?.hostname ?? "");
}

/**
 * Whether a form came from the page itself, as far as the browser says. `Origin` is `null` for the page's own forms, because it sends no
 * referrer; the form's token says the rest.
 */
export function isOwnForm({ origin: from, "sec-fetch-site": site }: IncomingHttpHeaders, origin: string): boolean {
  return (site === undefined || site === "same-origin") && (from === undefined || from === "null" || from === origin);
}
