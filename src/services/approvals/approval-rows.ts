import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import type { ApprovalTable } from "../../store/tables/requests.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { Approval } from "./approval.ts";
import type { ApprovalEvent } from "./approval-events.ts";
import { ApprovalBodyJson, StatusJson } from "./approval-json.ts";
import { barredKeys, holderKey, seatedKeys, seatsInTurn } from "./seats.ts";
import { dueAt } from "./timers.ts";

/** An approval out of its row. */
export const approvalFromRow = (row: Selectable<ApprovalTable>): Approval => ({
  ...ApprovalBodyJson.parse(row.body),
  id: row.id,
  requestId: row.request_id,
  status: StatusJson.parse(row.status),
  version: row.version,
  requesterUserId: row.requester_user_id,
  beneficiaryUserId: row.beneficiary_user_id,
  createdAt: row.created_at,
  completedAt: row.completed_at,
});

/** How a queue sorts what falls due at the same time. */
const URGENCY = { HIGH: 1, MEDIUM: 2, LOW: 3 } as const;

/** The columns that a decision changes. The keys name who it waits for and who may not decide, so that a queue is one index look-up. */
const changing = (approval: Approval) => {
  const { seats, criteria, config, rules, interestedZpaUsers, reassignmentHistory, comments } = approval;
  const { additionalAttributes, timers, changes, proposal, modifiedAt, settledBy } = approval;
  return {
    status: approval.status,
    version: approval.version,
    body: JSON.stringify({
      ...{ seats, criteria, config, rules, interestedZpaUsers, reassignmentHistory, comments },
      ...{ additionalAttributes, timers, changes, proposal, modifiedAt, settledBy },
    }),
    holder_keys: approval.status === "PENDING" ? seatsInTurn(approval).map(({ holder }) => holderKey(holder)) : [],
    barred_keys: barredKeys(approval),
    seated_keys: seatedKeys(approval),
    due_at: dueAt(approval),
    urgency: URGENCY[rules.priority],
    completed_at: approval.completedAt,
  };
};

export async function insertApproval(trx: Transaction<Database>, approval: Approval): Promise<void> {
  await trx
    .insertInto("approval")
    .values({
      ...changing(approval),
      id: approval.id,
      request_id: approval.requestId,
      requester_user_id: approval.requesterUserId,
      beneficiary_user_id: approval.beneficiaryUserId,
      created_at: approval.createdAt,
    })
    .execute();
}

/**
 * Reads an approval and holds its row until the transaction ends: two people may decide at once.
 * @throws PortcullisError `approval_unknown`
 */
export async function lockApproval(trx: Transaction<Database>, approvalId: string): Promise<Approval> {
  const row = await rowOf(trx, approvalId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new PortcullisError("approval_unknown");
  return approvalFromRow(row);
}

/** @throws PortcullisError `approval_unknown` */
export async function readApproval(db: Kysely<Database>, approvalId: string): Promise<Approval> {
  const row = await rowOf(db, approvalId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("approval_unknown");
  return approvalFromRow(row);
}

/** What is no id at all, as a forged button may carry, is an approval that nobody knows: the database would call it a fault. */
function rowOf(db: Kysely<Database>, approvalId: string) {
  if (!z.guid().safeParse(approvalId).success) throw new PortcullisError("approval_unknown");
  return db.selectFrom("approval").selectAll().where("id", "=", approvalId);
}

export async function saveApproval(trx: Transaction<Database>, approval: Approval): Promise<void> {
  await trx.updateTable("approval").set(changing(approval)).where("id", "=", approval.id).execute();
}

/** Keeps what happened, whole: out of these lines alone the approval can be made again. */
export async function recordEvents(trx: Transaction<Database>, approval: Approval, events: readonly ApprovalEvent[]): Promise<void> {
  for (const event of events)
    await appendToLedger(trx, event.at, [
      {
        kind: event.kind,
        requestId: approval.requestId,
        actor: actorOf(event),
        subject: approval.id,
        before: beforeOf(event),
        after: event,
      },
    ]);
}

/** What stood there before, where something did; what is new has nothing before it. */
function beforeOf(event: ApprovalEvent): object | null {
  switch (event.kind) {
    case "request.changed":
      return event.before;
    case "approval.seat_decided":
      return { seatId: event.seatId, decision: null };
    case "approval.reassigned":
      return { seatId: event.move.seatId, holder: event.move.from };
    case "approval.settled":
      return { status: "PENDING" };
    default:
      return null;
  }
}

const CLOCK = "portcullis";

function actorOf(event: ApprovalEvent): string {
  switch (event.kind) {
    case "approval.opened":
      return event.approval.requesterUserId;
    case "approval.seat_decided":
      return event.decision.by.userId;
    case "approval.reassigned":
      return event.move.by?.userId ?? CLOCK;
    case "approval.commented":
      return event.comment.by.userId;
    case "approval.attributes_changed":
    case "request.changed":
    case "approval.proposal_ended":
    case "approval.nudged":
      return event.by.userId;
    case "approval.change_proposed":
      return event.proposal.by.userId;
    case "approval.settled":
      return event.by?.userId ?? CLOCK;
    case "approval.reminded":
    case "approval.escalation_exhausted":
    case "approval.stranded":
      return CLOCK;
  }
}
