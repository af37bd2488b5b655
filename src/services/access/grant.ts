import type { CronPair, WorkingHours } from "../schedule/working-hours.ts";
import type { Failure } from "./request.ts";

export type GrantStatus = "PLANNED" | "GRANTED" | "FAILED" | "ENDED";

/** What Portcullis wants to be true in ZPA: one email, segments of one microtenant, a window, working hours. */
export interface Grant {
  readonly id: string;
  readonly requestId: string;
  readonly microtenantId: string | null;
  readonly email: string;
  readonly segmentIds: readonly string[];
  readonly consoleIds: readonly string[];
  /** Whole seconds. Fixed at the first attempt, when a late start is clamped to that instant. */
  readonly start: Date;
  readonly end: Date;
  readonly workingHours: (WorkingHours & CronPair) | null;
  readonly status: GrantStatus;
  /** Id of the privileged approval, once read back. */
  readonly zpaId: string | null;
  readonly failure: Failure | null;
}
