import type { Transaction } from "kysely";
import type { Database } from "../../store/schema.ts";
import { microtenantKey, segmentKey } from "./grant-rows.ts";
import type { GrantPlan } from "./plan-grants.ts";

/**
 * ZPA has no idempotency key: (email, microtenant, segments, start, end) is ours, and no two grants share it. Of two that would,
 * the later starts a second later, which no person notices and every look-up can tell apart.
 */
export async function insertGrant(trx: Transaction<Database>, id: string, requestId: string, plan: GrantPlan, now: Date): Promise<string> {
  for (let start = plan.start; ; start = new Date(start.getTime() + 1000)) {
    const row = await trx
      .insertInto("access_grant")
      .values({
        id,
        request_id: requestId,
        microtenant_key: microtenantKey(plan.microtenantId),
        part: plan.part,
        email: plan.email,
        segment_ids: JSON.stringify(plan.segmentIds),
        segment_key: segmentKey(plan.segmentIds),
        console_ids: JSON.stringify(plan.consoleIds),
        start_at: start,
        end_at: plan.end,
        working_hours: plan.workingHours === null ? null : JSON.stringify(plan.workingHours),
        status: "PLANNED",
        created_at: now,
        updated_at: now,
      })
      .onConflict((conflict) => conflict.columns(["email", "microtenant_key", "segment_key", "start_at", "end_at"]).doNothing())
      .returning("id")
      .executeTakeFirst();
    if (row !== undefined) return row.id;
  }
}
