import type { App } from "@slack/bolt";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { DecisionValue } from "../views/button-value.ts";
import { ACTION, CALLBACK } from "../views/ids.ts";
import { rejectForm } from "../views/reject-form.ts";
import { CommentedDecision, openDecisionForm } from "./decision-form.ts";

/** Reject: asks why, and decides before the form closes, so that what is wrong shows at its field. */
export const registerReject = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.reject, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    await openDecisionForm(deps, click, async (model, texts) => rejectForm(model, texts));
  });

  app.view(CALLBACK.rejectForm, async ({ ack, body, view }) => {
    await deps.services.approvals.reject({ ...CommentedDecision.parse(view), by: signedActor(body) });
    await ack();
  });
};
