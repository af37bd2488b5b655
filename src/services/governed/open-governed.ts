import type { Transaction } from "kysely";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import { earlierSubmission, insertRequest } from "../access/insert-request.ts";
import { requestLabel } from "../access/request.ts";
import type { ApplyPorts } from "../approvals/apply-command.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { openSettled } from "../emergency/open-emergency.ts";
import type { GovernedPlan } from "./plan-governed.ts";

export interface OpenGovernedPorts {
  readonly jobs: Jobs;
  readonly ids: Ids;
  readonly onSettled: ApplyPorts["onSettled"];
}

/**
 * Makes the requests of an approval in SailPoint, with approvals that are settled as they are opened, their ledger events, planned grants
 * and jobs, in the caller's transaction. SailPoint's id is the submission's key: another run of it makes none.
 *
 * @returns the requests' ids
 */
export async function openGoverned(
  ports: OpenGovernedPorts,
  trx: Transaction<Database>,
  { beneficiary, time, reason, parts, governedBy }: GovernedPlan,
  now: Date,
): Promise<readonly string[]> {
  const submissionKey = `sailpoint:${governedBy.approvalId}`;
  const batch = parts.length > 1 ? { id: ports.ids.uuid(), size: parts.length } : null;
  const requestIds: string[] = [];
  for (const [place, { consoles, route }] of parts.entries()) {
    const id = ports.ids.uuid();
    const people = { requester: beneficiary, beneficiary };
    const request = await insertRequest(
      trx,
      { id, ...people, consoles, time, reason, origin: "SAILPOINT", renewsId: null, submissionKey, place, batch },
      now,
    );
    if (request === null) return (await earlierSubmission(trx, submissionKey)).map((made) => made.id);
    const { insteadOf: _, ...source } = governedBy;
    const after = {
      beneficiary: beneficiary.userId,
      consoles: consoles.map(({ id: consoleId, name }) => ({ id: consoleId, name })),
      time,
      reason,
      batch: request.batch,
    };
    const event = { requestId: id, actor: "portcullis", subject: requestLabel(request), before: null };
    await appendToLedger(trx, now, [
      { ...event, kind: "request.created", after },
      { ...event, kind: "access.governed", after: { ...after, sailpoint: source } },
    ]);
    await openSettled(ports, trx, request, route, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: id });
    requestIds.push(id);
  }
  return requestIds;
}
