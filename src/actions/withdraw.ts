import type { App } from "@slack/bolt";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { RequestValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { adoptClicked } from "./adopt-clicked.ts";

/**
 * Withdraw: the requester takes a pending request back, from its card, the App Home or `/pra mine`. It counts before the click is
 * acknowledged: Slack does not deliver it twice.
 */
export const registerWithdraw = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.withdraw, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    try {
      await deps.services.access.withdraw({ ...click.value, by: click.by });
      await ack();
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "requester" }); // also when refused: that card may be out of date
    }
  });
};
