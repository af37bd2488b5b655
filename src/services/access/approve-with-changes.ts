import type { Ids } from "../../ids.ts";
import { applyCommand } from "../approvals/apply-command.ts";
import type { Approval } from "../approvals/approval.ts";
import { lockApproval } from "../approvals/approval-rows.ts";
import { countSettled } from "../approvals/count-settled.ts";
import { decide } from "../approvals/decide.ts";
import { type DecidePorts, deciderOf } from "../approvals/decide-approval.ts";
import { compareTerms, type Terms } from "../policy/terms.ts";
import type { ApproveWithChanges } from "../services.ts";
import { termsOf } from "./change-terms.ts";
import { checkSomethingLeft, checkWidenedTerms } from "./check-changed-terms.ts";
import { lockRequest } from "./request-rows.ts";

/**
 * Approves fewer consoles or an earlier end in one transaction: what is asked for changes, and the approver's yes counts for that. More
 * than was asked for decides nothing: it is written down as a proposal, and the requester is asked. No change at all is a plain yes.
 *
 * @throws PortcullisError `console_missing` | `window_over` and as `checkRequestedTime`, each at its field; whatever `decide` refuses
 */
export const approveWithChanges =
  ({ db, people, clock, faultPoint, ids, metrics, ...ports }: DecidePorts & { readonly ids: Ids }) =>
  async ({ approvalId, version, by: actor, consoleIds, end, comment }: ApproveWithChanges): Promise<"approved" | "proposed"> => {
    const by = await deciderOf(db, people, approvalId, actor);
    const beforeCommit = async (approval: Approval): Promise<Approval> => {
      await faultPoint("decision.before-commit");
      return approval;
    };
    const settled = await db.transaction().execute(async (trx) => {
      const now = clock.now();
      const approval = await lockApproval(trx, approvalId);
      const before = termsOf(await lockRequest(trx, approval.requestId));
      const approve = { kind: "approve", by, version, comment } as const;
      decide(approval, approve, now); // who may not decide at all is told so, and not what is wrong with their form
      const after: Terms = {
        consoles: before.consoles.filter(({ id }) => consoleIds.includes(id)),
        time: end === null ? before.time : { ...before.time, end },
      };
      switch (compareTerms(before, after)) {
        case "same":
          return beforeCommit(await applyCommand(ports, trx, approvalId, approve, now));
        case "narrower":
          checkSomethingLeft(after, now);
          return beforeCommit(await applyCommand(ports, trx, approvalId, { ...approve, change: { before, after } }, now));
        case "wider":
          checkWidenedTerms(after, approval.rules, now);
          await applyCommand(ports, trx, approvalId, { ...approve, kind: "propose", proposalId: ids.uuid(), before, after }, now);
          return null;
      }
    });
    metrics?.decision(settled === null ? "propose" : "approve");
    if (settled !== null) countSettled(metrics, settled);
    await faultPoint("decision.committed");
    return settled === null ? "proposed" : "approved";
  };
