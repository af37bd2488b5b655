import { max } from "date-fns/max";
import { fromUnknown, PortcullisError } from "../../errors.ts";
import { applyCommand } from "../approvals/apply-command.ts";
import type { Proposal } from "../approvals/approval.ts";
import { lockApproval, readApproval } from "../approvals/approval-rows.ts";
import { countSettled } from "../approvals/count-settled.ts";
import { type DecidePorts, deciderOf } from "../approvals/decide-approval.ts";
import { isVerdictOnPerson } from "../directory/trusted-at.ts";
import type { ProposalAnswer } from "../services.ts";
import { checkWidenedTerms } from "./check-changed-terms.ts";

/**
 * The requester, or the beneficiary, answers a proposal. With consent the request changes and the proposer's yes counts, in one
 * transaction, if they may still give it: that is asked of Slack now. Where no decision follows, a job of the same transaction tells the
 * proposer.
 *
 * @throws PortcullisError `proposal_gone` | `not_allowed` | `already_decided`, what {@link checkWidenedTerms} refuses by now, and
 *   `proposal_lapsed` when the proposer may no longer decide: the proposal is gone then, too
 */
export const answerProposal =
  (ports: DecidePorts) =>
  async ({ approvalId, proposalId, by: actor, answer }: ProposalAnswer): Promise<void> => {
    const { db, people, clock, faultPoint, jobs } = ports;
    const by = await deciderOf(db, people, approvalId, actor);
    const { proposal } = await readApproval(db, approvalId);
    if (proposal?.id !== proposalId) throw new PortcullisError("proposal_gone");
    const proposer = answer === "ACCEPT" ? await proposerNow(ports, approvalId, proposal) : null;
    const { outcome, approval } = await db.transaction().execute(async (trx) => {
      const before = await lockApproval(trx, approvalId);
      // Another replica's clock may be ahead: nothing is decided before what has happened already.
      const now = max([clock.now(), before.modifiedAt]);
      const after = await applyCommand(ports, trx, approvalId, { kind: "answer", by, proposalId, answer, proposer }, now);
      const hasChanged = after.changes.length > before.changes.length;
      if (hasChanged) checkWidenedTerms(proposal.after, after.rules, now);
      const ended = answer === "DECLINE" ? "declined" : hasChanged ? "accepted" : "lapsed";
      if (ended !== "accepted") await jobs.enqueue(trx, "tell-proposer", { approvalId, proposalId, proposer: proposal.by, outcome: ended });
      await faultPoint("decision.before-commit");
      return { outcome: ended, approval: after };
    });
    if (outcome === "accepted") {
      ports.metrics?.decision("approve");
      countSettled(ports.metrics, approval);
    }
    await faultPoint("decision.committed");
    if (outcome === "lapsed") throw new PortcullisError("proposal_lapsed");
  };

/** Null for who has left Slack, or is no longer trusted. */
async function proposerNow({ db, people }: DecidePorts, approvalId: string, { by }: Proposal) {
  try {
    return await deciderOf(db, people, approvalId, by);
  } catch (thrown) {
    if (isVerdictOnPerson(fromUnknown(thrown).code)) return null;
    throw thrown;
  }
}
