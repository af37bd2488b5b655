import type { App } from "@slack/bolt";
import { clickIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { RequestValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { adoptClicked } from "./adopt-clicked.ts";

/** Try again: an administrator has a failed request granted once more. The plan stands before the click is acknowledged. */
export const registerRetry = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.retry, async ({ ack, body }) => {
    const click = clickIn(body, RequestValue);
    try {
      await deps.services.access.retry({ ...click.value, by: click.by });
      await ack();
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "approver" }); // also when refused: that card may be out of date
    }
  });
};
