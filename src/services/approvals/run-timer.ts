import type { Payload } from "../../jobs/queues.ts";
import { MINUTE } from "../schedule/zone.ts";
import type { Approval } from "./approval.ts";
import { nextDue } from "./timers.ts";
import { type VisitPorts, visitApproval } from "./visit-approval.ts";

/** The job behind an approval's timers. Under the row's lock a tick counts once, however many replicas it woke. */
export const runApprovalTimer = (ports: VisitPorts) => {
  const visit = visitApproval(ports);
  return async ({ approvalId }: Payload<"approval-timer">): Promise<void> => {
    const { approval, events } = await visit(approvalId);
    const now = ports.clock.now();
    const startAfter = nextDue(approval, now);
    if (startAfter === null || events.length > 0 || !comesAgain(approval, now)) return;
    await ports.jobs.enqueueNow("approval-timer", { approvalId }, { startAfter, singletonKey: approvalId });
  };
};

/**
 * Whether a visit that changed nothing must be made once more: it came a little early, by a database clock that runs ahead of ours, or
 * late, into quiet hours that now keep its reminder back. Any other is one that a change has overtaken, with a job of its own.
 */
function comesAgain(approval: Approval, now: Date): boolean {
  const due = nextDue(approval);
  return due !== null && due.getTime() - now.getTime() < MINUTE;
}
