import type { Kysely, Selectable, Transaction } from "kysely";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { ApprovalTable, Database } from "../../store/schema.ts";
import type { Approval, ApprovalStatus } from "./approval.ts";
import { holderKey } from "./decide.ts";

const actor = z.object({ teamId: z.string(), userId: z.string() });
const holder = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), userId: z.string() }),
  z.object({ kind: z.literal("group"), groupId: z.string() }),
]);
const criterion = z.object({ calculationType: z.enum(["COUNT", "PERCENT"]), value: z.number() });
const status = z.enum(["PENDING", "APPROVED", "REJECTED", "EXPIRED", "CANCELLED", "PASSED"]) satisfies z.ZodType<ApprovalStatus>;

const body = z.object({
  seats: z.array(
    z.object({
      id: z.string(),
      holder,
      decision: z
        .object({ verdict: z.enum(["APPROVED", "REJECTED"]), by: actor, at: z.coerce.date(), comment: z.string().nullable() })
        .nullable(),
    }),
  ),
  criteria: z.object({ type: z.enum(["PARALLEL", "SERIAL"]), approval: criterion, rejection: criterion }),
  config: z.object({ requiresComment: z.enum(["ALL", "APPROVAL", "REJECTION", "OFF"]), selfApproval: z.enum(["OFF", "ALLOWED"]) }),
  interestedZpaUsers: z.array(z.string()),
  reassignmentHistory: z.array(
    z.object({
      seatId: z.string(),
      from: holder,
      to: holder,
      by: actor,
      at: z.coerce.date(),
      comment: z.string(),
      kind: z.literal("MANUAL_REASSIGNMENT"),
    }),
  ),
});

/** An approval out of its row. */
export const approvalFromRow = (row: Selectable<ApprovalTable>): Approval => ({
  ...body.parse(row.body),
  id: row.id,
  requestId: row.request_id,
  status: status.parse(row.status),
  version: row.version,
  requesterUserId: row.requester_user_id,
  beneficiaryUserId: row.beneficiary_user_id,
  createdAt: row.created_at,
  completedAt: row.completed_at,
});

/** The columns that a decision changes. `holder_keys` names who it waits for, so that a queue is one index look-up. */
const changing = (approval: Approval) => ({
  status: approval.status,
  version: approval.version,
  body: JSON.stringify({
    seats: approval.seats,
    criteria: approval.criteria,
    config: approval.config,
    interestedZpaUsers: approval.interestedZpaUsers,
    reassignmentHistory: approval.reassignmentHistory,
  }),
  holder_keys:
    approval.status === "PENDING" ? approval.seats.filter((seat) => seat.decision === null).map((seat) => holderKey(seat.holder)) : [],
  completed_at: approval.completedAt,
});

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
  const row = await trx.selectFrom("approval").selectAll().where("id", "=", approvalId).forUpdate().executeTakeFirst();
  if (row === undefined) throw new PortcullisError("approval_unknown");
  return approvalFromRow(row);
}

/** @throws PortcullisError `approval_unknown` */
export async function readApproval(db: Kysely<Database>, approvalId: string): Promise<Approval> {
  const row = await db.selectFrom("approval").selectAll().where("id", "=", approvalId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("approval_unknown");
  return approvalFromRow(row);
}

export async function saveApproval(trx: Transaction<Database>, approval: Approval): Promise<void> {
  await trx.updateTable("approval").set(changing(approval)).where("id", "=", approval.id).execute();
}
