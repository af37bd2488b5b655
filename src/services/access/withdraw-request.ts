import type { Kysely } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { lockApproval, saveApproval } from "../approvals/approval-rows.ts";
import { decide } from "../approvals/decide.ts";
import type { DecidePorts } from "../approvals/decide-approval.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SlackActor } from "../directory/person.ts";

/**
 * The requester takes a pending request back.
 * @throws PortcullisError `request_unknown` | `not_allowed` | `already_decided`
 */
export const withdrawRequest =
  ({ db, jobs, clock, people, onSettled }: Pick<DecidePorts, "db" | "jobs" | "clock" | "people" | "onSettled">) =>
  async ({ requestId, by }: { readonly requestId: string; readonly by: SlackActor }): Promise<void> => {
    const person = await people.trusted(by);
    const approvalId = await approvalOf(db, requestId);
    await db.transaction().execute(async (trx) => {
      const now = clock.now();
      const { approval, event } = decide(await lockApproval(trx, approvalId), { kind: "cancel", by: person }, now);
      await saveApproval(trx, approval);
      await appendToLedger(trx, now, [
        {
          kind: event.kind,
          requestId,
          actor: person.userId,
          subject: approval.id,
          before: { status: "PENDING" },
          after: { status: approval.status },
        },
      ]);
      await onSettled(trx, approval, now);
      await jobs.enqueue(trx, "project-request", { requestId });
    });
  };

async function approvalOf(db: Kysely<Database>, requestId: string): Promise<string> {
  const row = await db.selectFrom("approval").select("id").where("request_id", "=", requestId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("request_unknown");
  return row.id;
}
