import type { App } from "@slack/bolt";
import { z } from "zod";
import { BULK_VERDICTS, type BulkItem } from "../services/approvals/bulk.ts";
import { signedActor, triggerIn } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { textsFor } from "../texts/texts.ts";
import { bulkForm } from "../views/bulk-form.ts";
import { bulkWorkingView } from "../views/bulk-result.ts";
import { BulkMemory, carried, TickValue } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { BULK_ACTION } from "../views/queue-blocks.ts";
import { AssigneeValues, chosenHolder } from "./chosen-holder.ts";

const ticks = z.object({ selected_options: z.array(z.object({ value: TickValue })) });
const marked = z.object({
  view: z.object({
    type: z.enum(["home", "modal"]),
    state: z.object({ values: z.record(z.string(), z.object({ [ACTION.queueSelect]: ticks.optional() })) }),
  }),
});
const values = z.object({ [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullish() }) }) });
const submitted = z.object({ id: z.string(), private_metadata: carried(BulkMemory), state: z.object({ values: z.unknown() }) });

/** The buttons under the queue: a form lists what is ticked, and its submission is written down before it is acknowledged. */
export const registerBulk = (app: App, deps: ListenerDeps): void => {
  for (const verdict of BULK_VERDICTS)
    app.action(BULK_ACTION[verdict], async ({ ack, body }) => {
      const { view } = marked.parse(body);
      const by = signedActor(body);
      const triggerId = triggerIn(body);
      await ack();
      const [preview, user, groups] = await Promise.all([
        deps.services.approvals.bulk.preview({ verdict, items: ticked(view.state.values) }),
        deps.directory.user(by.userId),
        verdict === "reassign" ? deps.userGroups(null) : [],
      ]);
      const form = bulkForm({ ...preview, groups }, textsFor(user?.locale ?? null));
      await showModal(deps.client, { triggerId, isInModal: view.type === "modal" }, form);
    });

  app.view(CALLBACK.bulkForm, async ({ ack, body, view }) => {
    const { id: viewId, private_metadata: memory, state } = submitted.parse(view);
    const by = signedActor(body);
    const to = memory.verdict === "reassign" ? chosenHolder(z.object(AssigneeValues).parse(state.values)) : null;
    const comment = values.parse(state.values)[BLOCK.comment][ACTION.comment].value ?? "";
    const [user] = await Promise.all([
      deps.directory.user(by.userId),
      deps.services.approvals.bulk.submit({ ...memory, by, comment, to, viewId }),
    ]);
    await ack({ response_action: "update", view: bulkWorkingView(memory.items.length, textsFor(user?.locale ?? null)) });
  });
};

const ticked = (blocks: z.infer<typeof marked>["view"]["state"]["values"]): BulkItem[] =>
  Object.values(blocks).flatMap((block) => block[ACTION.queueSelect]?.selected_options.map(({ value }) => value) ?? []);
