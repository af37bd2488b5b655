import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { endGrantOf } from "./end-access.ts";
import type { Grant } from "./grant.ts";
import { microtenantKey, readGrants, updateGrant } from "./grant-rows.ts";
import { insertGrant } from "./insert-grant.ts";
import { sameTerms } from "./matching.ts";
import { type GrantPlan, planGrants } from "./plan-grants.ts";
import { type AccessRequest, type AccessTerms, requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";
import { freeEnd } from "./taken-terms.ts";

export interface AmendPorts {
  readonly jobs: Jobs;
  readonly ids: Ids;
  /** As the settings say; `next-day` where left out. */
  readonly overnightHours?: "next-day" | "split";
}

export interface Amend {
  readonly requestId: string;
  readonly by: string;
  readonly reason: string | null;
  /** As whoever has the right saw it: what is changed is what they looked at. */
  readonly before: AccessTerms;
  readonly after: AccessTerms;
}

/**
 * Changes the end and the hours of what a request opened: the intent at once, ZPA by a job of each grant. Hours that need another number
 * of privileged approvals (overnight hours that are split at midnight) plan one more, or end one.
 *
 * @param amend `by` has been found to have the right; `after.end` lies in the future
 * @throws PortcullisError `request_unknown` | `access_not_open` | `card_stale` | `change_nothing`
 */
export async function amendAccess(
  ports: AmendPorts,
  trx: Transaction<Database>,
  { requestId, by, reason, before: seen, after }: Amend,
  now: Date,
): Promise<AccessRequest> {
  const request = await lockRequest(trx, requestId);
  const before = openTerms(request);
  if (before === null) throw new PortcullisError("access_not_open");
  if (!sameTerms(before, seen)) throw new PortcullisError("card_stale");
  if (sameTerms(before, after)) throw new PortcullisError("change_nothing");
  const window = { start: before.start, end: after.end };
  const time = { ...request.time, workingHours: after.workingHours };
  const plans = planGrants({ ...request, time }, window, max([window.start, now]), ports.overnightHours ?? "next-day");
  await bringToPlans(ports, trx, { requestId, plans, except: null }, now);

  const amendment = {
    id: ports.ids.uuid(),
    by,
    at: now,
    reason,
    before: { end: before.end, workingHours: before.workingHours },
    after,
    outcome: "WANTED" as const,
    failure: null,
  };
  const amendments = [...request.amendments, amendment];
  await updateRequest(trx, requestId, { window, time, amendments });
  await appendToLedger(trx, now, [
    {
      kind: "access.amended",
      requestId,
      actor: by,
      subject: requestLabel(request),
      before: amendment.before,
      after: { ...after, reason },
    },
  ]);
  await ports.jobs.enqueue(trx, "end-request", { requestId }, { startAfter: after.end });
  await ports.jobs.enqueue(trx, "warn-end", { requestId });
  await ports.jobs.enqueue(trx, "project-request", { requestId });
  return { ...request, window, time, amendments };
}

/**
 * Has a request's grants become what is planned: those that stand change, what is missing is planned, what is too much ends.
 * @param what `except`: a grant that is left as it is
 */
export async function bringToPlans(
  ports: AmendPorts,
  trx: Transaction<Database>,
  { requestId, plans, except }: { readonly requestId: string; readonly plans: readonly GrantPlan[]; readonly except: string | null },
  now: Date,
): Promise<void> {
  const grants = (await readGrants(trx, requestId)).filter(({ status }) => status === "PLANNED" || status === "GRANTED");
  for (const plan of plans) {
    const grant = grants.find((each) => isFor(each, plan));
    if (grant?.id === except && except !== null) continue;
    if (grant !== undefined) await changeGrant(ports, trx, grant, plan, now);
    else await planOneMore(ports, trx, requestId, plan, now);
  }
  for (const grant of grants)
    if (grant.id !== except && !plans.some((plan) => isFor(grant, plan))) await endGrantOf(trx, ports.jobs, grant.id, now);
}

/** What stands, or is on its way, of a request; null when nothing does. */
export const openTerms = ({ status, window, time }: AccessRequest): (AccessTerms & { readonly start: Date }) | null =>
  window === null || (status !== "GRANTED" && status !== "GRANTING") ? null : { ...window, workingHours: time.workingHours };

const isFor = (grant: Grant, plan: GrantPlan): boolean => grant.microtenantId === plan.microtenantId && grant.part === plan.part;

async function changeGrant(ports: AmendPorts, trx: Transaction<Database>, grant: Grant, plan: GrantPlan, now: Date): Promise<void> {
  const { workingHours } = plan;
  const end = await freeEnd(trx, grant, plan.end);
  if (grant.status === "PLANNED") return updateGrant(trx, grant.id, now, { end, workingHours });
  const changingFrom = grant.changingFrom ?? { end: grant.end, workingHours: grant.workingHours };
  await updateGrant(trx, grant.id, now, { end, workingHours, changingFrom, failure: null });
  await ports.jobs.enqueue(trx, "amend-grant", { grantId: grant.id });
}

async function planOneMore(ports: AmendPorts, trx: Transaction<Database>, requestId: string, plan: GrantPlan, now: Date): Promise<void> {
  const start = new Date(Math.floor(max([plan.start, now]).getTime() / 1000) * 1000);
  const grantId = await insertGrant(trx, ports.ids.uuid(), requestId, { ...plan, start }, now);
  const subject = { ...plan, start, microtenant: microtenantKey(plan.microtenantId) };
  await appendToLedger(trx, now, [
    { kind: "grant.planned", requestId, actor: "portcullis", subject: grantId, before: null, after: subject },
  ]);
  await ports.jobs.enqueue(trx, "provision-grant", { grantId });
}
