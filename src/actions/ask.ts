import type { App } from "@slack/bolt";
import { z } from "zod";
import { requestLabel } from "../services/access/request.ts";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { textsFor } from "../texts/texts.ts";
import { askForm } from "../views/ask-form.ts";
import { carried, DecisionFormMemory, DecisionValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { adoptClicked } from "./adopt-clicked.ts";

const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({ [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }) }),
  }),
});

/** Ask: one question to whoever asked for the access; recorded before the form closes, and said in the thread of their card. */
export const registerAsk = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.ask, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    const { value, by, place } = click;
    try {
      const [approval, user] = await Promise.all([
        deps.services.approvals.mayRemark({ approvalId: value.approvalId, by }),
        deps.directory.user(by.userId),
      ]);
      const { request } = await deps.services.access.overview(approval.requestId);
      const view = askForm({ label: requestLabel(request), memory: { ...value, place } }, textsFor(user?.locale ?? null));
      await showModal(deps.client, click, view);
    } finally {
      await adoptClicked(deps, click, { request: value, reader: "approver" }); // also when refused: that card may be out of date
    }
  });

  app.view(CALLBACK.askForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const text = state.values[BLOCK.comment][ACTION.comment].value;
    const { approvalId } = memory;
    await deps.services.approvals.remark({ approvalId, by: signedActor(body), kind: "question", text, set: {}, remove: [], message: null });
    await ack();
  });
};
