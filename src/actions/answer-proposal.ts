import type { App } from "@slack/bolt";
import type { ProposalAnswer } from "../services/services.ts";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { ProposalValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { adoptClicked } from "./adopt-clicked.ts";

/**
 * Accept and Decline on the requester's card. The answer counts before the click is acknowledged: Slack does not deliver it twice, and who
 * pressed a button that seemed to work must not find it undone.
 */
export const registerAnswerProposal = (app: App, deps: ListenerDeps): void => {
  const answer = (actionId: string, given: ProposalAnswer["answer"]): void => {
    app.action(actionId, async ({ ack, body }) => {
      const click = clickIn(body, ProposalValue);
      const { value, by } = click;
      try {
        await deps.services.approvals.answerProposal({ ...value, by, answer: given });
        await ack();
      } finally {
        // Version 0 is no approval's: the card is drawn anew in any case.
        await adoptClicked(deps, click, { request: { approvalId: value.approvalId, version: 0 }, reader: "requester" });
      }
    });
  };
  answer(ACTION.acceptProposal, "ACCEPT");
  answer(ACTION.declineProposal, "DECLINE");
};
