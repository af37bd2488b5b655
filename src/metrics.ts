/** How a request came in, or what became of it. */
export type RequestOutcome = "submitted" | "approved" | "rejected" | "cancelled" | "expired" | "passed" | "granted" | "failed" | "ended";

/** What became of one exchange with ZPA. `lost`: it was sent and no answer came; `unsent`: it certainly never got there. */
export type ZpaOutcome = "ok" | "rate_limited" | "not_permitted" | "refused" | "failed" | "lost" | "unsent";
export type ZpaCallKind = "read" | "write" | "sign_in";

/**
 * What is counted. Each is called in the process that did it, after its commit: the sum over all replicas is right, and a run that is
 * rolled back or tried again counts once. Nothing here names a person or a request.
 */
export interface Metrics {
  request(outcome: RequestOutcome): void;
  /** A command of a person on an approval that went through: its kind, such as `approve`. */
  decision(kind: string): void;
  /** From the decision to the proof that the last of a request's grants is in ZPA. */
  timeToGrant(seconds: number): void;
  zpaCall(call: { readonly kind: ZpaCallKind; readonly outcome: ZpaOutcome }): void;
  /** One look into SailPoint's queue. */
  sailpointPoll(outcome: "ok" | "failed"): void;
  /** A job that will not be tried again. */
  jobFailed(queue: string): void;
}

/** For tests, and for a bot that shows its metrics to nobody. */
export const noMetrics: Metrics = {
  request: () => {},
  decision: () => {},
  timeToGrant: () => {},
  zpaCall: () => {},
  sailpointPoll: () => {},
  jobFailed: () => {},
};
