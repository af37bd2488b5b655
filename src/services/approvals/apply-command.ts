import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Approval } from "./approval.ts";
import { lockApproval, saveApproval } from "./approval-rows.ts";
import { type ApprovalCommand, decide } from "./decide.ts";

export interface ApplyPorts {
  readonly jobs: Jobs;
  /** What follows in the same transaction once an approval is no longer pending. */
  readonly onSettled: (trx: Transaction<Database>, approval: Approval, now: Date) => Promise<void>;
}

/**
 * Applies a command to an approval under its row's lock: state, ledger event, what follows, and the job that redraws the cards, all in
 * the caller's transaction.
 * @throws PortcullisError whatever `decide` refuses, `approval_unknown`
 */
export async function applyCommand(
  { jobs, onSettled }: ApplyPorts,
  trx: Transaction<Database>,
  approvalId: string,
  command: ApprovalCommand,
  now: Date,
): Promise<Approval> {
  const before = await lockApproval(trx, approvalId);
  const { approval, event } = decide(before, command, now);
  await saveApproval(trx, approval);
  await appendToLedger(trx, now, [
    {
      kind: event.kind,
      requestId: approval.requestId,
      actor: command.by.userId,
      subject: approval.id,
      before: snapshot(before),
      after: { ...snapshot(approval), seatId: event.seatId, comment: event.comment },
    },
  ]);
  if (approval.status !== "PENDING") await onSettled(trx, approval, now);
  await jobs.enqueue(trx, "project-request", { requestId: approval.requestId });
  return approval;
}

const snapshot = ({ status, version, seats }: Approval) => ({ status, version, seats });
