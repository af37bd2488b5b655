/** Why one attempt of a call did not do what it should. */
export type Failure =
  /** Nothing reached the service. */
  | { readonly kind: "unsent"; readonly cause: unknown }
  /** It was sent, and no answer came. */
  | { readonly kind: "lost"; readonly cause: unknown }
  /** The service said that it went well, in a form that cannot be read. */
  | { readonly kind: "garbled"; readonly cause: unknown }
  | Refused;

export interface Refused {
  readonly kind: "answered";
  readonly status: number;
  readonly refusal: Refusal;
  readonly retryAfterSeconds: number | null;
  /** What this service means by it: the same call can succeed a little later; a new token cures it; or neither. */
  readonly meaning: "passing" | "token" | "final";
}

/** What a service says beside a status that is not 2xx. Every part may be missing: proxies answer too. */
interface Refusal {
  readonly id: string | null;
  readonly reason: string | null;
  readonly params: readonly string[];
  /** What the vendor's support asks for. */
  readonly requestId: string | null;
}

/** Whether a write that failed like this may have been carried out all the same. */
export function effectUnknown(failure: Failure): boolean {
  switch (failure.kind) {
    case "unsent":
      return false;
    case "lost":
    case "garbled":
      return true;
    case "answered":
      return failure.status >= 500;
  }
}

/** Whether the same call can succeed a little later. */
export const isPassing = (failure: Failure): boolean => failure.kind !== "answered" || failure.meaning === "passing";

/** Seconds, with or without a unit (`4`, `4s`). A date or nonsense is null. */
export function retryAfterSeconds(header: string | undefined): number | null {
  const digits = header?.match(/^\s*(\d{1,6}(?:\.\d+)?)\s*s?\s*$/i)?.[1];
  return digits === undefined ? null : Number(digits);
}
