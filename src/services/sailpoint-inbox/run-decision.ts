import { addSeconds } from "date-fns/addSeconds";
import { sql } from "kysely";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import type { JobAttempt } from "../../jobs/jobs.ts";
import type { Person } from "../directory/person.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";
import { databaseNow, readSeen } from "./approval-rows.ts";
import { claimSending, isLateEffectPossible } from "./claim-sending.ts";
import { hadNoEffect, identitiesWith, isTaken, nextStep, seatOf, sightOf } from "./decide.ts";
import { readDecision, step } from "./decision-rows.ts";
import type { SailPointDecisionRecord, SailPointFailure } from "./inbox.ts";
import { returnSeat, sendDeed, takeSeat } from "./send-deed.ts";
import { type SettlePorts, settleDecision, tellOutcome } from "./settle-decision.ts";
import { storeApprovals } from "./store-approvals.ts";

/** Pauses between the looks for a decision that was sent, in seconds; after the last it counts as unproven. */
const LOOK_AFTER = [1, 2, 5, 15, 30, 60] as const;
const TURN_SECONDS = 1;

/**
 * The job behind a recorded decision. It asks SailPoint how the approval stands, sends the decision once, and believes it when a re-read shows
 * it. A state in which something is on its way is written before it is sent: after a crash, or an answer that was lost, it is looked
 * for, and never sent again.
 *
 * @throws PortcullisError what passes by itself, for the queue to try again
 */
export const runDecision =
  (ports: SettlePorts) =>
  async ({ decisionId }: { readonly decisionId: string }, attempt: JobAttempt): Promise<void> => {
    const decision = await readDecision(ports.db, decisionId);
    try {
      switch (decision.state) {
        case "RECORDED":
          await begin(ports, decision);
          break;
        case "TAKING":
          await lookForSeat(ports, decision);
          break;
        case "TAKEN":
          await send(ports, decision);
          break;
        case "SENDING":
        case "SENT":
          await look(ports, decision);
          break;
        case "CONFIRMED":
        case "ELSEWHERE":
        case "REFUSED":
        case "UNPROVEN":
          break;
      }
    } catch (thrown) {
      if (!attempt.isLast) throw thrown;
      await giveUp(ports, decisionId, thrown);
    }
    await tellOutcome(ports, decisionId);
  };

/** What was sent may count: that is never called a refusal. */
async function giveUp(ports: SettlePorts, decisionId: string, thrown: unknown): Promise<void> {
  const error = fromUnknown(thrown);
  const { state } = await readDecision(ports.db, decisionId);
  const isSent = state === "SENDING" || state === "SENT" || state === "TAKING";
  if (isSent) await settleDecision(ports, decisionId, { from: state, to: "UNPROVEN", failure: { code: "sailpoint_unproven", params: {} } });
  else if (state === "RECORDED" || state === "TAKEN") {
    if (state === "TAKEN") await returnSeat(ports, decisionId);
    await settleDecision(ports, decisionId, { from: state, to: "REFUSED", failure: failureIn(error) });
  }
}

const failureIn = ({ code, details }: PortcullisError): SailPointFailure => ({ code, params: details.params ?? {} });

async function begin(ports: SettlePorts, decision: SailPointDecisionRecord): Promise<void> {
  const { sailpoint } = ports;
  const by = await trusted(ports, decision);
  if (by === null) return;
  if (await isLateEffectPossible(ports, decision))
    return settleDecision(ports, decision.id, { from: "RECORDED", to: "REFUSED", failure: { code: "sailpoint_unproven", params: {} } });
  if (!(await isAssigneeKnown(ports, decision)))
    return settleDecision(ports, decision.id, {
      from: "RECORDED",
      to: "REFUSED",
      failure: { code: "sailpoint_assignee_unknown", params: {} },
    });
  const { approval, version, askedAt } = await readAnew(ports, decision.approvalId);
  const ownerId = await sailpoint.ownerId();
  const next = nextStep({ approval, version, deed: decision.deed, shownVersion: decision.version, email: by.email, ownerId });
  switch (next.kind) {
    case "elsewhere":
      return settleDecision(ports, decision.id, { from: "RECORDED", to: "ELSEWHERE", failure: elsewhere(approval) });
    case "refuse":
      return settleDecision(ports, decision.id, { from: "RECORDED", to: "REFUSED", failure: next.failure });
    case "take": {
      if (!(await claimSending(ports, decision, { to: "TAKING", askedAt, seatId: next.seatId })))
        return comeBack(ports, decision.id, TURN_SECONDS);
      const sent = await attemptWrite(ports, decision.id, { from: "TAKING", back: "RECORDED" }, () =>
        takeSeat(ports, decision, { by, from: next.seatId, to: ownerId ?? "" }),
      );
      return sent ? lookForSeat(ports, { ...decision, state: "TAKING" }) : undefined;
    }
    case "send": {
      const seatId = seatOf(approval, identitiesWith(approval, by.email)[0] ?? "")?.id;
      const seat = seatId === undefined ? {} : { seatId };
      if (!(await claimSending(ports, decision, { to: "SENDING", askedAt, ...seat }))) return comeBack(ports, decision.id, TURN_SECONDS);
      return write(ports, { ...decision, seatId: seatId ?? null }, by, "RECORDED");
    }
  }
}

/** Whom a decision is handed on to is still who has the identity's email: the mapping may be a day old. */
async function isAssigneeKnown({ db, people }: SettlePorts, { deed, by }: SailPointDecisionRecord): Promise<boolean> {
  if (deed.kind !== "reassign") return true;
  const identity = await db.selectFrom("sailpoint_identity").select("email").where("id", "=", deed.toIdentityId).executeTakeFirst();
  try {
    const { email } = await people.trusted({ teamId: by.teamId, userId: deed.toUserId });
    return email === identity?.email;
  } catch (thrown) {
    if (!isVerdictOnPerson(fromUnknown(thrown).code)) throw thrown;
    return false;
  }
}

/** The place is the owner's now: the decision goes out in it. */
async function send(ports: SettlePorts, decision: SailPointDecisionRecord): Promise<void> {
  const by = await trusted(ports, decision);
  if (by === null) return;
  if (!(await step(ports.db, decision.id, { from: "TAKEN", to: "SENDING", sentAt: ports.clock.now() })))
    return comeBack(ports, decision.id, TURN_SECONDS);
  await write(ports, decision, by, "TAKEN");
}

async function write(ports: SettlePorts, decision: SailPointDecisionRecord, by: Person, back: "RECORDED" | "TAKEN"): Promise<void> {
  const sent = await attemptWrite(ports, decision.id, { from: "SENDING", back }, () => sendDeed(ports, decision, by));
  if (!sent) return;
  await step(ports.db, decision.id, { from: "SENDING", to: "SENT" });
  await look(ports, { ...decision, state: "SENT" });
}

/**
 * One write. What certainly had no effect goes back to where it may be sent again, and is thrown for the queue to do so; what SailPoint
 * refuses is looked at once more, because that is often its way to say that others were faster.
 *
 * @returns false when it is settled
 */
async function attemptWrite(
  ports: SettlePorts,
  decisionId: string,
  { from, back }: { readonly from: "TAKING" | "SENDING"; readonly back: "RECORDED" | "TAKEN" },
  call: () => Promise<void>,
): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (thrown) {
    const error = fromUnknown(thrown);
    ports.log.warn({ err: error, decisionId, state: from }, "sailpoint.decision-not-answered");
    if (hadNoEffect(error.code)) {
      await step(ports.db, decisionId, { from, to: back });
      throw error;
    }
    const isRefusal =
      error.code === "sailpoint_refused" || error.code === "sailpoint_not_permitted" || error.code === "sailpoint_not_found";
    if (!isRefusal) return true; // the answer was lost, or nobody can read it: it is looked for
    if (back === "TAKEN") await returnSeat(ports, decisionId);
    await settleRefused(ports, decisionId, from, error);
    return false;
  }
}

async function settleRefused(ports: SettlePorts, decisionId: string, from: "TAKING" | "SENDING", error: PortcullisError): Promise<void> {
  const { approvalId } = await readDecision(ports.db, decisionId);
  const { approval } = await readAnew(ports, approvalId);
  if (approval.status === "PENDING") await settleDecision(ports, decisionId, { from, to: "REFUSED", failure: failureIn(error) });
  else await settleDecision(ports, decisionId, { from, to: "ELSEWHERE", failure: elsewhere(approval) });
}

async function lookForSeat(ports: SettlePorts, decision: SailPointDecisionRecord): Promise<void> {
  const { approval } = await readAnew(ports, decision.approvalId);
  if (isTaken(approval, decision.id, await ports.sailpoint.ownerId())) {
    await step(ports.db, decision.id, { from: "TAKING", to: "TAKEN" });
    return send(ports, { ...decision, state: "TAKEN" });
  }
  if (approval.status !== "PENDING")
    return settleDecision(ports, decision.id, { from: "TAKING", to: "ELSEWHERE", failure: elsewhere(approval) });
  await lookAgain(ports, decision);
}

async function look(ports: SettlePorts, decision: SailPointDecisionRecord): Promise<void> {
  const { approval } = await readAnew(ports, decision.approvalId);
  const { state: from } = decision;
  switch (sightOf(approval, decision.deed, decision.id)) {
    case "done":
      return settleDecision(ports, decision.id, { from, to: "CONFIRMED" });
    case "elsewhere":
      return settleDecision(ports, decision.id, { from, to: "ELSEWHERE", failure: elsewhere(approval) });
    case "not-shown":
      return lookAgain(ports, decision);
  }
}

async function lookAgain(ports: SettlePorts, { id, state: from }: SailPointDecisionRecord): Promise<void> {
  const { db } = ports;
  const { looks } = await db
    .updateTable("sailpoint_decision")
    .set({ looks: sql<number>`looks + 1` })
    .where("id", "=", id)
    .returning("looks")
    .executeTakeFirstOrThrow();
  const pause = LOOK_AFTER[looks - 1];
  if (pause === undefined) return settleDecision(ports, id, { from, to: "UNPROVEN", failure: { code: "sailpoint_unproven", params: {} } });
  await comeBack(ports, id, pause);
}

const comeBack = ({ jobs, clock }: SettlePorts, decisionId: string, seconds: number): Promise<void> =>
  jobs.enqueueNow("decide-in-sailpoint", { decisionId }, { startAfter: addSeconds(clock.now(), seconds), singletonKey: decisionId });

/** Who decides, as Slack knows them now; null when they may not any more, which settles it. */
async function trusted(ports: SettlePorts, { id, by, state: from }: SailPointDecisionRecord): Promise<Person | null> {
  try {
    return await ports.people.trusted(by);
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (!isVerdictOnPerson(error.code)) throw thrown;
    if (from === "TAKEN") await returnSeat(ports, id);
    await settleDecision(ports, id, { from, to: "REFUSED", failure: failureIn(error) });
    return null;
  }
}

const elsewhere = (approval: SailPointApproval): SailPointFailure => ({
  code: "sailpoint_decided",
  params: {
    status: approval.status,
    by: [...(approval.approvedBy ?? []), ...(approval.rejectedBy ?? [])].map(({ identity }) => identity.name ?? identity.id).join(", "),
  },
});

/** Asks SailPoint, and stores what it says. */
async function readAnew(
  ports: SettlePorts,
  approvalId: string,
): Promise<{ readonly approval: SailPointApproval; readonly version: number; readonly askedAt: string }> {
  const askedAt = await databaseNow(ports.db);
  const approval = await ports.sailpoint.approvals.get(approvalId, { priority: "decision" });
  await ports.db.transaction().execute((trx) => storeApprovals(ports, trx, [approval], { askedAt }));
  const seen = await readSeen(ports.db, approvalId);
  if (seen === null) throw new PortcullisError("unexpected", { params: { reason: "an approval of SailPoint's is not stored" } });
  return { approval, version: seen.version, askedAt };
}
