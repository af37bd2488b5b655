import type { Clock } from "../src/clock.ts";

/** Hears of a move before {@link MovableClock.moveTo} resolves. The offset is the simulated present minus the machine's. */
type ClockListener = (offsetMilliseconds: number) => void | Promise<void>;

/** The sandbox's clock: it runs at the machine's speed, ahead of it by an offset that a person moves forward. */
export interface MovableClock extends Clock {
  offsetMilliseconds(): number;
  /** @throws RangeError when `instant` is not after the simulated present: jobs that have run do not run backwards. */
  moveTo(instant: Date): Promise<void>;
  onMove(listener: ClockListener): void;
}

export function createMovableClock(machine: Clock): MovableClock {
  const listeners: ClockListener[] = [];
  let offset = 0;
  const now = () => new Date(machine.now().getTime() + offset);
  return {
    now,
    offsetMilliseconds: () => offset,
    onMove: (listener) => {
      listeners.push(listener);
    },
    moveTo: async (instant) => {
      if (!(instant.getTime() > now().getTime())) throw new RangeError("The sandbox's clock moves forward only.");
      offset = instant.getTime() - machine.now().getTime();
      // In order, one after the other: the tenant must live in the new present before the bot's timers act on it.
      for (const listener of listeners) await listener(offset);
    },
  };
}
