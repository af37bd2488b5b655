import { max } from "date-fns/max";
import type { Transaction } from "kysely";
import { fromUnknown } from "../../errors.ts";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Log } from "../../log.ts";
import type { Database } from "../../store/schema.ts";
import type { Approval } from "../approvals/approval.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { windowAt } from "../schedule/requested-time.ts";
import type { Window } from "../schedule/working-hours.ts";
import { failureOf } from "./failure.ts";
import { microtenantKey } from "./grant-rows.ts";
import { insertGrant } from "./insert-grant.ts";
import { type GrantPlan, planGrants } from "./plan-grants.ts";
import type { AccessRequest } from "./request.ts";
import { requestLabel } from "./request.ts";
import { lockRequest, updateRequest } from "./request-rows.ts";
import { jobUrgency } from "./urgency.ts";

export interface SettlePorts {
  readonly jobs: Jobs;
  readonly ids: Ids;
  readonly log: Log;
  readonly overnightHours: "next-day" | "split";
}

/**
 * What follows, in the decision's own transaction, once an approval is settled: a yes becomes planned grants and their jobs,
 * a no or a withdrawal closes the request. A window that is over by now ends as FAILED: it is never moved.
 */
export const settleRequest =
  (ports: SettlePorts) =>
  async (trx: Transaction<Database>, approval: Approval, now: Date): Promise<void> => {
    const request = await lockRequest(trx, approval.requestId);
    const { status, rules } = approval;
    if (status === "PENDING") return;
    // Its card says whether it can be renewed.
    if (request.renewsId !== null) await ports.jobs.enqueue(trx, "project-request", { requestId: request.renewsId });
    const passes = status === "PASSED" && rules.passedMakesGrant;
    if (status !== "APPROVED" && !passes) {
      await updateRequest(trx, request.id, { status, decidedAt: now });
      return;
    }
    const window = windowOrFailure(ports, request, now);
    if ("failure" in window) {
      await updateRequest(trx, request.id, { status: "FAILED", failure: window.failure, decidedAt: now });
      await appendToLedger(trx, now, [
        {
          kind: "request.failed",
          requestId: request.id,
          actor: "portcullis",
          subject: requestLabel(request),
          before: { status: request.status },
          after: window.failure,
        },
      ]);
      return;
    }
    await updateRequest(trx, request.id, { status: "GRANTING", window, decidedAt: now });
    const anchor = max([window.start, now]);
    for (const plan of inLockOrder(planGrants(request, window, anchor, ports.overnightHours))) {
      const grantId = await insertGrant(trx, ports.ids.uuid(), request.id, plan, now);
      await appendToLedger(trx, now, [
        { kind: "grant.planned", requestId: request.id, actor: "portcullis", subject: grantId, before: null, after: plan },
      ]);
      await ports.jobs.enqueue(trx, "provision-grant", { grantId }, jobUrgency(request));
    }
  };

/**
 * Grants that would collide wait for one another. Two requests that are approved together write theirs in the same order, or each
 * would wait for the other.
 */
const inLockOrder = (plans: readonly GrantPlan[]): GrantPlan[] =>
  plans.toSorted((a, b) => compare(microtenantKey(a.microtenantId), microtenantKey(b.microtenantId)) || a.part - b.part);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function windowOrFailure({ ids, log }: SettlePorts, request: AccessRequest, now: Date): Window | { failure: AccessRequest["failure"] } {
  try {
    return windowAt(request.time, now);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (error.code !== "window_over") throw error;
    return { failure: failureOf(error, ids.reference(), log, { requestId: request.id }) };
  }
}
