import type { ClosedWhy, Handover } from "./handover.ts";

/** Where a link stands for one who comes with this browser, at this instant. */
export type Standing =
  /** No browser has it yet. */
  | { readonly kind: "fresh" }
  /** Another browser has it. */
  | { readonly kind: "elsewhere" }
  /** This browser has it, and the code was not confirmed in Slack yet. */
  | { readonly kind: "waiting" }
  /** This browser may send the secret. */
  | { readonly kind: "ready" }
  /** This browser has sent it. */
  | { readonly kind: "sent" }
  | { readonly kind: "over"; readonly why: ClosedWhy | "used" };

/** Wrong codes after which a link is over. */
export const MOST_WRONG_CODES = 5;

/**
 * Where a hand-over stands. What is over stays over, whoever asks; only the browser that sent the secret learns what became of it.
 * @param browserHash of the cookie that came along; null without one
 */
export function standingOf(handover: Handover, browserHash: string | null, now: Date): Standing {
  const isItsBrowser = browserHash !== null && handover.browserHash === browserHash;
  if (handover.usedAt !== null) return isItsBrowser ? { kind: "sent" } : { kind: "over", why: "used" };
  if (handover.closed !== null) return { kind: "over", why: handover.closed.why };
  if (now >= handover.expiresAt) return { kind: "over", why: "expired" };
  if (handover.browserHash === null) return { kind: "fresh" };
  if (!isItsBrowser) return { kind: "elsewhere" };
  return { kind: handover.confirmedAt === null ? "waiting" : "ready" };
}
