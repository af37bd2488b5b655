import type { CronPair, WorkingHours } from "../schedule/working-hours.ts";
import type { Failure } from "./request.ts";

/** ENDING: it must be gone from ZPA, and is not yet proven to be. */
export type GrantStatus = "PLANNED" | "GRANTED" | "ENDING" | "FAILED" | "ENDED";

/** What of a grant can change while it stands. */
export interface GrantTerms {
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
}

/** What Portcullis wants to be true in ZPA: one email, segments of one microtenant, a window, working hours. */
export interface Grant {
  readonly id: string;
  readonly requestId: string;
  readonly microtenantId: string | null;
  /** 0; 1 is the second half of overnight hours that are split at midnight. */
  readonly part: number;
  readonly email: string;
  readonly segmentIds: readonly string[];
  readonly consoleIds: readonly string[];
  /** Whole seconds. Fixed at the first attempt, when a late start is clamped to that instant. */
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
  /** What stands in ZPA while a change is being written; null when nothing is changing. */
  readonly changingFrom: GrantTerms | null;
  readonly status: GrantStatus;
  /** Id of the privileged approval, once read back. */
  readonly zpaId: string | null;
  readonly failure: Failure | null;
}

/** Why something that is to be over could not be ended yet: it may still be open. Null where nothing is stuck. */
export const notEnded = (grants: readonly Grant[]): Failure | null =>
  grants.find(({ status, failure }) => status === "ENDING" && failure !== null)?.failure ?? null;
