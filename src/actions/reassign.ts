import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Holder } from "../services/approvals/approval.ts";
import type { MovableSeats } from "../services/approvals/movable-seats.ts";
import { type Click, clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { textsFor } from "../texts/texts.ts";
import { carried, DecisionFormMemory, DecisionValue, HolderValue, SEAT_MORE } from "../views/button-value.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { type ReassignFormModel, reassignForm } from "../views/reassign-form.ts";
import { adoptClicked } from "./adopt-clicked.ts";
import { AssigneeValues, chosenHolder } from "./chosen-holder.ts";

const choice = z.object({ selected_option: z.object({ value: z.string() }).nullish() });
const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }),
      ...AssigneeValues,
      [BLOCK.assigneeFrom]: z.object({ [ACTION.assigneeFrom]: choice }).optional(),
    }),
  }),
});

/** Reassign: asks to whom and why, an administrator also from whom, and hands the seat over before the form closes. */
export const registerReassign = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.reassign, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    try {
      await openReassignForm(deps, click);
    } finally {
      await adoptClicked(deps, click, { request: click.value, reader: "approver" }); // also when refused: that card may be out of date
    }
  });

  app.view(CALLBACK.reassignForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const comment = state.values[BLOCK.comment][ACTION.comment].value ?? "";
    const from = HolderValue.nullable().parse(state.values[BLOCK.assigneeFrom]?.[ACTION.assigneeFrom].selected_option?.value ?? null);
    const { approvalId, version } = memory;
    if (comment.trim() === "") throw new PortcullisError("comment_required", { field: "comment" });
    const to = chosenHolder(state.values);
    await deps.services.approvals.reassign({
      approvalId,
      version,
      by: signedActor(body),
      from: from === SEAT_MORE ? null : from,
      to,
      comment,
    });
    await ack();
  });
};

async function openReassignForm(deps: ListenerDeps, click: Click<DecisionValue>): Promise<void> {
  const { value, by, place } = click;
  const [{ approval, choice: seats }, user] = await Promise.all([
    deps.services.approvals.mayReassign({ ...value, by }),
    deps.directory.user(by.userId),
  ]);
  const [{ request }, groups, from] = await Promise.all([
    deps.services.access.overview(approval.requestId),
    deps.userGroups(approval),
    namedSeats(deps, seats),
  ]);
  const model = { label: requestLabel(request), memory: { ...value, place }, groups, from };
  const view = reassignForm(model, textsFor(user?.locale ?? null));
  await showModal(deps.client, click, view);
}

/** A menu cannot show a mention: the holders' names are looked up. */
async function namedSeats({ nameOf }: ListenerDeps, seats: MovableSeats["choice"]): Promise<ReassignFormModel["from"]> {
  if (seats === null) return null;
  const idOf = (holder: Holder): string => (holder.kind === "person" ? holder.userId : holder.groupId);
  const holders = await Promise.all(seats.holders.map(async (holder) => ({ holder, name: await nameOf(idOf(holder)) })));
  return { ...seats, holders };
}
