import { appendToLedger } from "../../audit/ledger.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { lockFinding, readStanding, updateFinding } from "./finding-rows.ts";

/** A list that an administrator had checked one by one has been, by the pass that is just over. */
export async function settleListFindings(ports: ProvisionPorts, microtenantId: string | null): Promise<void> {
  const checked = (await readStanding(ports.db, microtenantId)).find(({ kind, wanted }) => kind === "LIST" && wanted !== null);
  if (checked === undefined) return;
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    const { wanted, closedAt } = await lockFinding(trx, checked.id);
    if (wanted === null || closedAt !== null) return;
    await updateFinding(trx, checked.id, { status: "RESTORED", wanted: null, settledBy: wanted.by, settledAt: now, closedAt: now });
    await appendToLedger(trx, now, [
      {
        kind: "finding.checked",
        requestId: null,
        actor: wanted.by,
        subject: checked.id,
        before: { status: "OPEN" },
        after: { status: "RESTORED" },
      },
    ]);
    await ports.jobs.enqueue(trx, "project-finding", { findingId: checked.id });
  });
}
