import type { App } from "@slack/bolt";
import { z } from "zod";
import { PortcullisError } from "../errors.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Click } from "../slack/click.ts";
import { clickIn, signedActor } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { textsFor } from "../texts/texts.ts";
import { carried, DecisionFormMemory, DecisionValue } from "../views/button-value.ts";
import { detailsForm } from "../views/details-form.ts";
import { ACTION, BLOCK, CALLBACK } from "../views/ids.ts";
import { adoptClicked } from "./adopt-clicked.ts";

const typed = z.object({ value: z.string().nullish() });
const submitted = z.object({
  private_metadata: carried(DecisionFormMemory),
  state: z.object({
    values: z.object({
      [BLOCK.comment]: z.object({ [ACTION.comment]: typed }),
      [BLOCK.attributeName]: z.object({ [ACTION.attributeName]: typed }),
      [BLOCK.attributeValue]: z.object({ [ACTION.attributeValue]: typed }),
      [BLOCK.attributesRemoved]: z
        .object({ [ACTION.attributesRemoved]: z.object({ selected_options: z.array(z.object({ value: z.string() })).nullish() }) })
        .optional(),
    }),
  }),
});

/** Details: all that was said and noted down, and a form to add to it. For everyone who takes part, while the approval waits. */
export const registerDetails = (app: App, deps: ListenerDeps): void => {
  app.action(ACTION.details, async ({ ack, body }) => {
    const click = clickIn(body, DecisionValue);
    await ack();
    await openDetails(deps, click, "requester");
  });

  app.view(CALLBACK.detailsForm, async ({ ack, body, view }) => {
    const { private_metadata: memory, state } = submitted.parse(view);
    const text = state.values[BLOCK.comment][ACTION.comment].value ?? null;
    const name = state.values[BLOCK.attributeName][ACTION.attributeName].value?.trim() ?? "";
    const value = state.values[BLOCK.attributeValue][ACTION.attributeValue].value?.trim() ?? "";
    const remove = state.values[BLOCK.attributesRemoved]?.[ACTION.attributesRemoved].selected_options?.map((option) => option.value) ?? [];
    const { approvalId } = memory;
    await deps.services.approvals.remark({
      ...{ approvalId, by: signedActor(body), kind: "comment", text, message: null },
      ...{ set: attribute(name, value), remove },
    });
    await ack();
  });
};

/** Opens the details of an approval for who takes part in it. @throws PortcullisError as a comment would */
export const openDetails = async (deps: ListenerDeps, click: Click<DecisionValue>, reader: "approver" | "requester"): Promise<void> => {
  const { value, by, place } = click;
  try {
    const [approval, user] = await Promise.all([
      deps.services.approvals.mayRemark({ approvalId: value.approvalId, by }),
      deps.directory.user(by.userId),
    ]);
    const { request } = await deps.services.access.overview(approval.requestId);
    const view = detailsForm({ label: requestLabel(request), approval, memory: { ...value, place } }, textsFor(user?.locale ?? null));
    await showModal(deps.client, click, view);
  } finally {
    await adoptClicked(deps, click, { request: value, reader }); // also when refused: that card may be out of date
  }
};

/** A name without a value, or the other way round, is said at the field that lacks it. */
function attribute(name: string, value: string): Readonly<Record<string, string>> {
  if (name === "" && value === "") return {};
  if (name === "" || value === "")
    throw new PortcullisError("attribute_incomplete", { field: name === "" ? "attributeName" : "attributeValue" });
  return { [name]: value };
}
