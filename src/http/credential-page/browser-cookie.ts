import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { pathOf } from "./page-address.ts";

/** What {@link randomToken} makes. Anything else is nobody's cookie. */
const TOKEN = /^[\w-]{43}$/u;
const MAX_AGE_SECONDS = 900;

/** Where the cookie goes. On plain http, which is this machine alone, a browser would not keep a `Secure` one. */
export interface CookieScope {
  readonly token: string;
  readonly scheme: "http" | "https";
}

/**
 * `__Secure-` and not `__Host-`: that one is for the whole host, and the cookie of a link is for its own path, so that two links that are
 * open at once do not disturb each other.
 */
const nameOf = ({ scheme }: CookieScope): string => (scheme === "https" ? "__Secure-portcullis-handover" : "portcullis-handover");

/** The browser's cookie for this link; null without one. */
export function browserOf(context: Context, scope: CookieScope): string | null {
  const value = getCookie(context, nameOf(scope));
  return value !== undefined && TOKEN.test(value) ? value : null;
}

export function setBrowser(context: Context, scope: CookieScope, browser: string): void {
  setCookie(context, nameOf(scope), browser, {
    path: pathOf(scope.token),
    httpOnly: true,
    sameSite: "Strict",
    secure: scope.scheme === "https",
    maxAge: MAX_AGE_SECONDS,
  });
}
