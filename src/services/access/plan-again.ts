import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Grant } from "./grant.ts";
import { updateGrant } from "./grant-rows.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/**
 * Has a grant made real again whose privileged approval is gone from ZPA, or over there while the access is not: what made it real the first
 * time does so with a new attempt, the right asked anew. Until it is proven the request is not *Granted*. The grant's row is locked.
 */
export async function planAgain(trx: Transaction<Database>, jobs: Jobs, grant: Grant, actor: string, now: Date): Promise<void> {
  const request = await lockRequest(trx, grant.requestId);
  await updateGrant(trx, grant.id, now, { status: "PLANNED", zpaId: null, changingFrom: null, failure: null });
  if (request.status === "GRANTED") await updateRequest(trx, request.id, { status: "GRANTING" });
  await appendToLedger(trx, now, [
    {
      kind: "grant.planned-again",
      requestId: request.id,
      actor,
      subject: grant.id,
      before: { status: grant.status, zpaId: grant.zpaId },
      after: { status: "PLANNED" },
    },
  ]);
  await jobs.enqueue(trx, "provision-grant", { grantId: grant.id });
  await jobs.enqueue(trx, "project-request", { requestId: request.id });
}
