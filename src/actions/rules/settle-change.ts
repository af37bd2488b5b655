import type { App } from "@slack/bolt";
import { z } from "zod";
import { fromUnknown } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import type { ChangeView } from "../../services/rules/rules-service.ts";
import { clickIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { ChangeValue } from "../../views/button-value.ts";
import { ACTION, CALLBACK } from "../../views/ids.ts";
import { changeModal } from "../../views/rules-change-view.ts";
import { refreshRulesList, textsOf } from "./open-rules-list.ts";

const inView = z.object({ view: z.object({ id: z.string(), root_view_id: z.string(), callback_id: z.string() }) });

/**
 * Confirm, Decline and Take back, on the card, in the list or where the change is shown whole. It is done before the click is
 * acknowledged: Slack does not deliver it twice. Cards follow by a job; what is open is drawn anew.
 */
export const registerSettleChange = (app: App, deps: ListenerDeps): void => {
  for (const [actionId, verdict] of [
    [ACTION.changeConfirm, "confirm"],
    [ACTION.changeDecline, "decline"],
  ] as const)
    app.action(actionId, async ({ ack, body }) => {
      const { value, by } = clickIn(body, ChangeValue);
      const change = await deps.services.rules[verdict]({ ...value, by });
      await ack();
      const { view } = inView.safeParse(body).data ?? {};
      if (view === undefined) return;
      const isWhole = view.callback_id === CALLBACK.rulesChange;
      if (isWhole) await showSettled(deps, by, change, view.id);
      if (!isWhole || view.root_view_id !== view.id) await refreshRulesList(deps, by, view.root_view_id);
    });
};

/** It is done already: when the view is gone, nobody misses it. */
async function showSettled(deps: ListenerDeps, by: SlackActor, change: ChangeView, viewId: string): Promise<void> {
  try {
    const view = changeModal({ change, page: Number.MAX_SAFE_INTEGER, readerId: by.userId }, await textsOf(deps, by));
    await asking("views.update", () => deps.client.views.update({ view_id: viewId, view }));
  } catch (thrown) {
    deps.log.info({ err: fromUnknown(thrown), viewId }, "rules-change.not-refreshed");
  }
}
