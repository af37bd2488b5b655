import type { ApprovalStatus, Seat } from "./approval.ts";
import type { ApprovalCriteria, Criterion } from "./approval-config.ts";

/** Seats that must agree: COUNT as given, PERCENT of all seats rounded up; at most all, and at least one even of none. */
export function seatsNeeded({ calculationType, value }: Criterion, seats: number): number {
  const needed = calculationType === "COUNT" ? value : Math.ceil((seats * value) / 100);
  return Math.max(Math.min(needed, seats), 1);
}

/**
 * What the seats' decisions add up to. Rejected also when too few open seats are left for the approval criterion to be met
 * (SailPoint, "Adaptive approvals": a quorum fails once the threshold cannot be reached any more).
 */
export function outcome(criteria: ApprovalCriteria, seats: readonly Seat[]): Extract<ApprovalStatus, "PENDING" | "APPROVED" | "REJECTED"> {
  const approvals = seats.filter((seat) => seat.decision?.verdict === "APPROVED").length;
  const rejections = seats.filter((seat) => seat.decision?.verdict === "REJECTED").length;
  const open = seats.length - approvals - rejections;
  const needed = seatsNeeded(criteria.approval, seats.length);
  if (approvals >= needed) return "APPROVED";
  if (rejections >= seatsNeeded(criteria.rejection, seats.length) || approvals + open < needed) return "REJECTED";
  return "PENDING";
}
