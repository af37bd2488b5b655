import type { Timers } from "../../../../src/timers.ts";

export interface VirtualTimers extends Timers {
  /** Runs until the work is done, jumping from one sleep's end to the next. */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Time that passes only when everybody sleeps. */
export function virtualTimers(): VirtualTimers {
  let now = 0;
  const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
  const wakeNext = (): void => {
    sleepers.sort((a, b) => a.until - b.until);
    const next = sleepers.shift();
    if (next === undefined) return;
    now = Math.max(now, next.until);
    next.wake();
  };
  return {
    sleep: (milliseconds) => new Promise((wake) => sleepers.push({ until: now + milliseconds, wake })),
    monotonicMilliseconds: () => now,
    run: async (work) => {
      const progress = { finished: false };
      const finish = (): void => {
        progress.finished = true;
      };
      work.then(finish, finish);
      while (!progress.finished) {
        await new Promise(setImmediate);
        wakeNext();
      }
      return work;
    },
  };
}
