import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { carried, DecisionFormMemory, DecisionValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { reassignForm } from "../views/reassign-form.ts";
import { AssigneeValues, chosenHolder } from "./chosen-holder.ts";
import { openDecisionForm } from "./decision-form.ts";

const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }),
      ...AssigneeValues,
    }),
  }),
});

/** Reassign: asks to whom and why, and hands the seat over before the form closes. */
export const registerReassign = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.reassign, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    await openDecisionForm(deps, click, async (model, texts) => reassignForm({ ...model, groups: await deps.userGroups() }, texts));
  });

  app.view(CALLBACK.reassignForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const comment = state.values[BLOCK.comment][ACTION.comment].value ?? "";
    const { approvalId, version } = memory;
    if (comment.trim() === "") throw new PortcullisError("comment_required", { field: "comment" });
    await deps.services.approvals.reassign({ approvalId, version, by: signedActor(body), to: chosenHolder(state.values), comment });
    await ack();
  });
};
