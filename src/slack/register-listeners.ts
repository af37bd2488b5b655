import type { App } from "@slack/bolt";
import { registerAnswerProposal } from "../actions/answer-proposal.ts";
import { registerApprove } from "../actions/approve.ts";
import { registerApproveWithChanges } from "../actions/approve-with-changes.ts";
import { registerAsk } from "../actions/ask.ts";
import { registerCardMenu } from "../actions/card-menu.ts";
import { registerDetails } from "../actions/details.ts";
import { registerHearMessage } from "../actions/hear-message.ts";
import { registerHome } from "../actions/home.ts";
import { registerOpenPortal } from "../actions/open-portal.ts";
import { registerReassign } from "../actions/reassign.ts";
import { registerReject } from "../actions/reject.ts";
import { registerRequestForm } from "../actions/request-form/register-request-form.ts";
import { registerRetry } from "../actions/retry.ts";
import { registerWithdraw } from "../actions/withdraw.ts";
import { registerPra } from "../commands/pra.ts";
import { registerRequestShortcut } from "../commands/request-shortcut.ts";
import type { ListenerDeps } from "./listener-deps.ts";

/** Everything that a person can do in Slack, in one place. */
export const registerListeners = (app: App, deps: ListenerDeps): void => {
  registerPra(app, deps);
  registerRequestShortcut(app, deps);
  registerRequestForm(app, deps);
  registerApprove(app, deps);
  registerReject(app, deps);
  registerReassign(app, deps);
  registerAsk(app, deps);
  registerCardMenu(app, deps);
  registerApproveWithChanges(app, deps);
  registerAnswerProposal(app, deps);
  registerDetails(app, deps);
  registerHearMessage(app, deps);
  registerRetry(app, deps);
  registerWithdraw(app, deps);
  registerOpenPortal(app);
  registerHome(app, deps);
};
