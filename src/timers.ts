import { setTimeout as sleepFor } from "node:timers/promises";

/** Waiting and measuring: real time, which does not move with a test's or a sandbox's clock. */
export interface Timers {
  /** Rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds on a clock that only goes forward. */
  monotonicMilliseconds(): number;
}

/** The machine's own timers. */
export const systemTimers: Timers = {
  sleep: async (milliseconds, signal) => {
    try {
      await sleepFor(milliseconds, undefined, signal === undefined ? {} : { signal });
    } catch (cause) {
      throw signal?.aborted === true ? signal.reason : cause;
    }
  },
  monotonicMilliseconds: () => performance.now(),
};

/** Sleeps, and wakes early without a word when the signal aborts. */
export const sleepUnlessWoken = async (timers: Timers, milliseconds: number, signal: AbortSignal): Promise<void> => {
  try {
    await timers.sleep(milliseconds, signal);
  } catch (cause) {
    if (!signal.aborted) throw cause;
  }
};

/** Waits for the work at most that long, and says whether it was done by then. The work itself goes on. */
export const doneWithin = async (timers: Timers, milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
  const done = new AbortController();
  const wake = (): void => done.abort();
  work.then(wake, wake);
  await sleepUnlessWoken(timers, milliseconds, done.signal);
  return done.signal.aborted;
};
