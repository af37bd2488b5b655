import type { Kysely } from "kysely";
import type { Clock } from "../../clock.ts";
import { fromUnknown } from "../../errors.ts";
import type { FaultPoint } from "../../fault-points.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { endAccess } from "../access/end-access.ts";
import type { Ending } from "../access/request.ts";
import { lockRequest } from "../access/request-rows.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SailPointStatus } from "../sailpoint/approval.ts";
import type { SailPointClient } from "../sailpoint/sailpoint-client.ts";
import { type GovernedApproval, lockGoverned, updateGoverned } from "./governed-rows.ts";

interface WithdrawPorts {
  readonly db: Kysely<Database>;
  readonly jobs: Jobs;
  readonly clock: Clock;
  readonly faultPoint: FaultPoint;
  readonly sailpoint: { readonly approvals: Pick<SailPointClient["approvals"], "get"> };
}

/**
 * SailPoint takes back what it approved: the access ends, once reading it again says CANCELLED or REJECTED. Whatever else it says then, the
 * access stands.
 *
 * @throws PortcullisError when SailPoint cannot be asked
 */
export async function withdrawGoverned(ports: WithdrawPorts, { sailpointId }: GovernedApproval): Promise<void> {
  const status = await statusNow(ports, sailpointId);
  await ports.faultPoint("governed.read");
  const isTakenBack = status === "CANCELLED" || status === "REJECTED";
  await ports.db.transaction().execute(async (trx) => {
    const known = await lockGoverned(trx, sailpointId);
    if (known?.status !== "WITHDRAWING") return;
    await updateGoverned(trx, sailpointId, { status: isTakenBack ? "WITHDRAWN" : "GRANTED" });
    if (!isTakenBack) return;
    const at = ports.clock.now();
    const reason = `SailPoint: ${status}, ${known.name ?? ""} (${sailpointId})`;
    const ending: Ending = { cause: "REVOKED", by: "portcullis", reason, at };
    await appendToLedger(trx, at, [
      { kind: "governed.withdrawn", requestId: null, actor: "portcullis", subject: sailpointId, before: null, after: { status } },
    ]);
    for (const requestId of known.requestIds.toSorted()) {
      const { status: stands } = await lockRequest(trx, requestId);
      if (["GRANTING", "GRANTED", "FAILED"].includes(stands)) await endUnlessOver(trx, ports.jobs, requestId, ending);
    }
    await ports.faultPoint("governed.before-commit");
  });
  await ports.faultPoint("governed.committed");
}

/** One that is not there any more says nothing about the yes that was given. */
async function statusNow({ sailpoint }: WithdrawPorts, sailpointId: string): Promise<SailPointStatus | null> {
  try {
    return (await sailpoint.approvals.get(sailpointId)).status;
  } catch (thrown) {
    if (fromUnknown(thrown).code !== "sailpoint_not_found") throw thrown;
    return null;
  }
}

/** A failed request of which nothing can stand has nothing to end. */
async function endUnlessOver(...given: Parameters<typeof endAccess>): Promise<void> {
  try {
    await endAccess(...given);
  } catch (thrown) {
    if (fromUnknown(thrown).code !== "access_not_open") throw thrown;
  }
}
