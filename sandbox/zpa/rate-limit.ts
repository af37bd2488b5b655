import { tooManyRequests } from "./refusal.ts";

const windowMilliseconds = 10_000;
const limits = { read: 20, write: 10 } as const;

export type RateLimitScope = "path" | "tenant";

/**
 * 20 GETs and 10 writes in ten seconds from the first call, for each path (what recordings show) or for the whole tenant (the stricter
 * reading of the documentation). Time is the machine's own: it does not move with the tenant's clock.
 */
export function createRateLimit(scope: RateLimitScope, monotonicMilliseconds: () => number): (method: string, path: string) => void {
  const windows = new Map<string, { openedAt: number; calls: number }>();
  return (method, path) => {
    const lane = method === "GET" ? "read" : "write";
    const key = scope === "path" ? `${lane} ${path}` : lane;
    const now = monotonicMilliseconds();
    const known = windows.get(key);
    const current = known === undefined || now - known.openedAt >= windowMilliseconds ? { openedAt: now, calls: 0 } : known;
    windows.set(key, current);
    current.calls += 1;
    if (current.calls > limits[lane]) throw tooManyRequests(Math.ceil((windowMilliseconds - (now - current.openedAt)) / 1000) + 1);
  };
}
