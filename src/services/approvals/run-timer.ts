import type { Payload } from "../../jobs/queues.ts";
import { nextDue } from "./timers.ts";
import { type VisitPorts, visitApproval } from "./visit-approval.ts";

/**
 * The job behind an approval's timers. Under the row's lock a tick counts once, however many replicas it woke.
 *
 * A visit that changed nothing came early (the database's clock runs ahead of ours), or into quiet hours that keep a reminder back: the
 * timer is set again, or the deadline would never come.
 */
export const runApprovalTimer = (ports: VisitPorts) => {
  const visit = visitApproval(ports);
  return async ({ approvalId }: Payload<"approval-timer">): Promise<void> => {
    const { approval, events } = await visit(approvalId);
    const startAfter = nextDue(approval, ports.clock.now());
    if (startAfter === null || events.length > 0) return;
    await ports.jobs.enqueueNow("approval-timer", { approvalId }, { startAfter, singletonKey: approvalId });
  };
};
