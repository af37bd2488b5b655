import type { Timers } from "../../timers.ts";
import { type Lane, type SlotRules, type Slots, zpaSlotRules } from "./slots.ts";

/** Slots of one process, for the command line and for tests. */
export function createMemorySlots(timers: Timers, rules: SlotRules = zpaSlotRules): Slots {
  const { perLane, restMilliseconds, leaseMilliseconds } = rules;
  let tickets = 0;
  const lanes: Readonly<Record<Lane, { freeAt: number; ticket: string }[]>> = {
    read: emptyLane(perLane.read),
    write: emptyLane(perLane.write),
  };
  return {
    take: async (lane) => {
      const now = timers.monotonicMilliseconds();
      const freeAt = Math.min(...lanes[lane].map((slot) => slot.freeAt));
      const number = lanes[lane].findIndex((slot) => slot.freeAt === freeAt);
      if (freeAt > now) return { waitMilliseconds: freeAt - now };
      tickets += 1;
      const ticket = String(tickets);
      lanes[lane][number] = { freeAt: now + leaseMilliseconds, ticket };
      return { lane, number, ticket };
    },
    release: async ({ lane, number, ticket }) => {
      if (lanes[lane][number]?.ticket === ticket)
        lanes[lane][number] = { freeAt: timers.monotonicMilliseconds() + restMilliseconds, ticket };
    },
    left: async () => {
      const now = timers.monotonicMilliseconds();
      const free = (lane: Lane): number => lanes[lane].filter(({ freeAt }) => freeAt <= now).length;
      return { read: free("read"), write: free("write") };
    },
  };
}

const emptyLane = (slots: number) => Array.from({ length: slots }, () => ({ freeAt: Number.NEGATIVE_INFINITY, ticket: "" }));
