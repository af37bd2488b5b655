import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import type { Holder } from "../services/approvals/approval.ts";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { carried, DecisionFormMemory, DecisionValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { reassignForm } from "../views/reassign-form.ts";
import { openDecisionForm } from "./decision-form.ts";

const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }),
      [BLOCK.assignee]: z.object({ [ACTION.assignee]: z.object({ selected_user: z.string().nullish() }) }),
      [BLOCK.assigneeGroup]: z
        .object({ [ACTION.assigneeGroup]: z.object({ selected_option: z.object({ value: z.string() }).nullish() }) })
        .optional(),
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
    const userId = state.values[BLOCK.assignee][ACTION.assignee].selected_user ?? null;
    const groupId = state.values[BLOCK.assigneeGroup]?.[ACTION.assigneeGroup].selected_option?.value ?? null;
    const { approvalId, version } = memory;
    if (comment.trim() === "") throw new PortcullisError("comment_required", { field: "comment" });
    await deps.services.approvals.reassign({ approvalId, version, by: signedActor(body), to: onlyOne(userId, groupId), comment });
    await ack();
  });
};

const onlyOne = (userId: string | null, groupId: string | null): Holder => {
  if (userId !== null && groupId === null) return { kind: "person", userId };
  if (groupId !== null && userId === null) return { kind: "group", groupId };
  throw new PortcullisError("assignee_missing", { field: "assignee" });
};
