import { PortcullisError } from "../../../errors.ts";
import { appendToLedger } from "../../audit/ledger.ts";
import { alignedAt } from "../crons-of-grant.ts";
import { readIfThere } from "../earlier-effects.ts";
import { lockGrant, readGrant, updateGrant } from "../grant-rows.ts";
import type { Held } from "../hold-grant.ts";
import { differences, draftOf } from "../matching.ts";
import { planRealignment } from "../plan-realignment.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { lockRequest } from "../request-rows.ts";
import { closeFinding, closeNow, type Outcome } from "./close-finding.ts";
import type { Finding } from "./finding.ts";

/**
 * Writes a grant as it is intended over what somebody changed in ZPA, and proves it by reading it back. The grant is held.
 * @throws PortcullisError `zpa_*`; `zpa_read_back_differs` where ZPA keeps what was changed, such as the start of what has begun
 */
export async function restoreChanged(
  ports: ProvisionPorts,
  finding: Finding,
  { grantId, confirm }: Pick<Held, "grantId" | "confirm">,
): Promise<Outcome> {
  const stored = await readGrant(ports.db, grantId);
  const now = ports.clock.now();
  if (stored.status === "PLANNED" || stored.changingFrom !== null) return "come-back";
  if (stored.status !== "GRANTED" || stored.zpaId === null || stored.end <= now) return closeNow(ports, finding, "GONE");
  const grant = alignedAt(stored, now);
  const draft = draftOf(grant);
  const found = await readIfThere(ports, grant, stored.zpaId);
  // Deleted meanwhile: that is another finding, and another decision.
  if (found === null) return closeNow(ports, finding, "GONE");
  if (differences(found, draft).length > 0) {
    await confirm();
    await ports.zpa.approvals.update(found, draft);
    const fields = differences(await ports.zpa.approvals.get(stored.zpaId, { microtenantId: grant.microtenantId }), draft);
    if (fields.length > 0) throw new PortcullisError("zpa_read_back_differs", { params: { fields: fields.join(", "), id: stored.zpaId } });
  }
  await ports.db.transaction().execute(async (trx) => {
    if (!(await closeFinding(ports, trx, finding, "RESTORED"))) return;
    await lockRequest(trx, grant.requestId);
    const current = await lockGrant(trx, grantId);
    if (current.status !== "GRANTED" || current.changingFrom !== null) return;
    await updateGrant(trx, grantId, ports.clock.now(), { workingHours: grant.workingHours, failure: null });
    await planRealignment(trx, ports.jobs, grant, now);
    await appendToLedger(trx, now, [
      { kind: "grant.restored", requestId: grant.requestId, actor: "portcullis", subject: grantId, before: found.raw, after: draft },
    ]);
    await ports.jobs.enqueue(trx, "project-request", { requestId: grant.requestId });
  });
  return "done";
}
