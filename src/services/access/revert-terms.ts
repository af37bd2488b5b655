import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { refuseAmendments } from "./amendments.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrants, updateGrant } from "./grant-rows.ts";
import { planRealignment } from "./plan-realignment.ts";
import type { Failure } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/**
 * Takes back a change that ZPA would not have: the grant, and with it its request, say again what stands, until when, and why it is so.
 * Another microtenant's grant may carry the same change; each says what is true of it.
 */
export async function revertTerms(trx: Transaction<Database>, jobs: Jobs, grant: Grant, failure: Failure, now: Date): Promise<void> {
  const request = await lockRequest(trx, grant.requestId);
  const wanted = await lockGrant(trx, grant.id);
  const { changingFrom } = wanted;
  if (wanted.status !== "GRANTED" || changingFrom === null) return;
  await updateGrant(trx, grant.id, now, { ...changingFrom, changingFrom: null, failure });
  await appendToLedger(trx, now, [
    {
      kind: "grant.not-amended",
      requestId: request.id,
      actor: "portcullis",
      subject: grant.id,
      before: { end: wanted.end, workingHours: wanted.workingHours },
      after: { ...changingFrom, failure },
    },
  ]);
  const standing = (await readGrants(trx, request.id)).filter(({ status }) => status === "GRANTED" || status === "PLANNED");
  if (request.window !== null)
    await updateRequest(trx, request.id, { window: { ...request.window, end: max(standing.map(({ end }) => end)) } });
  const last = request.amendments.findLast(({ outcome }) => outcome === "WANTED");
  if (last !== undefined) await updateRequest(trx, request.id, { time: { ...request.time, workingHours: last.before.workingHours } });
  await refuseAmendments(trx, request.id, failure);
  await planRealignment(trx, jobs, { ...wanted, ...changingFrom }, now);
  await jobs.enqueue(trx, "end-request", { requestId: request.id }, { startAfter: changingFrom.end });
  await jobs.enqueue(trx, "warn-end", { requestId: request.id });
  await jobs.enqueue(trx, "project-request", { requestId: request.id });
}
