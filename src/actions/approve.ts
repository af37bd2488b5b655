import type { App } from "@slack/bolt";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { DecisionValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { clickedAudience } from "./adopt-clicked.ts";

/** Approve: the click is written down before it is acknowledged, because Slack does not deliver it twice; a job decides. */
export const registerApprove = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.approve, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    const { value, by, place } = click;
    const audience = clickedAudience(deps.approvalsChannel, click, "approver");
    await deps.services.approvals.recordApproveClick({ ...value, by, place, audience });
    await ack();
  });
};
