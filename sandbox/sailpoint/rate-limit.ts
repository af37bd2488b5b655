import type { MiddlewareHandler } from "hono";
import { tooManyRequests } from "./refusal.ts";
import type { ApiEnvironment } from "./respond.ts";

const windowMilliseconds = 10_000;
const callsInWindow = 100;

/**
 * 100 calls in any ten seconds for each client and version of the API. Time is the machine's own: it does not move with the tenant's clock.
 */
export function limitRate(version: string, monotonicMilliseconds: () => number): MiddlewareHandler<ApiEnvironment> {
  const calls = new Map<string, number[]>();
  return async (context, next) => {
    const key = `${version} ${context.get("clientId")}`;
    const now = monotonicMilliseconds();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < windowMilliseconds);
    calls.set(key, recent);
    const [first] = recent;
    if (first !== undefined && recent.length >= callsInWindow) throw tooManyRequests(Math.ceil((first + windowMilliseconds - now) / 1000));
    recent.push(now);
    return next();
  };
}
