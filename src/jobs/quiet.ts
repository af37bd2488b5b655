import { setTimeout as sleep } from "node:timers/promises";

export interface QuietOptions {
  /** Quiet is when nothing was touched for this long. */
  readonly settleMilliseconds: number;
  /** Nobody stands back longer than this, however busy it stays. */
  readonly mostMilliseconds: number;
}

/**
 * Lets work that nobody waits for stand back while something more urgent comes in. Slack gives three seconds to acknowledge a click,
 * and what a click sets going must not slow the acknowledgement of the next one.
 */
export function createQuiet({ settleMilliseconds, mostMilliseconds }: QuietOptions) {
  let touchedAt = Number.NEGATIVE_INFINITY;
  let waiting: Promise<void> | undefined;

  const wait = async (): Promise<void> => {
    const begin = performance.now();
    for (;;) {
      const now = performance.now();
      const rest = Math.min(touchedAt + settleMilliseconds, begin + mostMilliseconds) - now;
      if (rest <= 0) break;
      await sleep(rest);
    }
    waiting = undefined;
  };

  return {
    /** Something urgent is going on. */
    touch(): void {
      touchedAt = performance.now();
    },
    /** Resolves once it is quiet, or the patience is over. */
    whenQuiet(): Promise<void> {
      waiting ??= wait();
      return waiting;
    },
  };
}
