import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { type AmendPorts, bringToPlans } from "./amend-access.ts";
import { refuseAmendments } from "./amendments.ts";
import type { Grant } from "./grant.ts";
import { lockGrant, readGrants, updateGrant } from "./grant-rows.ts";
import { sameTerms } from "./matching.ts";
import { planGrants } from "./plan-grants.ts";
import { planRealignment } from "./plan-realignment.ts";
import type { AccessRequest, Amendment, Failure } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";

/**
 * Takes back a change that ZPA would not have: the grant says again what stands, and why it is so. The request says what stood before the
 * first change that was not written, and its other grants follow: what is on its way is called back, what is written already is written back.
 * A change that was made since is not taken back with it: it is tried on its own.
 */
export async function revertTerms(
  ports: AmendPorts,
  trx: Transaction<Database>,
  { grant: tried, failure }: { readonly grant: Grant; readonly failure: Failure },
  now: Date,
): Promise<void> {
  const request = await lockRequest(trx, tried.requestId);
  const wanted = await lockGrant(trx, tried.id);
  const { changingFrom } = wanted;
  if (wanted.status !== "GRANTED" || changingFrom === null) return;
  if (!sameTerms(wanted, tried)) return ports.jobs.enqueue(trx, "amend-grant", { grantId: wanted.id });
  await updateGrant(trx, wanted.id, now, { ...changingFrom, changingFrom: null, failure });
  await appendToLedger(trx, now, [
    {
      kind: "grant.not-amended",
      requestId: request.id,
      actor: "portcullis",
      subject: wanted.id,
      before: { end: wanted.end, workingHours: wanted.workingHours },
      after: { ...changingFrom, failure },
    },
  ]);
  const first = request.amendments.find(({ outcome }) => outcome === "WANTED");
  if (first !== undefined) await bringOthersBack(ports, trx, request, { first, except: wanted.id }, now);
  await refuseAmendments(trx, request.id, failure);
  await planRealignment(trx, ports.jobs, { ...wanted, ...changingFrom }, now);
  await ports.jobs.enqueue(trx, "end-request", { requestId: request.id }, { startAfter: changingFrom.end });
  await ports.jobs.enqueue(trx, "warn-end", { requestId: request.id });
  await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
}

async function bringOthersBack(
  ports: AmendPorts,
  trx: Transaction<Database>,
  request: AccessRequest,
  { first, except }: { readonly first: Amendment; readonly except: string },
  now: Date,
): Promise<void> {
  if (request.window === null) return;
  const { end, workingHours } = first.before;
  const time = { ...request.time, workingHours };
  const window = { start: request.window.start, end };
  const plans = planGrants({ ...request, time }, window, max([window.start, now]), ports.overnightHours ?? "next-day");
  await bringToPlans(ports, trx, { requestId: request.id, plans, except }, now);
  const standing = (await readGrants(trx, request.id)).filter(({ status }) => status === "GRANTED" || status === "PLANNED");
  await updateRequest(trx, request.id, { window: { ...window, end: max(standing.map((grant) => grant.end)) }, time });
}
