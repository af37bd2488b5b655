import type { Transaction } from "kysely";
import { PortcullisError } from "../../errors.ts";
import type { Database } from "../../store/schema.ts";
import { appendToLedger } from "../audit/ledger.ts";
import { insertDecision } from "./decision-rows.ts";
import type { RecordSailPointDecision, SailPointDeed } from "./inbox.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { identitiesOfUser } from "./load-card.ts";
import { showCardsOf, subjectOf } from "./store-approvals.ts";

export type RecordPorts = Pick<InboxPorts, "db" | "jobs" | "clock" | "ids">;

/**
 * Writes down what a person wants done, so that a crash cannot lose it; awaited before the click is acknowledged. Whether they may is asked
 * of SailPoint by the job. A second click while the first is under way adds nothing.
 *
 * @throws PortcullisError `card_stale` for an approval that is not known; `sailpoint_assignee_unknown` with `field`
 */
export const recordDecisions =
  (ports: RecordPorts) =>
  async ({ items, deed: wanted, by, place }: RecordSailPointDecision): Promise<void> => {
    const { db, ids, jobs, clock } = ports;
    const deed = wanted.kind === "reassign" ? { ...wanted, toIdentityId: await identityOf(ports, wanted.toUserId) } : wanted;
    await db.transaction().execute(async (trx) => {
      for (const { sailpointId: approvalId, version } of items) {
        await refuseUnknown(trx, approvalId);
        const id = ids.uuid();
        if (!(await insertDecision(trx, { id, approvalId, version, deed, by, place, createdAt: clock.now() }))) continue;
        const event = { kind: "sailpoint.decision.recorded", requestId: null, actor: by.userId, subject: subjectOf(approvalId) };
        await appendToLedger(trx, clock.now(), [{ ...event, before: null, after: { decisionId: id, version, deed: told(deed) } }]);
        await jobs.enqueue(trx, "decide-in-sailpoint", { decisionId: id });
        await showCardsOf(jobs, trx, approvalId);
      }
    });
  };

const told = (deed: SailPointDeed): object => ({ ...deed });

async function refuseUnknown(trx: Transaction<Database>, approvalId: string): Promise<void> {
  const row = await trx.selectFrom("sailpoint_approval").select("id").where("id", "=", approvalId).executeTakeFirst();
  if (row === undefined) throw new PortcullisError("card_stale");
}

async function identityOf({ db }: RecordPorts, userId: string): Promise<string> {
  const [identityId, ...others] = await identitiesOfUser(db, userId);
  if (identityId === undefined || others.length > 0)
    throw new PortcullisError("sailpoint_assignee_unknown", { field: "assignee", params: { userId } });
  return identityId;
}
