import type { App } from "@slack/bolt";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { approveForm } from "../views/approve-form.ts";
import { DecisionValue } from "../views/button-value.ts";
import { ACTION, CALLBACK } from "../views/ids.ts";
import { CommentedDecision, openDecisionForm } from "./decision-form.ts";

/** Approve where the rules want a comment with a yes: asks for it, and decides before the form closes. */
export const registerApproveWithComment = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.approveWithComment, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    await openDecisionForm(deps, click, async (model, texts) => approveForm(model, texts));
  });

  app.view(CALLBACK.approveForm, async ({ ack, body, view }) => {
    await deps.services.approvals.approve({ ...CommentedDecision.parse(view), by: signedActor(body) });
    await ack();
  });
};
