import type { App } from "@slack/bolt";
import { registerApprove } from "../actions/approve.ts";
import { registerHome } from "../actions/home.ts";
import { registerLeavers } from "../actions/leavers.ts";
import { registerNudge } from "../actions/nudge.ts";
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
  registerRetry(app, deps);
  registerWithdraw(app, deps);
  registerNudge(app, deps);
  registerLeavers(app, deps);
  registerOpenPortal(app);
  registerHome(app, deps);
};
