import { subMinutes } from "date-fns/subMinutes";
import { type ExpressionBuilder, sql } from "kysely";
import type { Database } from "../../store/schema.ts";
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
    // One question: a decision that becomes unproven between two of them would be seen by neither.
    const other = await trx
      .selectFrom("sailpoint_decision")
      .select("id")
      .where("approval_id", "=", approvalId)
      .where((eb) => eb.or([eb("state", "in", [...ON_ITS_WAY]), mayComeAbout(eb, clock.now())]))
      .executeTakeFirst();
    if (other !== undefined) return false;
    return step(trx, id, { from: "RECORDED", to, sentAt: clock.now(), ...(seatId === undefined ? {} : { seatId }) });
  });
}

/** Nothing that was sent comes about later than this. */
const LATE_MINUTES = 10;

/** What was sent a moment ago and was not seen since may still come about: nothing is sent beside it. */
const mayComeAbout = (eb: ExpressionBuilder<Database, "sailpoint_decision">, now: Date) =>
  eb.and([eb("state", "=", "UNPROVEN"), eb("sent_at", ">", subMinutes(now, LATE_MINUTES))]);

/** Whether an earlier decision on the approval may still come about. */
export async function isLateEffectPossible(
  { db, clock }: Pick<InboxPorts, "db" | "clock">,
  { approvalId }: Pick<SailPointDecisionRecord, "approvalId">,
): Promise<boolean> {
  const unproven = await db
    .selectFrom("sailpoint_decision")
    .select("id")
    .where("approval_id", "=", approvalId)
    .where((eb) => mayComeAbout(eb, clock.now()))
    .executeTakeFirst();
  return unproven !== undefined;
}
