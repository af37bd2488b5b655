import type { App } from "@slack/bolt";
import { z } from "zod";
import type { RequestedTime } from "../services/schedule/working-hours.ts";
import type { Click } from "../slack/click.ts";
import { signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { textsFor } from "../texts/texts.ts";
import { carried, DecisionFormMemory, type DecisionValue } from "../views/button-value.ts";
import { changesForm, proposedView } from "../views/changes-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { openDecisionForm } from "./decision-form.ts";

const options = z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() });
const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.consoles]: z.object({ [ACTION.consoles]: options }),
      [BLOCK.end]: z.object({ [ACTION.end]: z.object({ selected_date_time: z.number().int().nullish() }) }).optional(),
      [BLOCK.duration]: z
        .object({ [ACTION.duration]: z.object({ selected_option: z.object({ value: z.coerce.number().int().positive() }).nullish() }) })
        .optional(),
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }),
    }),
  }),
});

/** Approve with changes: decides before the form closes, or, for more than was asked for, asks the requester first. */
export const registerApproveWithChanges = (app: App, deps: ListenerDeps): void => {
  app.view(CALLBACK.changesForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const by = signedActor(body);
    const { approvalId, version } = memory;
    const { values } = state;
    const outcome = await deps.services.approvals.approveWithChanges({
      ...{ approvalId, version, by },
      consoleIds: values[BLOCK.consoles][ACTION.consoles].selected_options?.map(({ value }) => value) ?? [],
      end: endIn(values),
      comment: values[BLOCK.comment][ACTION.comment].value,
    });
    if (outcome === "approved") return ack();
    const user = await deps.directory.user(by.userId);
    await ack({ response_action: "update", view: proposedView(textsFor(user?.locale ?? null)) });
  });
};

/** @throws PortcullisError as the decision itself would */
export const openChangesForm = (deps: ListenerDeps, click: Click<DecisionValue>): Promise<void> =>
  openDecisionForm(deps, click, async (model, texts) => changesForm(model, texts));

/** Null where the form shows no field for it, or nothing is in it: the end stays as it was asked for. */
function endIn(values: z.infer<typeof submitted>["state"]["values"]): RequestedTime["end"] | null {
  const at = values[BLOCK.end]?.[ACTION.end].selected_date_time ?? null;
  if (at !== null) return { kind: "at", at: new Date(at * 1000) };
  const seconds = values[BLOCK.duration]?.[ACTION.duration].selected_option?.value ?? null;
  return seconds === null ? null : { kind: "after", seconds };
}
