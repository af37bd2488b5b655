import type { MiddlewareHandler } from "hono";
import { CONTENT_SECURITY_POLICY } from "./page-style.ts";

/** Half a year, as browsers that know the page should come back. */
const HSTS = "max-age=15552000";

/** On every answer, whatever it says: nothing is kept, told on, framed, guessed or loaded. */
export const pageHeaders =
  (isHttps: () => boolean): MiddlewareHandler =>
  async (context, next) => {
    await next();
    const { headers } = context.res;
    headers.set("content-security-policy", CONTENT_SECURITY_POLICY);
    headers.set("cache-control", "no-store");
    headers.set("referrer-policy", "no-referrer");
    headers.set("x-content-type-options", "nosniff");
    headers.set("x-frame-options", "DENY");
    headers.set("x-robots-tag", "noindex, nofollow");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("cross-origin-resource-policy", "same-origin");
    if (isHttps()) headers.set("strict-transport-security", HSTS);
  };
