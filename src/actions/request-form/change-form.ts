import { textsFor } from "../../texts/texts.ts";
import { requestForm } from "../../views/request-form.ts";
import type { LatestChange } from "../latest-change.ts";
import { redrawForm } from "../redraw-form.ts";
import { formModel } from "./form-model.ts";
import { FormChange } from "./form-payload.ts";
import { readDraft } from "./form-state.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

/**
 * Draws the form anew after a change: the fields that belong to it, and the preview.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export async function changeForm(deps: RequestFormDeps, latest: LatestChange, body: unknown): Promise<void> {
  const { view, actions } = FormChange.parse(body);
  const [{ action_ts: actionTs }] = actions;
  latest.note(view.id, actionTs);
  const memory = view.private_metadata;
  const draft = readDraft(view.state.values, memory);
  const texts = textsFor(memory.person.locale);
  const model = await formModel({ draft, person: memory.person, problems: memory.problems }, deps, texts);
  await redrawForm(deps, latest, { viewId: view.id, hash: view.hash, actionTs }, requestForm(model, texts));
}
