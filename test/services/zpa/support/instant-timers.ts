import type { Timers } from "../../../../src/timers.ts";

/** Sleeps that end at once and are remembered. */
export function instantTimers(): Timers & { readonly slept: number[] } {
  const slept: number[] = [];
  return {
    slept,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
    },
    monotonicMilliseconds: () => 0,
  };
}
