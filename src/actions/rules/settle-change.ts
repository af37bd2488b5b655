import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { ChangeValue } from "../../views/button-value.ts";
import { ACTION } from "../../views/ids.ts";
import { refreshRulesList } from "./open-rules-list.ts";

const inList = z.object({ view: z.object({ id: z.string() }) });

/**
 * Confirm, Decline and Take back, on the card or in the list. It is done before the click is acknowledged: Slack does not deliver it
 * twice. Cards follow by a job; an open list is drawn anew.
 */
export const registerSettleChange = (app: App, deps: ListenerDeps): void => {
  for (const [actionId, verdict] of [
    [ACTION.changeConfirm, "confirm"],
    [ACTION.changeDecline, "decline"],
  ] as const)
    app.action(actionId, async ({ ack, body }) => {
      const { value, by } = clickIn(body, ChangeValue);
      await deps.services.rules[verdict]({ ...value, by });
      await ack();
      const list = inList.safeParse(body);
      if (list.success) await refreshRulesList(deps, by, list.data.view.id);
    });
};
