import type { Transaction } from "kysely";
import type { Ids } from "../../ids.ts";
import type { Jobs } from "../../jobs/jobs.ts";
import type { Database } from "../../store/schema.ts";
import type { People, Person } from "../directory/person.ts";
import type { Route } from "../policy/route.ts";
import { type ApplyPorts, planTimer, standInsOf } from "./apply-command.ts";
import { insertApproval, recordEvents } from "./approval-rows.ts";
import { candidatesOf } from "./candidates.ts";
import { openApproval } from "./open-approval.ts";

export interface OpenPorts extends Pick<ApplyPorts, "admins" | "onSettled"> {
  readonly jobs: Jobs;
  readonly people: People;
  readonly ids: Ids;
}

/**
 * Looks up who will sit on the seats, while the person still looks at the form, and answers what opens the approval in the
 * request's own transaction; that, in turn, answers the approval's id.
 *
 * @throws PortcullisError `no_approver` when nobody could decide: such a request would wait for ever
 */
export async function openFor(
  { people, ids, jobs, admins, onSettled }: OpenPorts,
  { requester, beneficiary, route }: { readonly requester: Person; readonly beneficiary: Person; readonly route: Route },
  now: Date,
): Promise<(trx: Transaction<Database>, requestId: string) => Promise<string>> {
  const interestedZpaUsers = [...new Set([requester.zpaUser, beneficiary.zpaUser])];
  const barred = route.config.selfApproval === "ALLOWED" ? [] : interestedZpaUsers;
  const seated = route.approvers.flatMap((holder) => (holder.kind === "person" ? [holder.userId] : []));
  const lookUp = (holders: typeof route.approvers) => candidatesOf(people, { teamId: requester.teamId, holders, barred, seated });
  const [approvers, standIns] = await Promise.all([lookUp(route.approvers), lookUp(standInsOf(route, admins))]);
  const opening = {
    id: ids.uuid(),
    requester: { teamId: requester.teamId, userId: requester.userId },
    beneficiaryUserId: beneficiary.userId,
    interestedZpaUsers,
    approvers,
    standIns,
    criteria: route.criteria,
    config: route.config,
    rules: route.rules,
  };
  openApproval({ ...opening, requestId: "" }, now);
  return async (trx, requestId) => {
    const { approval, events } = openApproval({ ...opening, requestId }, now);
    await insertApproval(trx, approval);
    await recordEvents(trx, approval, events);
    if (approval.status !== "PENDING") await onSettled(trx, approval, now);
    await planTimer(jobs, trx, approval, now);
    return approval.id;
  };
}
