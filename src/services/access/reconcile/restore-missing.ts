import { readIfThere } from "../earlier-effects.ts";
import { lockGrant, readGrant } from "../grant-rows.ts";
import { planAgain } from "../plan-again.ts";
import type { ProvisionPorts } from "../provision-ports.ts";
import { lockRequest } from "../request-rows.ts";
import { closeNow, type Outcome } from "./close-finding.ts";
import type { Finding } from "./finding.ts";

/**
 * Has a grant made real again whose privileged approval is gone from ZPA, exactly once: the grant is planned again, and what made it real
 * the first time does so with a new attempt, the right asked anew. The grant is held.
 *
 * @returns `come-back` until it stands, or has failed, which its request's card says
 */
export async function restoreMissing(ports: ProvisionPorts, finding: Finding, grantId: string): Promise<Outcome> {
  const grant = await readGrant(ports.db, grantId);
  const { zpaId } = finding;
  if (grant.status === "PLANNED") return "come-back";
  if (grant.status !== "GRANTED") return closeNow(ports, finding, "GONE");
  if (grant.zpaId !== zpaId || zpaId === null) return closeNow(ports, finding, "RESTORED");
  if (grant.changingFrom !== null) return "come-back";
  if (grant.end <= ports.clock.now() || (await readIfThere(ports, grant, zpaId)) !== null) return closeNow(ports, finding, "GONE");
  const now = ports.clock.now();
  await ports.db.transaction().execute(async (trx) => {
    await lockRequest(trx, grant.requestId);
    const current = await lockGrant(trx, grantId);
    if (current.status !== "GRANTED" || current.zpaId !== zpaId || current.changingFrom !== null) return;
    await planAgain(trx, ports.jobs, current, finding.wanted?.by ?? "portcullis", now);
  });
  return "come-back";
}
