import { ownAddress, portOrOff, serviceAddress, setting, wholeNumber } from "./setting.ts";

/** Privileged credentials: the page that secrets are handed over on, and when one counts as old. */
export const credentialSettings = {
  CREDENTIAL_PAGE_PORT: setting({
    meaning:
      "Port of the one-time page on which people hand over secrets, and without which none can be handed over; `0` takes any free one and logs it, `off` serves none.",
    default: "off",
    example: "3002",
    advice: "Choose a free port; a proxy that speaks https stands in front of it.",
    schema: portOrOff,
  }),
  CREDENTIAL_PAGE_HOST: setting({
    meaning: "Address that the page is served on. The default takes connections from this machine alone.",
    default: "127.0.0.1",
    example: "127.0.0.1",
    advice: "Name an address of this machine, or 0.0.0.0 for all of them where the proxy is on another machine.",
    schema: ownAddress,
  }),
  CREDENTIAL_PAGE_URL: setting({
    meaning:
      "Address at which people's browsers reach the page, without a path: https, or http on this machine. Without it links lead to this machine alone.",
    example: "https://portcullis.example.com",
    advice: "Name the address of the proxy that stands in front of the page.",
    schema: serviceAddress
      .refine((typed) => URL.parse(typed)?.pathname === "/" && URL.parse(typed)?.search === "", "have no path")
      .transform((typed) => new URL(typed).origin),
  }),
  CREDENTIAL_PAGE_PROXIES: setting({
    meaning:
      "How many proxies of yours stand in front of the page: so many entries from the end of `X-Forwarded-For` are believed. It tells callers apart for the rate limit.",
    default: "0",
    example: "1",
    advice: "Count the proxies; with 0 the header is not read, and everybody behind a proxy shares one limit.",
    schema: wholeNumber(0, 5),
  }),
  CREDENTIAL_MAX_AGE_DAYS: setting({
    meaning: "Age in days from which the secret of a credential counts as stale and is in the weekly report to administrators.",
    default: "90",
    example: "90",
    advice: "Choose what your rules for passwords and keys say.",
    schema: wholeNumber(1, 3650),
  }),
};
