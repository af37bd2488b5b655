import type { App } from "@slack/bolt";
import { z } from "zod";
import { signedActor, triggerIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { asking } from "../slack/slack-failure.ts";
import { textsFor } from "../texts/texts.ts";
import { withdrawForm } from "../views/bulk-form.ts";
import { bulkWorkingView } from "../views/bulk-result.ts";
import { TickValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";

const submitted = z.object({
  id: z.string(),
  state: z.object({
    values: z.object({
      [BLOCK.bulkRequests]: z.object({ [ACTION.bulkRequests]: z.object({ selected_options: z.array(z.object({ value: TickValue })) }) }),
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullish() }) }),
    }),
  }),
});

/** Withdraw several: the requester chooses among their own requests that still wait, and takes them back together. */
export const registerWithdrawSeveral = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.withdrawSeveral, async ({ ack, body }) => {
    const by = signedActor(body);
    const triggerId = triggerIn(body);
    await ack();
    const [choice, user] = await Promise.all([deps.services.approvals.bulk.withdrawable(by), deps.directory.user(by.userId)]);
    const view = withdrawForm(choice, textsFor(user?.locale ?? null));
    await asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view }));
  });

  app.view(CALLBACK.withdrawSeveral, async ({ ack, body, view }) => {
    const { id: viewId, state } = submitted.parse(view);
    const by = signedActor(body);
    const items = state.values[BLOCK.bulkRequests][ACTION.bulkRequests].selected_options.map(({ value }) => value);
    const comment = state.values[BLOCK.comment][ACTION.comment].value ?? "";
    const [user] = await Promise.all([
      deps.directory.user(by.userId),
      deps.services.approvals.bulk.submit({ verdict: "cancel", items, by, comment, to: null, viewId }),
    ]);
    await ack({ response_action: "update", view: bulkWorkingView(items.length, textsFor(user?.locale ?? null)) });
  });
};
