import type { Transaction } from "kysely";
import type { Database } from "../../../store/schema.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import type { Finding, FindingStatus } from "./finding.ts";
import { lockFinding, updateFinding } from "./finding-rows.ts";

/** What a run came to: done, or to be looked at again, because another run has the grant or is making it. */
export type Outcome = "done" | "come-back";

/** What was wanted has come about, or has no object any more (`GONE`). In the caller's transaction; false when another run was first. */
export async function closeFinding(
  ports: Pick<ProvisionPorts, "jobs" | "clock">,
  trx: Transaction<Database>,
  finding: Finding,
  status: Exclude<FindingStatus, "OPEN">,
): Promise<boolean> {
  const now = ports.clock.now();
  const { wanted, closedAt } = await lockFinding(trx, finding.id);
  if (wanted === null || closedAt !== null) return false;
  const { by, reason } = wanted;
  const settledBy = status === "GONE" ? null : by;
  await updateFinding(trx, finding.id, { status, wanted: null, failure: null, settledBy, reason, settledAt: now, closedAt: now });
  await appendToLedger(trx, now, [
    {
      kind: "finding.settled",
      requestId: null,
      actor: "portcullis",
      subject: finding.id,
      before: { status: "OPEN", wanted },
      after: { status },
    },
  ]);
  await ports.jobs.enqueue(trx, "project-finding", { findingId: finding.id });
  return true;
}

/** The same in a transaction of its own. */
export async function closeNow(ports: ProvisionPorts, finding: Finding, status: Exclude<FindingStatus, "OPEN">): Promise<"done"> {
  await ports.db.transaction().execute((trx) => closeFinding(ports, trx, finding, status));
  return "done";
}
