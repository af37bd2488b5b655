import { PortcullisError } from "../../errors.ts";
import { appendToLedger } from "../audit/ledger.ts";
import type { SlackActor } from "../directory/person.ts";
import { readSeen } from "./approval-rows.ts";
import { readDecision, step } from "./decision-rows.ts";
import type { DecisionState, SailPointDecisionRecord, SailPointFailure } from "./inbox.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { showCardsOf, subjectOf } from "./store-approvals.ts";

export interface SettlePorts extends InboxPorts {
  /** Tells one person, where they clicked, why nothing came of it. */
  readonly tell: (person: SlackActor, place: SailPointDecisionRecord["place"], error: PortcullisError, reference: string) => Promise<void>;
}

interface Settlement {
  readonly from: DecisionState;
  readonly to: "CONFIRMED" | "ELSEWHERE" | "REFUSED" | "UNPROVEN";
  readonly failure?: SailPointFailure;
}

/** Writes down how a decision ended, once, with its event in the ledger, and has cards and lists drawn anew. */
export async function settleDecision(ports: SettlePorts, decisionId: string, { from, to, failure }: Settlement): Promise<void> {
  const { db, clock, jobs } = ports;
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const settled = await step(trx, decisionId, { from, to, settledAt: now, ...(failure === undefined ? {} : { failure }) });
    if (!settled) return;
    const { approvalId, by, deed } = await readDecision(trx, decisionId);
    const status = (await readSeen(trx, approvalId))?.approval.status ?? null;
    await appendToLedger(trx, now, [
      {
        ...{ kind: "sailpoint.decision.settled", requestId: null, actor: by.userId, subject: subjectOf(approvalId) },
        before: { decisionId, state: from },
        after: { decisionId, deed: deed.kind, state: to, status, ...(failure === undefined ? {} : { failure: failure.code }) },
      },
    ]);
    await showCardsOf(jobs, trx, approvalId);
    await jobs.enqueue(trx, "publish-home", { userId: by.userId });
  });
}

/** Tells the person what they would else wait for in vain. What counts is on the card. Said once, unless a process dies while it says it. */
export async function tellOutcome({ db, clock, ids, log, tell }: SettlePorts, decisionId: string): Promise<void> {
  const { state, failure, by, place } = await readDecision(db, decisionId);
  if (failure === null || state === "CONFIRMED") return;
  const claimed = await db
    .updateTable("sailpoint_decision")
    .set({ told_at: clock.now() })
    .where("id", "=", decisionId)
    .where("settled_at", "is not", null)
    .where("told_at", "is", null)
    .executeTakeFirst();
  if (claimed.numUpdatedRows !== 1n) return;
  const reference = ids.reference();
  const error = new PortcullisError(failure.code, { params: failure.params });
  log.info({ decisionId, state, code: failure.code, reference }, "sailpoint.decision-told");
  try {
    await tell(by, place, error, reference);
  } catch (thrown) {
    await db.updateTable("sailpoint_decision").set({ told_at: null }).where("id", "=", decisionId).execute();
    throw thrown;
  }
}
