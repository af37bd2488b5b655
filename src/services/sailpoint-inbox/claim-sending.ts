import { sql } from "kysely";
import { ON_ITS_WAY, step } from "./decision-rows.ts";
import type { SailPointDecisionRecord } from "./inbox.ts";
import type { InboxPorts } from "./inbox-ports.ts";

/**
 * Takes the right to write to an approval of SailPoint's: one decision has it at a time, in whatever replica, and only when nothing was learnt
 * of the approval since this decision was judged. The database holds the same by a unique index.
 *
 * @returns false when it has to be judged anew
 */
export async function claimSending(
  { db, clock }: Pick<InboxPorts, "db" | "clock">,
  { id, approvalId }: SailPointDecisionRecord,
  { to, askedAt, seatId }: { readonly to: "TAKING" | "SENDING"; readonly askedAt: string; readonly seatId?: string },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const approval = await trx
      .selectFrom("sailpoint_approval")
      .select(sql<boolean>`read_at > ${askedAt}::timestamptz`.as("isOutdated"))
      .where("id", "=", approvalId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    if (approval.isOutdated) return false;
    const other = await trx
      .selectFrom("sailpoint_decision")
      .select("id")
      .where("approval_id", "=", approvalId)
      .where("state", "in", [...ON_ITS_WAY])
      .executeTakeFirst();
    if (other !== undefined) return false;
    return step(trx, id, { from: "RECORDED", to, sentAt: clock.now(), ...(seatId === undefined ? {} : { seatId }) });
  });
}
