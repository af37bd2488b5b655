import type { MiddlewareHandler } from "hono";

/** What a simulated tenant counts of what it was asked. */
export interface CallCounts {
  calls: Map<string, number>;
  authCalls: number;
  rateLimited: number;
}

/** Counts API calls by HTTP method, and the answers 429 among them. */
export const countCalls =
  (counts: CallCounts): MiddlewareHandler =>
  async (context, next) => {
    const { method } = context.req;
    counts.calls.set(method, (counts.calls.get(method) ?? 0) + 1);
    await next();
    if (context.res.status === 429) counts.rateLimited += 1;
  };

export function resetCalls(counts: CallCounts): void {
  counts.calls = new Map();
  counts.authCalls = 0;
  counts.rateLimited = 0;
}
