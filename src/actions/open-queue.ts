import { QUEUE_START } from "../services/approvals/queue.ts";
import type { SlackActor } from "../services/directory/person.ts";
import type { ListenerDeps } from "../slack/listener-deps.ts";
import { asking } from "../slack/slack-failure.ts";
import { textsFor } from "../texts/texts.ts";
import { loadingView } from "../views/loading.ts";

/**
 * Opens the queue in a modal. A trigger lives three seconds and Slack may be slow to say who a person is, so a page that says “one
 * moment” comes first and becomes the list.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export async function openQueue(
  { client, queueModal }: Pick<ListenerDeps, "client" | "queueModal">,
  { by, triggerId }: { readonly by: SlackActor; readonly triggerId: string },
): Promise<void> {
  const english = textsFor(null);
  const loading = loadingView(english.queue.title, english);
  const { view } = await asking("views.open", () => client.views.open({ trigger_id: triggerId, view: loading }));
  await queueModal.show(by, view?.id ?? "", QUEUE_START);
}
