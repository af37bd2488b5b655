import type { ModalView } from "@slack/types";
import { z } from "zod";
import type { RequestOverview } from "../services/access/overview.ts";
import { requestLabel } from "../services/access/request.ts";
import type { Approval } from "../services/approvals/approval.ts";
import type { Click } from "../slack/click.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { showModal } from "../slack/show-modal.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { carried, DecisionFormMemory, type DecisionValue } from "../views/button-value.ts";
import { ACTION, BLOCK } from "../views/ids.ts";
import type { DecisionFormModel } from "../views/reject-form.ts";
import { adoptClicked } from "./adopt-clicked.ts";

/** What a form that asks for a comment alone sends: on which approval, as it was shown, and the comment. */
export const CommentedDecision = z
  .object({
    private_metadata: carried(DecisionFormMemory),
    state: z.object({
      values: z.object({ [BLOCK.comment]: z.object({ [ACTION.comment]: z.object({ value: z.string().nullable() }) }) }),
    }),
  })
  .transform(({ private_metadata: { approvalId, version }, state: { values } }) => ({
    approvalId,
    version,
    comment: values[BLOCK.comment][ACTION.comment].value ?? "",
  }));

/**
 * Opens a form that a decision needs, if the person may decide at all.
 * @throws PortcullisError as the decision itself would
 */
export const openDecisionForm = async (
  deps: ListenerDeps,
  click: Click<DecisionValue>,
  draw: (model: DecisionFormModel & { readonly overview: RequestOverview }, texts: Texts) => Promise<ModalView>,
): Promise<void> => {
  const { value, by, place } = click;
  const [approval, user] = await Promise.all([mayDecide(deps, click), deps.directory.user(by.userId)]);
  const overview = await deps.services.access.overview(approval.requestId);
  const model = { label: requestLabel(overview.request), memory: { ...value, place }, overview };
  const view = await draw(model, textsFor(user?.locale ?? null));
  await showModal(deps.client, click, view);
  await adoptClicked(deps, click, { request: value, reader: "approver" });
};

/** A click that comes too late is often one on a card that nobody keeps current: from now on somebody does. */
const mayDecide = async (deps: ListenerDeps, click: Click<DecisionValue>): Promise<Approval> => {
  try {
    return await deps.services.approvals.mayDecide({ ...click.value, by: click.by });
  } catch (thrown) {
    await adoptClicked(deps, click, { request: click.value, reader: "approver" });
    throw thrown;
  }
};
