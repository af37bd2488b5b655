import type { RequestOverview } from "../access/overview.ts";
import type { Reassignment } from "../approvals/approval.ts";
import { takeover } from "../approvals/seats.ts";
import { isTimedOut } from "../approvals/timers.ts";
import type { Notice } from "./notify-port.ts";

/** A step to be said, and the name under which it is remembered as said. */
export interface DueNotice {
  readonly notice: Notice;
  readonly key: string;
}

const MOVED = {
  MANUAL_REASSIGNMENT: "reassigned",
  ESCALATION: "escalated",
  AUTO_REASSIGNMENT: "handed_on",
} as const satisfies Record<Reassignment["kind"], Notice>;

/**
 * Every step that the request has taken up to now, in order. What was said before is known by its key: a second failure, after
 * an administrator tried again, has a reference of its own and is said anew.
 */
export const dueNotices = ({ request, approval, grants }: RequestOverview): readonly DueNotice[] => {
  const due = (notice: Notice, ...marks: readonly (string | number)[]): DueNotice => ({
    notice,
    key: [notice, request.id, ...marks].join(":"),
  });
  // Nobody decides on what the rules let pass: to say that it is with the approvers would be wrong.
  const steps: DueNotice[] = [due(firstOf(request.origin, approval.status))];
  approval.reassignmentHistory.forEach((move, index) => {
    // Taking a seat over to decide on it is said with the decision.
    if (move !== takeover(approval, move.seatId)) steps.push(due(MOVED[move.kind], index + 1));
  });
  if (approval.proposal !== null) steps.push(due("proposed", approval.proposal.id));
  approval.changes.forEach((_, index) => {
    steps.push(due("changed", index + 1));
  });
  const { stranded } = approval.timers;
  if (approval.status === "PENDING" && stranded !== null) steps.push(due("stranded", stranded.reference));
  if (approval.status === "APPROVED" && request.origin !== "ON_CALL")
    steps.push(due(isTimedOut(approval) ? "approved_by_timeout" : "approved"));
  if (request.status === "REJECTED") steps.push(due("rejected"));
  if (request.status === "CANCELLED") steps.push(due(approval.settledBy === null ? "closed" : "withdrawn"));
  if (request.status === "EXPIRED") steps.push(due("expired"));
  if (request.status === "FAILED") steps.push(due("failed", request.failure?.reference ?? ""));
  const stood = request.status === "GRANTED" || (request.status === "ENDED" && grants.some(({ zpaId }) => zpaId !== null));
  if (stood) steps.push(due("granted"));
  if (request.status === "ENDED") steps.push(due("ended"));
  return steps;
};

function firstOf(origin: RequestOverview["request"]["origin"], status: RequestOverview["approval"]["status"]): Notice {
  if (origin === "ON_CALL") return "given_on_call";
  if (origin === "BREAK_GLASS") return "broke_glass";
  return status === "PASSED" ? "passed" : "submitted";
}
