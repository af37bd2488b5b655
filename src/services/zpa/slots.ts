/** ZPA counts reads (GET) and writes (POST, PUT, DELETE) apart. */
export type Lane = "read" | "write";

/** ZPA's limit ("Understanding Rate Limiting"): calls in ten seconds, counted from the first. */
export const slotsPerLane: Readonly<Record<Lane, number>> = { read: 20, write: 10 };

/** How long a slot rests after the answer to its call. */
export const restMilliseconds = 10_000;

/** A call whose process died gives its slot back after this; longer than any call can take. */
export const leaseMilliseconds = 90_000;

export interface Slot {
  readonly lane: Lane;
  readonly number: number;
  readonly ticket: string;
}

/**
 * The budget as numbered slots. A call holds a slot from before it is sent until {@link restMilliseconds} after its answer, so
 * the instant at which ZPA counts the call, wherever it lies in between, has no more than a lane's slots in the ten seconds after it. A
 * counter by window, fixed or from the first call, does not give that: it lets twice the budget through around its edge.
 */
export interface Slots {
  /** A free slot, or how long to wait before asking again. */
  take(lane: Lane): Promise<Slot | { readonly waitMilliseconds: number }>;
  release(slot: Slot): Promise<void>;
}
