import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { NewDeed } from "../../services/sailpoint-inbox/inbox.ts";
import { clickIn, signedActor, triggerIn } from "../../slack/click.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { showModal } from "../../slack/show-modal.ts";
import { textsFor } from "../../texts/texts.ts";
import { carried } from "../../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../../views/ids.ts";
import { titleOf } from "../../views/sailpoint-card.ts";
import { sailpointForm, sailpointRecorded } from "../../views/sailpoint-form.ts";
import { SailPointFormMemory, SailPointTick, SailPointValue } from "../../views/sailpoint-value.ts";
import { inboxOf } from "./with-inbox.ts";

const FORMS = [
  [ACTION.sailpointApproveWithComment, "approve"],
  [ACTION.sailpointReject, "reject"],
  [ACTION.sailpointReassign, "reassign"],
  [ACTION.sailpointComment, "comment"],
  [ACTION.sailpointAttributes, "attributes"],
] as const;

const BULK = [
  [ACTION.sailpointBulkApprove, "approve"],
  [ACTION.sailpointBulkReject, "reject"],
  [ACTION.sailpointBulkReassign, "reassign"],
] as const;

const ticks = z.object({ selected_options: z.array(z.object({ value: SailPointTick })) });
const marked = z.object({
  view: z.object({
    type: z.enum(["home", "modal"]),
    state: z.object({ values: z.record(z.string(), z.object({ [ACTION.sailpointSelect]: ticks.optional() })) }),
  }),
});

const typedIn = (actionId: string) => z.object({ [actionId]: z.object({ value: z.string().nullish() }) }).optional();
const submitted = z.object({
  private_metadata: carried(SailPointFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: typedIn(ACTION.comment),
      [BLOCK.attributeName]: typedIn(ACTION.attributeName),
      [BLOCK.attributeValue]: typedIn(ACTION.attributeValue),
      [BLOCK.assignee]: z.object({ [ACTION.assignee]: z.object({ selected_user: z.string().nullish() }) }).optional(),
    }),
  }),
});

/** Decisions on approvals of SailPoint's. Whatever is wanted is written down before it is acknowledged; a job brings it about, and proves it. */
export const registerSailPointDecide = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.sailpointApprove, async ({ ack, body }) => {
    const { value, by, place } = clickIn(body, SailPointValue);
    await inboxOf(deps).record({ items: [value], deed: { kind: "approve", comment: null }, by, place });
    await ack();
  });

  for (const [actionId, kind] of FORMS)
    app.action(actionId, async ({ ack, body }) => {
      const click = clickIn(body, SailPointValue);
      await ack();
      const { value, by, place } = click;
      const [{ approval, governed }, user] = await Promise.all([
        inboxOf(deps).lookAt({ sailpointId: value.sailpointId, by }),
        deps.directory.user(by.userId),
      ]);
      const texts = textsFor(user?.locale ?? null);
      const needsComment =
        kind === "comment" || kind === "approve" || (kind === "reject" && ["ALL", "REJECTION"].includes(approval.requiresComment ?? ""));
      await showModal(
        deps.client,
        click,
        sailpointForm({ memory: { kind, items: [value], place }, about: titleOf(approval, texts), needsComment, governed }, texts),
      );
    });

  for (const [actionId, kind] of BULK)
    app.action(actionId, async ({ ack, body }) => {
      const { view } = marked.parse(body);
      const by = signedActor(body);
      const triggerId = triggerIn(body);
      await ack();
      const items = Object.values(view.state.values).flatMap(
        (block) => block[ACTION.sailpointSelect]?.selected_options.map(({ value }) => value) ?? [],
      );
      if (items.length === 0) throw new PortcullisError("selection_empty");
      const texts = textsFor((await deps.directory.user(by.userId))?.locale ?? null);
      const memory = { kind, items, place: { channelId: null, messageTs: null } };
      const form = sailpointForm(
        { memory, about: texts.sailpoint.several(items.length), needsComment: kind === "reject", governed: null },
        texts,
      );
      await showModal(deps.client, { triggerId, isInModal: view.type === "modal" }, form);
    });

  app.view(CALLBACK.sailpointForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const by = signedActor(body);
    const { kind, items, place } = memory;
    await inboxOf(deps).record({ items, deed: deedIn(kind, state.values), by, place });
    const user = await deps.directory.user(by.userId);
    await ack({ response_action: "update", view: sailpointRecorded(items.length, textsFor(user?.locale ?? null)) });
  });

  /** A tick changes nothing until a button is pressed, a link leads away by itself; Slack reports both all the same. */
  app.action(ACTION.sailpointSelect, async ({ ack }) => ack());
  app.action(ACTION.sailpointOpen, async ({ ack }) => ack());
};

/** @throws PortcullisError with `field` for what is missing */
function deedIn(kind: SailPointFormMemory["kind"], values: z.infer<typeof submitted>["state"]["values"]): NewDeed {
  const comment = (values[BLOCK.comment]?.[ACTION.comment]?.value ?? "").trim();
  const said = comment === "" ? null : comment;
  switch (kind) {
    case "approve":
    case "reject":
      return { kind, comment: said };
    case "comment":
      if (said === null) throw new PortcullisError("comment_required", { field: "comment" });
      return { kind, comment: said };
    case "reassign": {
      const toUserId = values[BLOCK.assignee]?.[ACTION.assignee]?.selected_user ?? null;
      if (toUserId === null) throw new PortcullisError("assignee_missing", { field: "assignee" });
      return { kind, comment: said, toUserId };
    }
    case "attributes": {
      const name = (values[BLOCK.attributeName]?.[ACTION.attributeName]?.value ?? "").trim();
      const value = values[BLOCK.attributeValue]?.[ACTION.attributeValue]?.value ?? "";
      return value === "" ? { kind, comment: said, set: {}, remove: [name] } : { kind, comment: said, set: { [name]: value }, remove: [] };
    }
  }
}
