import type { App } from "@slack/bolt";
import { registerApprove } from "../actions/approve.ts";
import { registerHome } from "../actions/home.ts";
import { registerOpenPortal } from "../actions/open-portal.ts";
import { registerReassign } from "../actions/reassign.ts";
import { registerReject } from "../actions/reject.ts";
import { registerRequestForm } from "../actions/request-form/register-request-form.ts";
import { registerRetry } from "../actions/retry.ts";
import { registerApplyRules } from "../actions/rules/apply-rules.ts";
import { registerEditRules } from "../actions/rules/edit-rules.ts";
import { registerSettleChange } from "../actions/rules/settle-change.ts";
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
  registerRetry(app, deps);
  registerWithdraw(app, deps);
  registerEditRules(app, deps);
  registerApplyRules(app, deps);
  registerSettleChange(app, deps);
  registerOpenPortal(app);
  registerHome(app, deps);
};
