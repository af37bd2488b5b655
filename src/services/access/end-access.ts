import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { overtakeAmendments } from "./amendments.ts";
import { attemptsOf } from "./claim-grant.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrants, updateGrant } from "./grant-rows.ts";
import { type AccessRequest, type Ending, requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/** More urgent than any change or grant. */
export const END_PRIORITY = 10;

/**
 * Ends what a request opened, before its window does: every grant of which anything may stand in ZPA is to be deleted there, whatever
 * else is under way with it; one of which nothing was ever sent ends at once. The request is ENDING until ZPA has shown that it is gone.
 *
 * @param ending `by` has been found to have the right
 * @throws PortcullisError `request_unknown`, `access_not_open` when nothing stands or is on its way
 */
export async function endAccess(trx: Transaction<Database>, jobs: Jobs, requestId: string, ending: Ending): Promise<AccessRequest> {
  const request = await lockRequest(trx, requestId);
  const grants = await readGrants(trx, requestId);
  if (!["GRANTING", "GRANTED", "FAILED"].includes(request.status) || request.window === null) throw new PortcullisError("access_not_open");
  const outcomes = [];
  for (const { id } of grants) outcomes.push(await endGrantOf(trx, jobs, id, ending.at));
  if (!outcomes.some((outcome) => outcome !== "over")) throw new PortcullisError("access_not_open");
  const status = outcomes.includes("ending") ? "ENDING" : "ENDED";
  await updateRequest(trx, requestId, { status, ending });
  await overtakeAmendments(trx, requestId);
  await appendToLedger(trx, ending.at, [
    {
      kind: "access.ending",
      requestId,
      actor: ending.by,
      subject: requestLabel(request),
      before: { status: request.status },
      after: { status, cause: ending.cause, reason: ending.reason },
    },
  ]);
  await jobs.enqueue(trx, "project-request", { requestId });
  return { ...request, status, ending };
}

/**
 * Has one grant end, in the caller's transaction.
 * @returns `over` when it was already, or failed without a trace; `ended` when nothing was ever sent; `ending` when ZPA must be told
 */
export async function endGrantOf(trx: Transaction<Database>, jobs: Jobs, grantId: string, now: Date): Promise<"over" | "ended" | "ending"> {
  const grant = await lockGrant(trx, grantId);
  if (grant.status === "ENDED") return "over";
  if (grant.status === "ENDING") return "ending";
  if (!(await mayStand(trx, grant))) {
    if (grant.status === "FAILED") return "over";
    await updateGrant(trx, grantId, now, { status: "ENDED", changingFrom: null });
    return "ended";
  }
  await updateGrant(trx, grantId, now, { status: "ENDING", failure: null });
  await jobs.enqueue(trx, "end-grant", { grantId }, { priority: END_PRIORITY });
  return "ending";
}

/** A run that is about to send something records it first, under this row's lock. */
async function mayStand(trx: Transaction<Database>, grant: Grant): Promise<boolean> {
  const sent = (await attemptsOf(trx, grant.id)).filter(({ outcome }) => outcome !== "REFUSED");
  if (grant.status !== "FAILED") return grant.zpaId !== null || sent.length > 0;
  // A failed grant whose every answer is known has been cleared away by the run that gave it up.
  return grant.zpaId !== null || sent.some(({ outcome }) => outcome === "UNKNOWN");
}
