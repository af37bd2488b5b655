import type { App } from "@slack/bolt";
import { z } from "zod";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { carried, DecisionFormMemory, DecisionValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { rejectForm } from "../views/reject-form.ts";
import { openDecisionForm } from "./decision-form.ts";

const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({ [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }) }),
  }),
});

/** Reject: asks why, and decides before the form closes, so that what is wrong shows at its field. */
export const registerReject = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.reject, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    await openDecisionForm(deps, click, async (model, texts) => rejectForm(model, texts));
  });

  app.view(CALLBACK.rejectForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const comment = state.values[BLOCK.comment][ACTION.comment].value ?? "";
    const { approvalId, version } = memory;
    await deps.services.approvals.reject({ approvalId, version, by: signedActor(body), comment });
    await ack();
  });
};
