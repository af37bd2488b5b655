import { subMinutes } from "date-fns/subMinutes";
import type { Kysely } from "kysely";
import type { Database } from "../../store/schema.ts";
import type { ApprovalEvent } from "./approval-events.ts";
import { ApprovalEventJson } from "./approval-json.ts";
import type { BulkCommand } from "./bulk-rows.ts";
import { sameHolder } from "./seats.ts";

/** Replicas' clocks differ by less. */
const CLOCKS_DIFFER_MINUTES = 1;

/**
 * Whether the person has done to this approval what the command wants, since it was sent: then another run of it has committed the
 * decision and not noted it. The ledger knows, also where others have decided since.
 */
export async function didEarlier(
  db: Kysely<Database>,
  { verdict, by, to, createdAt }: Pick<BulkCommand, "verdict" | "by" | "to" | "createdAt">,
  approvalId: string,
): Promise<boolean> {
  const rows = await db
    .selectFrom("approval")
    .innerJoin("ledger_event", "ledger_event.request_id", "approval.request_id")
    .select("ledger_event.after")
    .where("approval.id", "=", approvalId)
    .where("ledger_event.subject", "=", approvalId)
    .where("ledger_event.actor", "=", by.userId)
    .where("ledger_event.kind", "in", ["approval.seat_decided", "approval.reassigned", "approval.settled"])
    .where("ledger_event.at", ">=", subMinutes(createdAt, CLOCKS_DIFFER_MINUTES))
    .execute();
  return rows.some(({ after }) => isThatDeed(ApprovalEventJson.parse(after), { verdict, to }));
}

function isThatDeed(event: ApprovalEvent, { verdict, to }: Pick<BulkCommand, "verdict" | "to">): boolean {
  switch (verdict) {
    case "approve":
      return event.kind === "approval.seat_decided" && event.decision.verdict === "APPROVED";
    case "reject":
      return event.kind === "approval.seat_decided" && event.decision.verdict === "REJECTED";
    case "reassign":
      return event.kind === "approval.reassigned" && to !== null && sameHolder(event.move.to, to);
    case "cancel":
      return event.kind === "approval.settled" && event.status === "CANCELLED";
  }
}
