import type { App } from "@slack/bolt";
import { choiceIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { MenuValue } from "../views/button-value.ts";
import { ACTION } from "../views/ids.ts";
import { openChangesForm } from "./approve-with-changes.ts";
import { openDetails } from "./details.ts";

/** The menu of an approver's card: what is not needed every day. */
export const registerCardMenu = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.cardMenu, async ({ ack, body }) => {
    const { value: chosen, ...click } = choiceIn(body, MenuValue);
    await ack();
    switch (chosen.choice) {
      case "changes":
        return openChangesForm(deps, { ...click, value: chosen.value });
      case "details":
        return openDetails(deps, { ...click, value: chosen.value }, "approver");
    }
  });
};
