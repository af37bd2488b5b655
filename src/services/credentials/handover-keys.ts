import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";

const CODE_DIGITS = 6;

/** What opens a link, and what names a browser: 256 bits that nobody can guess. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/** What the database has of a token: nobody who reads it can open the link. */
export const hashOf = (token: string): string => createHash("sha256").update(token).digest("hex");

/** The code that this browser shows for this hand-over. It follows from the cookie, so that no table holds it. @example "482913" */
export function codeOf(browser: string, handoverId: string): string {
  const digits = createHmac("sha256", browser).update(`code:${handoverId}`).digest().readUIntBE(0, 6) % 10 ** CODE_DIGITS;
  return String(digits).padStart(CODE_DIGITS, "0");
}

/** As a person types it: with a space or a hyphen, or none. */
export const typedCode = (typed: string): string => typed.replace(/[\s\p{Pd}.]/gu, "");

export const codeHashOf = (code: string, handoverId: string): string => hashOf(`${handoverId}:${code}`);

/** What a form carries back. It follows from the cookie and the hand-over, so a page elsewhere can make none. */
export const csrfOf = (browser: string, handoverId: string): string =>
  createHmac("sha256", browser).update(`form:${handoverId}`).digest("base64url");

/** In a time that does not tell how much of them is alike. */
export const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(createHash("sha256").update(one).digest(), createHash("sha256").update(other).digest());
