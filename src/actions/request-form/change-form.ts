import { refusalOf, slackFailure } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { requestForm } from "../../views/request-form.ts";
import { formModel } from "./form-model.ts";
import { FormChange } from "./form-payload.ts";
import { readDraft } from "./form-state.ts";
import type { LatestChange } from "./latest-change.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

/** What Slack says of a form that was closed or sent in the meantime. */
const GONE = new Set(["not_found", "view_not_found"]);

/**
 * Draws the form anew after a change: the fields that belong to it, and the preview.
 *
 * An update carries the hash of the view that was changed. Where another update came first, this one goes out without a hash,
 * unless a later change is known, whose own update shows more than this one.
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
  const form = requestForm(model, texts);
  try {
    await deps.client.views.update({ view_id: view.id, hash: view.hash, view: form });
  } catch (cause) {
    const refusal = refusalOf(cause);
    if (refusal !== "hash_conflict") return ended(deps, cause);
    if (latest.isOvertaken(view.id, actionTs)) return deps.log.debug({ viewId: view.id }, "request-form.change-overtaken");
    await deps.client.views.update({ view_id: view.id, view: form }).catch((again: unknown) => ended(deps, again));
  }
}

/** A form that is no longer open needs no update; any other refusal is one. */
function ended({ log }: RequestFormDeps, cause: unknown): void {
  if (!GONE.has(refusalOf(cause) ?? "")) throw slackFailure("views.update", cause);
  log.debug({ reason: refusalOf(cause) }, "request-form.closed-before-update");
}
