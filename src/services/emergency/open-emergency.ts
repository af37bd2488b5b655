import { createHash } from "node:crypto";
import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { earlierSubmission, insertRequest } from "../access/insert-request.ts";
import { type AccessRequest, requestLabel } from "../access/request.ts";
import { readRequest } from "../access/request-rows.ts";
import { insertApproval, recordEvents } from "../approvals/approval-rows.ts";
import { openApproval } from "../approvals/open-approval.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Person } from "../directory/person.ts";
import type { Route } from "../policy/route.ts";
import type { RequestedTime } from "../schedule/working-hours.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";
import type { EmergencyPlan } from "./plan-emergency.ts";

export interface Emergency {
  readonly plan: EmergencyPlan;
  /** Who gives, or takes. */
  readonly requester: Person;
  readonly beneficiary: Person;
  /** As the ledger names who acted: a Slack user id, or `cli:<name>`. */
  readonly actor: string;
  readonly submissionKey: string;
}

/** What the same submission made before; null when it has made nothing. */
export const madeBefore = ({ db }: Pick<EmergencyPorts, "db">, submissionKey: string): Promise<readonly AccessRequest[] | null> =>
  db.transaction().execute(async (trx) => {
    const first = await trx.selectFrom("request").select("id").where("submission_key", "=", submissionKey).executeTakeFirst();
    return first === undefined ? null : earlierSubmission(trx, submissionKey);
  });

/**
 * Makes the requests of an emergency, each with an approval that is settled as it is opened, their ledger events, the planned grants and
 * all jobs, in the caller's transaction.
 *
 * @returns `isNew` false, with nothing written, when the same submission made them before
 */
export async function openEmergency(
  ports: Pick<EmergencyPorts, "jobs" | "ids" | "onSettled">,
  trx: Transaction<Database>,
  emergency: Emergency,
  now: Date,
): Promise<{ readonly requests: readonly AccessRequest[]; readonly isNew: boolean }> {
  const { plan, requester, beneficiary, actor, submissionKey } = emergency;
  const time: RequestedTime = { start: { kind: "onApproval" }, end: { kind: "after", seconds: plan.seconds }, workingHours: null };
  const batch = plan.parts.length > 1 ? { id: ports.ids.uuid(), size: plan.parts.length } : null;
  const requests: AccessRequest[] = [];
  for (const [place, { consoles, route }] of plan.parts.entries()) {
    const request = await insertRequest(
      trx,
      {
        id: ports.ids.uuid(),
        requester,
        beneficiary,
        consoles,
        time,
        reason: plan.reason,
        origin: plan.kind,
        renewsId: null,
        submissionKey,
        place,
        batch,
      },
      now,
    );
    if (request === null) return { requests: await earlierSubmission(trx, submissionKey), isNew: false };
    const after = {
      beneficiary: beneficiary.userId,
      consoles: consoles.map(({ id, name }) => ({ id, name })),
      time,
      reason: plan.reason,
      batch: request.batch,
    };
    const subject = requestLabel(request);
    const kind = plan.kind === "ON_CALL" ? "access.granted-on-call" : "access.broke-glass";
    await appendToLedger(trx, now, [
      { kind: "request.created", requestId: request.id, actor, subject, before: null, after },
      { kind, requestId: request.id, actor, subject, before: null, after: { ...after, skipped: route.rules.skipped ?? [] } },
    ]);
    await openSettled(ports, trx, request, route, now);
    await ports.jobs.enqueue(trx, "project-request", { requestId: request.id });
    requests.push(await readRequest(trx, request.id));
  }
  return { requests, isNew: true };
}

/** Nobody is waited for, so nobody is looked up: whoever holds the one seat has just been. */
export async function openSettled(
  { ids, onSettled }: Pick<EmergencyPorts, "ids" | "onSettled">,
  trx: Transaction<Database>,
  { id: requestId, requester, beneficiary }: AccessRequest,
  route: Route,
  now: Date,
): Promise<void> {
  const { approval, events } = openApproval(
    {
      id: ids.uuid(),
      requestId,
      requester: { teamId: requester.teamId, userId: requester.userId },
      beneficiaryUserId: beneficiary.userId,
      interestedZpaUsers: [...new Set([requester.zpaUser, beneficiary.zpaUser])],
      approvers: route.approvers.map((holder) => ({ holder, members: [], isHere: true })),
      standIns: [],
      criteria: route.criteria,
      config: route.config,
      rules: route.rules,
    },
    now,
  );
  await insertApproval(trx, approval);
  await recordEvents(trx, approval, events);
  await onSettled(trx, approval, now);
}

/** A form that is sent again with something else in it is another submission; a command of another kind is, too. */
export const submissionKeyOf = (kind: EmergencyPlan["kind"], key: string, content: readonly unknown[]): string =>
  `${kind}:${key}:${createHash("sha256").update(JSON.stringify(content)).digest("hex")}`;
