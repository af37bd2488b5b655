import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import type { SlotRules, Slots } from "../zpa/slots.ts";
import { createThrottle } from "../zpa/throttle.ts";

/** What people wait for goes before what is read on a schedule. */
export type SailPointPriority = "decision" | "look" | "poll";

/** Keeps every caller, in every replica that shares its slots, inside SailPoint's budget. */
export interface SailPointBudget {
  run<T>(place: { readonly priority: SailPointPriority; readonly signal?: AbortSignal }, call: () => Promise<T>): Promise<T>;
}

/**
 * SailPoint's limit ("Rate limits"): 100 calls in ten seconds for each client id and API version, reads and writes together; so all of them
 * hold slots of one lane.
 */
export const sailPointSlotRules: SlotRules = { perLane: { read: 100, write: 0 }, restMilliseconds: 10_000, leaseMilliseconds: 90_000 };

const zpaPriority = { decision: "end", look: "grant", poll: "read" } as const;

/** The queue in front of SailPoint's slots: the throttle that ZPA has, with one lane. */
export function createSailPointBudget(ports: { readonly slots: Slots; readonly timers: Timers; readonly log: Log }): SailPointBudget {
  const throttle = createThrottle(ports);
  return {
    run: ({ priority, signal }, call) =>
      throttle.run({ lane: "read", priority: zpaPriority[priority], ...(signal === undefined ? {} : { signal }) }, call),
  };
}
