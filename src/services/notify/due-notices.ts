import type { RequestOverview } from "../access/overview.ts";
import type { Reassignment } from "../approvals/approval.ts";
import { takeover } from "../approvals/seats.ts";
import { isTimedOut } from "../approvals/timers.ts";
import type { Step } from "./notify-port.ts";

/** A step to be said, and the name under which it is remembered as said. */
export interface DueNotice {
  readonly step: Step;
  readonly key: string;
}

const MOVED = {
  MANUAL_REASSIGNMENT: "reassigned",
  ESCALATION: "escalated",
  AUTO_REASSIGNMENT: "handed_on",
} as const satisfies Record<Reassignment["kind"], Step["notice"]>;

/**
 * Every step that the request has taken up to now, in order. What was said before is known by its key: a second failure, after
 * an administrator tried again, has a reference of its own and is said anew.
 */
export const dueNotices = ({ request, approval, grants }: RequestOverview): readonly DueNotice[] => {
  const due = (step: Step, ...marks: readonly (string | number)[]): DueNotice => ({
    step,
    key: [step.notice, request.id, ...marks].join(":"),
  });
  // Nobody decides on what the rules let pass: to say that it is with the approvers would be wrong.
  const steps: DueNotice[] = [due({ notice: approval.status === "PASSED" ? "passed" : "submitted" })];
  approval.reassignmentHistory.forEach((move, index) => {
    // Taking a seat over to decide on it is said with the decision.
    if (move !== takeover(approval, move.seatId)) steps.push(due({ notice: MOVED[move.kind], move }, index + 1));
  });
  const { proposal } = approval;
  if (proposal !== null) steps.push(due({ notice: "proposed", proposal }, proposal.id));
  approval.changes.forEach((change, index) => {
    steps.push(due({ notice: "changed", change }, index + 1));
  });
  const { stranded } = approval.timers;
  if (approval.status === "PENDING" && stranded !== null) steps.push(due({ notice: "stranded" }, stranded.reference));
  if (approval.status === "APPROVED") steps.push(due({ notice: isTimedOut(approval) ? "approved_by_timeout" : "approved" }));
  if (request.status === "REJECTED") steps.push(due({ notice: "rejected" }));
  if (request.status === "CANCELLED") steps.push(due({ notice: approval.settledBy === null ? "closed" : "withdrawn" }));
  if (request.status === "EXPIRED") steps.push(due({ notice: "expired" }));
  if (request.status === "FAILED") steps.push(due({ notice: "failed" }, request.failure?.reference ?? ""));
  const stood = request.status === "GRANTED" || (request.status === "ENDED" && grants.some(({ zpaId }) => zpaId !== null));
  if (stood) steps.push(due({ notice: "granted" }));
  if (request.status === "ENDED") steps.push(due({ notice: "ended" }));
  return steps;
};
