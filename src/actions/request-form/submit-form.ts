import type { ModalView } from "@slack/types";
import { fromUnknown, type PortcullisError } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { isFault } from "../../slack/faults.ts";
import { textsFor } from "../../texts/texts.ts";
import { requestForm } from "../../views/request-form.ts";
import type { FormDraft, FormMemory } from "../../views/request-form-model.ts";
import { checkDraft } from "./check-draft.ts";
import { placeErrors } from "./error-blocks.ts";
import { formModel } from "./form-model.ts";
import { FormSubmission } from "./form-payload.ts";
import { readDraft } from "./form-state.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

/** How the form goes on after it was sent: it closes, or says what is wrong and keeps what was typed. */
export type SubmissionAnswer =
  | { readonly response_action: "clear" }
  | { readonly response_action: "errors"; readonly errors: Record<string, string> }
  | { readonly response_action: "update"; readonly view: ModalView };

/**
 * Sends the request. What is wrong is said at its field, all of it at once; what belongs to no field stands above the form.
 * @param by who sent it, out of Slack's signed payload
 * @throws PortcullisError for faults that no one can mend in the form
 */
export async function submitForm(deps: RequestFormDeps, body: unknown, by: SlackActor): Promise<SubmissionAnswer> {
  const { view } = FormSubmission.parse(body);
  const memory = view.private_metadata;
  const draft = readDraft(view.state.values, memory);
  const checked = checkDraft(draft, deps.clock.now());
  if (checked.kind === "invalid") return refused(deps, draft, memory, checked.errors);
  try {
    await deps.services.access.submit({
      by,
      beneficiaryUserId: draft.beneficiaryUserId,
      consoleIds: draft.consoleIds,
      time: checked.time,
      reason: draft.reason.trim(),
      submissionKey: view.id,
    });
  } catch (thrown) {
    const error = fromUnknown(thrown);
    if (isFault(error.code)) throw error;
    return refused(deps, draft, memory, [error]);
  }
  return { response_action: "clear" };
}

async function refused(
  deps: RequestFormDeps,
  draft: FormDraft,
  { person }: FormMemory,
  errors: readonly PortcullisError[],
): Promise<SubmissionAnswer> {
  const texts = textsFor(person.locale);
  const { atFields, elsewhere } = placeErrors(errors, draft.time, texts);
  // Slack shows errors or a new view, not both: what has a field comes first, and the rest is found again when it is sent again.
  if (Object.keys(atFields).length > 0) return { response_action: "errors", errors: { ...atFields } };
  const model = await formModel({ draft, person, problems: elsewhere }, deps, texts);
  return { response_action: "update", view: requestForm(model, texts) };
}
