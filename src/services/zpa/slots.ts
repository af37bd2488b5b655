/** ZPA counts reads (GET) and writes (POST, PUT, DELETE) apart. */
export type Lane = "read" | "write";

export interface SlotRules {
  readonly perLane: Readonly<Record<Lane, number>>;
  /** How long a slot rests after the answer to its call. */
  readonly restMilliseconds: number;
  /** A call whose process died gives its slot back after this; longer than any call can take. */
  readonly leaseMilliseconds: number;
}

/** ZPA's limit ("Understanding Rate Limiting"): 20 reads and 10 writes in ten seconds, counted from the first. */
export const zpaSlotRules: SlotRules = { perLane: { read: 20, write: 10 }, restMilliseconds: 10_000, leaseMilliseconds: 90_000 };

export interface Slot {
  readonly lane: Lane;
  readonly number: number;
  readonly ticket: string;
}

/**
 * The budget as numbered slots. A call holds a slot from before it is sent until ten seconds after its answer, so
 * the instant at which ZPA counts the call, wherever it lies in between, has no more than a lane's slots in the ten seconds after it. A
 * counter by window, fixed or from the first call, does not give that: it lets twice the budget through around its edge.
 */
export interface Slots {
  /** A free slot, or how long to wait before asking again. */
  take(lane: Lane): Promise<Slot | { readonly waitMilliseconds: number }>;
  release(slot: Slot): Promise<void>;
  /** How many are free this instant: for people who watch, not to decide by. */
  left(): Promise<Readonly<Record<Lane, number>>>;
}
