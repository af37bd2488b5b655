import type { Metrics, RequestOutcome } from "../../metrics.ts";
import type { Approval, ApprovalStatus } from "./approval.ts";

const OUTCOMES: Readonly<Record<Exclude<ApprovalStatus, "PENDING">, RequestOutcome>> = {
  APPROVED: "approved",
  REJECTED: "rejected",
  CANCELLED: "cancelled",
  EXPIRED: "expired",
  PASSED: "passed",
};

/** Counts an approval that the change just committed has settled. A settled approval takes no further change, so it counts once. */
export function countSettled(metrics: Pick<Metrics, "request"> | undefined, { status }: Pick<Approval, "status">): void {
  if (status !== "PENDING") metrics?.request(OUTCOMES[status]);
}
