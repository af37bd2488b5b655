import type { Timers } from "../../src/timers.ts";

/** Timers that a test moves by hand: a sleep ends when `pass` has moved time beyond it. */
export const createHandTimers = () => {
  let now = 0;
  const sleeping = new Set<{ readonly until: number; readonly wake: () => void }>();
  const timers: Timers = {
    monotonicMilliseconds: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        const sleeper = { until: now + milliseconds, wake: resolve };
        sleeping.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleeping.delete(sleeper);
          reject(signal.reason);
        });
      }),
  };
  /** Lets promises that are ready run on. */
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    for (const sleeper of [...sleeping].sort((a, b) => a.until - b.until)) {
      if (sleeper.until > now) continue;
      sleeping.delete(sleeper);
      sleeper.wake();
      await settle();
    }
    await settle();
  };
  return { timers, pass, settle, sleepers: () => sleeping.size };
};
