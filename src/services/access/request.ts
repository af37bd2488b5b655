import type { CatalogConsole } from "../catalog/catalog.ts";
import type { Person } from "../directory/person.ts";
import type { RequestedTime, Window, WorkingHours } from "../schedule/working-hours.ts";

/**
 * PENDING waits for a decision; GRANTING is decided and not yet proven in ZPA; GRANTED is proven by read-back;
 * FAILED carries a reason and a reference; ENDING is over by somebody's wish and not yet proven to be; ENDED is over.
 */
export type RequestStatus =
  | "PENDING"
  | "REJECTED"
  | "CANCELLED"
  | "EXPIRED"
  | "PASSED"
  | "GRANTING"
  | "GRANTED"
  | "FAILED"
  | "ENDING"
  | "ENDED";

/**
 * Where a request comes from: somebody asked; an administrator on call gave; somebody broke the glass; somebody renewed what they had; it
 * was approved in SailPoint.
 */
export type RequestOrigin = "REQUEST" | "ON_CALL" | "BREAK_GLASS" | "RENEWAL" | "SAILPOINT";

/** Why access ended before its window did: the holder is done, somebody took it away, the holder has left Slack. */
export type EndingCause = "DONE" | "REVOKED" | "LEFT";

export interface Ending {
  readonly cause: EndingCause;
  /** A Slack user id, `cli:<name>`, or `portcullis`. */
  readonly by: string;
  readonly reason: string | null;
  readonly at: Date;
}

/** What of granted access can be changed. */
export interface AccessTerms {
  readonly end: Date;
  readonly workingHours: WorkingHours | null;
}

/**
 * A change of granted access. WANTED until ZPA has shown it back; REFUSED when ZPA would not have it: what stood before still stands.
 * OVERTAKEN when the access ended before it was written.
 */
export interface Amendment {
  readonly id: string;
  /** A Slack user id, `cli:<name>`, or `portcullis`. */
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly before: AccessTerms;
  readonly after: AccessTerms;
  readonly outcome: "WANTED" | "WRITTEN" | "REFUSED" | "OVERTAKEN";
  readonly failure: Failure | null;
}

export interface Failure {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Also in the log. */
  readonly reference: string;
}

/** What a person asked for. `window` is set when it is decided, from `time` at that instant. */
export interface AccessRequest {
  readonly id: string;
  /** Shown as `PRA-1042`. */
  readonly number: number;
  readonly requester: Person;
  readonly beneficiary: Person;
  /** As the catalog knew them when they were asked for: what the approvers saw is what is granted. */
  readonly consoles: readonly CatalogConsole[];
  readonly time: RequestedTime;
  readonly reason: string;
  readonly status: RequestStatus;
  readonly window: Window | null;
  readonly failure: Failure | null;
  /** Which requests one submission made, because its consoles fall under different rules; null when it made this one alone. */
  readonly batch: { readonly id: string; readonly size: number } | null;
  readonly origin: RequestOrigin;
  /** The request whose access this one goes on with. */
  readonly renewsId: string | null;
  readonly ending: Ending | null;
  /** The oldest first. */
  readonly amendments: readonly Amendment[];
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

/**
 * The number behind what a person typed for a request; null when it is none.
 * @example requestNumber("pra-1042") // 1042
 */
export function requestNumber(typed: string): number | null {
  const digits = /^(?:PRA-)?(\d{1,9})$/iu.exec(typed.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}

/** `PRA-1042`. */
export const requestLabel = (request: { readonly number: number }): string => `PRA-${request.number}`;
