import type { ErrorCode, PortcullisError } from "../../errors.ts";
import { failureOf } from "./failure.ts";
import { lockGrant, readGrant, updateGrant } from "./grant-rows.ts";
import type { ProvisionPorts } from "./provision-ports.ts";

const AWAY: ReadonlySet<ErrorCode> = new Set(["zpa_unreachable", "zpa_timeout"]);

/** Whether an error says that ZPA did not answer, and nothing more. */
export const isAway = (code: ErrorCode): boolean => AWAY.has(code);

/** The first time that a grant waits because ZPA does not answer its card says since when; once it is written that is gone again. */
export async function noteWaiting(ports: ProvisionPorts, grantId: string, error: PortcullisError): Promise<void> {
  const now = ports.clock.now();
  const { requestId, failure: known } = await readGrant(ports.db, grantId);
  if (known !== null) return;
  const { code, reference, params } = failureOf(error, ports.ids.reference(), ports.log, { grantId, requestId });
  const failure = { code, reference, params: { ...params, sinceEpochSeconds: Math.floor(now.getTime() / 1000) } };
  await ports.db.transaction().execute(async (trx) => {
    const grant = await lockGrant(trx, grantId);
    if (grant.status !== "PLANNED" || grant.failure !== null) return;
    await updateGrant(trx, grantId, now, { failure });
    await ports.jobs.enqueue(trx, "project-request", { requestId });
  });
}
