import type { CatalogConsole } from "../catalog/catalog.ts";
import type { Person } from "../directory/person.ts";
import type { RequestedTime, Window } from "../schedule/working-hours.ts";

/**
 * PENDING waits for a decision; GRANTING is decided and not yet proven in ZPA; GRANTED is proven by read-back;
 * FAILED carries a reason and a reference; ENDED is over.
 */
export type RequestStatus = "PENDING" | "REJECTED" | "CANCELLED" | "EXPIRED" | "PASSED" | "GRANTING" | "GRANTED" | "FAILED" | "ENDED";

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
