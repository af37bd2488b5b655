import type { Approval } from "./approval.ts";
import { type ApprovalEvent, evolve } from "./approval-events.ts";
import { outcome } from "./quorum.ts";
import { seatsInTurn } from "./seats.ts";

/** What a command made of an approval, and by which steps. */
export interface Decided {
  readonly approval: Approval;
  readonly events: readonly ApprovalEvent[];
}

/** The seats that approve themselves now: in a serial chain one makes way for the next. */
export function autoApprovals(before: Approval, now: Date): ApprovalEvent[] {
  const events: ApprovalEvent[] = [];
  for (
    let approval = before;
    outcome(approval.criteria, approval.seats) === "PENDING";
    approval = events.slice(-1).reduce(evolve, approval)
  ) {
    const seat = seatsInTurn(approval).find(({ autoApproveFor }) => autoApproveFor !== null);
    if (seat?.autoApproveFor == null) break;
    const decision = { verdict: "APPROVED", by: seat.autoApproveFor, at: now, comment: null, capacity: "AUTO" } as const;
    events.push({ kind: "approval.seat_decided", at: now, seatId: seat.id, decision, comment: null });
  }
  return events;
}

/**
 * The end of it, when the decisions so far amount to one.
 * @param events what brought it about; the first decision among them is that of the person who acted, others made way for themselves
 */
export function settlement(approval: Approval, events: readonly ApprovalEvent[], now: Date): ApprovalEvent[] {
  const status = outcome(approval.criteria, approval.seats);
  if (status === "PENDING") return [];
  const decided = events.find((event) => event.kind === "approval.seat_decided");
  return [{ kind: "approval.settled", at: now, status, by: decided?.decision.by ?? null, comment: null }];
}
