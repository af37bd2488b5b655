import { parseRequestText } from "../../commands/request-text.ts";
import { fromUnknown } from "../../errors.ts";
import type { Person, SlackActor } from "../../services/directory/person.ts";
import { isFault } from "../../slack/faults.ts";
import { asking } from "../../slack/slack-failure.ts";
import { textsFor } from "../../texts/texts.ts";
import { errorView } from "../../views/error-notice.ts";
import { loadingView } from "../../views/loading.ts";
import { requestForm } from "../../views/request-form.ts";
import { draftFromText } from "./draft-from-text.ts";
import { formModel } from "./form-model.ts";
import type { RequestFormDeps } from "./request-form-deps.ts";

export interface OpenRequestForm {
  readonly by: SlackActor;
  readonly triggerId: string;
  /** What was typed after `/pra request`; empty for an empty form. */
  readonly text: string;
}

/**
 * Opens the request form, filled in from what was typed.
 *
 * A trigger lives three seconds and Slack may be slow to say who a person is, so a page that says “one moment” is opened beside that
 * question and becomes the form, or says why there is none for this person.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`, and faults met while asking who the person is
 */
export async function openRequestForm(deps: RequestFormDeps, { by, triggerId, text }: OpenRequestForm): Promise<void> {
  const english = textsFor(null);
  const [opened, person] = await Promise.allSettled([
    asking("views.open", () => deps.client.views.open({ trigger_id: triggerId, view: loadingView(english.form.title, english) })),
    deps.services.people.trusted(by),
  ]);
  if (opened.status === "rejected") throw opened.reason;
  const viewId = opened.value.view?.id ?? "";
  if (person.status === "fulfilled") return show(deps, viewId, await filledIn(deps, person.value, text));
  const error = fromUnknown(person.reason);
  if (isFault(error.code)) {
    await show(deps, viewId, errorView(error, null, english));
    throw error;
  }
  const refused = await deps.directory.user(by.userId);
  await show(deps, viewId, errorView(error, null, textsFor(refused?.locale ?? null)));
}

const show = async ({ client }: RequestFormDeps, viewId: string, view: ReturnType<typeof requestForm>): Promise<void> => {
  await asking("views.update", () => client.views.update({ view_id: viewId, view }));
};

async function filledIn(deps: RequestFormDeps, { userId, timeZone, locale }: Person, text: string) {
  const { catalog } = deps.services;
  const texts = textsFor(locale);
  const now = deps.clock.now();
  const { draft, problems } = draftFromText(parseRequestText(text, { now, timeZone }), { timeZone, now, catalog, texts });
  return requestForm(await formModel({ draft, person: { userId, timeZone, locale }, problems }, deps, texts), texts);
}
