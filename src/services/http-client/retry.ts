import { effectUnknown, type Failure, isPassing } from "./failure.ts";
import type { Method } from "./transport.ts";

interface RetryRules {
  /** All attempts, the first one included. */
  readonly attempts: number;
  readonly baseMilliseconds: number;
  readonly capMilliseconds: number;
  /** A wait longer than this is the caller's to plan, not ours to sit through. */
  readonly patienceMilliseconds: number;
}

const defaultRetryRules: RetryRules = {
  attempts: 5,
  baseMilliseconds: 500,
  capMilliseconds: 10_000,
  patienceMilliseconds: 60_000,
};

interface Attempt {
  readonly method: Method;
  /** 1 for the first. */
  readonly number: number;
  readonly failure: Failure;
}

/**
 * Milliseconds until the call may be sent again, or null: it must not, or it would not help.
 *
 * GET, PUT and DELETE repeat without harm. A POST makes a second object, and neither service has an idempotency key, so it is repeated
 * only when the failed one certainly had no effect. `Retry-After` is a floor; jitter comes on top so that replicas spread.
 *
 * @param random from 0 (included) to 1 (excluded)
 */
export function retryDelay(attempt: Attempt, random: () => number, rules: RetryRules = defaultRetryRules): number | null {
  const { method, number, failure } = attempt;
  if (number >= rules.attempts || !isPassing(failure)) return null;
  if (method === "POST" && effectUnknown(failure)) return null;
  const step = Math.min(rules.capMilliseconds, rules.baseMilliseconds * 2 ** (number - 1));
  const floor = failure.kind === "answered" && failure.retryAfterSeconds !== null ? failure.retryAfterSeconds * 1000 : step / 2;
  return floor > rules.patienceMilliseconds ? null : Math.round(floor + random() * (step / 2));
}
