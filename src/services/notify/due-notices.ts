import { notEnded } from "../access/grant.ts";
import type { RequestOverview } from "../access/overview.ts";
import type { Amendment } from "../access/request.ts";
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
export const dueNotices = (overview: RequestOverview): readonly DueNotice[] => {
  const { request, approval, grants } = overview;
  const due = (step: Step, ...marks: readonly (string | number)[]): DueNotice => ({
    step,
    key: [step.notice, request.id, ...marks].join(":"),
  });
  // Nobody decides on what the rules let pass: to say that it is with the approvers would be wrong.
  const steps: DueNotice[] = [due({ notice: firstOf(request.origin, approval.status) })];
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
  if (approval.status === "APPROVED" && request.origin !== "ON_CALL")
    steps.push(due({ notice: isTimedOut(approval) ? "approved_by_timeout" : "approved" }));
  if (request.status === "REJECTED") steps.push(due({ notice: "rejected" }));
  if (request.status === "CANCELLED") steps.push(due({ notice: approval.settledBy === null ? "closed" : "withdrawn" }));
  if (request.status === "EXPIRED") steps.push(due({ notice: "expired" }));
  if (request.status === "FAILED") steps.push(due({ notice: "failed" }, request.failure?.reference ?? ""));
  const stood =
    request.status === "GRANTED" || (request.status === "ENDED" && request.ending === null && grants.some(({ zpaId }) => zpaId !== null));
  if (stood) steps.push(due({ notice: "granted" }));
  steps.push(...lifeSteps(overview, due));
  if (request.status === "ENDED") steps.push(due({ notice: "ended" }));
  return steps;
};

function firstOf(
  origin: RequestOverview["request"]["origin"],
  status: RequestOverview["approval"]["status"],
): "given_on_call" | "broke_glass" | "approved_in_sailpoint" | "passed" | "submitted" {
  if (origin === "ON_CALL") return "given_on_call";
  if (origin === "BREAK_GLASS") return "broke_glass";
  if (origin === "SAILPOINT") return "approved_in_sailpoint";
  return status === "PASSED" ? "passed" : "submitted";
}

/**
 * What has become of granted access: of several changes the latest, of which all that is on the card is told. An end is warned of once for
 * each instant, unless the access goes on by a renewal.
 */
function lifeSteps(
  { request, grants, endsSoon, canRenew }: RequestOverview,
  due: (step: Step, ...marks: readonly (string | number)[]) => DueNotice,
): readonly DueNotice[] {
  const amendment = request.amendments.at(-1);
  const stuck = notEnded(grants);
  const isGoing = request.status === "ENDING" && request.ending !== null;
  return [
    // One that an end came before is told with the end.
    ...(amendment === undefined || amendment.outcome === "OVERTAKEN" ? [] : [due({ notice: AMENDED[amendment.outcome] }, amendment.id)]),
    ...(endsSoon && canRenew && request.window !== null ? [due({ notice: "ending_soon" }, request.window.end.getTime() / 1000)] : []),
    ...(isGoing ? [due({ notice: "ending" })] : []),
    ...(stuck === null ? [] : [due({ notice: "not_ended" }, stuck.reference)]),
  ];
}

const AMENDED = {
  WANTED: "amending",
  WRITTEN: "amended",
  REFUSED: "not_amended",
} as const satisfies Record<Exclude<Amendment["outcome"], "OVERTAKEN">, Step["notice"]>;
