/** Days as ZPA spells them, in the order of its week. */
export const WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/**
 * Recurring local hours. An end before the start means the next local day.
 * `start` and `end` are local `HH:mm`; `timeZone` is an IANA name, old names included (Asia/Calcutta).
 */
export interface WorkingHours {
  readonly days: readonly Weekday[];
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
}

/** A span of instants, start included, end excluded. */
export interface Window {
  readonly start: Date;
  readonly end: Date;
}

/** The two Quartz expressions that ZPA stores, in UTC. */
export interface CronPair {
  readonly startTimeCron: string;
  readonly endTimeCron: string;
}

/** What a person asked for, before anyone decided: a start or an end may only be known at the approval. */
export interface RequestedTime {
  readonly start: { readonly kind: "onApproval" } | { readonly kind: "at"; readonly at: Date };
  readonly end: { readonly kind: "after"; readonly seconds: number } | { readonly kind: "at"; readonly at: Date };
  readonly workingHours: WorkingHours | null;
}
