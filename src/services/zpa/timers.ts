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
