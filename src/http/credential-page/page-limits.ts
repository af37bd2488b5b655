import type { IncomingMessage } from "node:http";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { hashOf } from "../../services/credentials/handover-keys.ts";

const SECONDS = 60;
/** A page that waits looks fifteen times a minute; several people may share one address. */
const OF_ADDRESS = 120;
const OF_TOKEN = 60;
/** Whoever tries addresses is soon done. */
const FOR_UNKNOWN = 10;

export interface PageLimits {
  /** Counts one call. @returns seconds to wait, null when it may go on */
  admit(from: { readonly address: string; readonly token: string | null }): Promise<number | null>;
  /** Counts a link that there is none of. */
  noteUnknown(address: string): Promise<void>;
}

/** What one replica answers at most in a minute, to one address and for one link. Kept in memory: no more than a brake. */
export function createPageLimits(): PageLimits {
  const addresses = new RateLimiterMemory({ points: OF_ADDRESS, duration: SECONDS });
  const tokens = new RateLimiterMemory({ points: OF_TOKEN, duration: SECONDS });
  return {
    admit: async ({ address, token }) =>
      (await waitFor(addresses, address, 1)) ?? (token === null ? null : await waitFor(tokens, hashOf(token), 1)),
    noteUnknown: async (address) => void (await waitFor(addresses, address, OF_ADDRESS / FOR_UNKNOWN)),
  };
}

async function waitFor(limiter: RateLimiterMemory, key: string, points: number): Promise<number | null> {
  try {
    await limiter.consume(key, points);
    return null;
  } catch (thrown) {
    if (thrown instanceof RateLimiterRes) return Math.ceil(thrown.msBeforeNext / 1000);
    throw thrown;
  }
}

/**
 * Who calls. Of `X-Forwarded-For` only what our own proxies wrote is believed: as many entries from its end as there are of them.
 * @param proxies how many stand in front; 0: the header is not read
 */
export function addressOf({ socket, headers }: IncomingMessage, proxies: number): string {
  const direct = socket.remoteAddress ?? "unknown";
  if (proxies === 0) return direct;
  const hops = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  return hops.at(-proxies)?.trim() || direct;
}
