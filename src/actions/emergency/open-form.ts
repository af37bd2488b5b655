import type { ModalView } from "@slack/types";
import { fromUnknown } from "../../errors.ts";
import type { SlackActor } from "../../services/directory/person.ts";
import { isFault } from "../../slack/faults.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";
import { asking } from "../../slack/slack-failure.ts";
import { type Texts, textsFor } from "../../texts/texts.ts";
import { errorView } from "../../views/error-notice.ts";
import { loadingView } from "../../views/loading.ts";

/**
 * Opens a page that says “one moment” beside a question that Slack may be slow to answer, and makes it the form; or says in it why there
 * is none for this person. A trigger lives three seconds.
 *
 * @throws PortcullisError `slack_unreachable` | `slack_refused`, and faults met while asking
 */
export async function openForm(
  { client, directory }: Pick<ListenerDeps, "client" | "directory">,
  { by, triggerId }: { readonly by: SlackActor; readonly triggerId: string },
  title: (texts: Texts) => string,
  draw: () => Promise<ModalView>,
): Promise<void> {
  const english = textsFor(null);
  const loading = loadingView(title(english), english);
  const [opened, drawn] = await Promise.allSettled([
    asking("views.open", () => client.views.open({ trigger_id: triggerId, view: loading })),
    draw(),
  ]);
  if (opened.status === "rejected") throw opened.reason;
  const viewId = opened.value.view?.id ?? "";
  const show = (view: ModalView) => asking("views.update", () => client.views.update({ view_id: viewId, view }));
  if (drawn.status === "fulfilled") return void (await show(drawn.value));
  const error = fromUnknown(drawn.reason);
  if (isFault(error.code)) {
    await show(errorView(error, null, english));
    throw error;
  }
  const user = await directory.user(by.userId);
  await show(errorView(error, null, textsFor(user?.locale ?? null)));
}
