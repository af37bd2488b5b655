import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import type { Lane, Slot, Slots } from "./slots.ts";
import type { ZpaPriority } from "./zpa-client.ts";

interface Throttled {
  readonly lane: Lane;
  readonly priority: ZpaPriority;
  /** Gives up the place in the queue; the rejection is the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Keeps every caller, in every replica that shares its slots, inside ZPA's budget. */
export interface Throttle {
  /** Runs `call` when its lane has a slot: at once while the budget lasts, else by priority and then in the order of asking. */
  run<T>(place: Throttled, call: () => Promise<T>): Promise<T>;
}

/** Lower goes first. */
const rank: Readonly<Record<ZpaPriority, number>> = { end: 0, grant: 1, read: 2 };

/**
 * When slots are short, a lower rank wakes this much later per step: an end that waits in another process is there first.
 */
const stepBackMilliseconds = 100;

/** A slot whose call is under way comes free at an instant that nobody knows yet. */
const longestSleepMilliseconds = 1_000;

interface Waiter {
  readonly rank: number;
  readonly admit: (slot: Slot) => void;
  readonly refuse: (cause: unknown) => void;
}

/** The queue in front of the slots. */
export function createThrottle({ slots, timers, log }: { readonly slots: Slots; readonly timers: Timers; readonly log: Log }): Throttle {
  const waiting: Readonly<Record<Lane, Waiter[]>> = { read: [], write: [] };
  const pumping: Record<Lane, boolean> = { read: false, write: false };

  const pump = async (lane: Lane): Promise<void> => {
    if (pumping[lane]) return;
    pumping[lane] = true;
    try {
      for (let head = waiting[lane][0]; head !== undefined; head = waiting[lane][0]) {
        const found = await slots.take(lane);
        if ("ticket" in found) await give(found);
        else await timers.sleep(Math.min(longestSleepMilliseconds, found.waitMilliseconds) + head.rank * stepBackMilliseconds);
      }
    } catch (cause) {
      for (const waiter of waiting[lane].splice(0)) waiter.refuse(cause);
    } finally {
      pumping[lane] = false;
    }
  };

  /** The first in the queue may have changed, or gone, while the slot was being asked for. */
  const give = async (slot: Slot): Promise<void> => {
    const first = waiting[slot.lane].shift();
    if (first === undefined) await release(slot);
    else first.admit(slot);
  };

  /** What the call brought back counts more than a slot that was not given back: its lease ends by itself. */
  const release = (slot: Slot): Promise<void> =>
    slots.release(slot).catch((err: unknown) => log.warn({ err, lane: slot.lane }, "zpa.slot.not_released"));

  const admission = ({ lane, priority, signal }: Throttled): Promise<Slot> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const leave = (): void => {
        const place = waiting[lane].indexOf(waiter);
        if (place >= 0) waiting[lane].splice(place, 1);
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        rank: rank[priority],
        admit: (slot) => {
          signal?.removeEventListener("abort", leave);
          resolve(slot);
        },
        refuse: (cause) => {
          signal?.removeEventListener("abort", leave);
          reject(cause);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      const behind = waiting[lane].findIndex((other) => other.rank > waiter.rank);
      waiting[lane].splice(behind < 0 ? waiting[lane].length : behind, 0, waiter);
      void pump(lane);
    });

  return {
    run: async (place, call) => {
      const slot = await admission(place);
      try {
        return await call();
      } finally {
        await release(slot);
      }
    },
  };
}
