import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import type { Click } from "./click.ts";
import { asking } from "./slack-failure.ts";

/**
 * Shows a modal to whoever clicked. Where they clicked in a modal it goes on top of that one, so that closing it leads back there.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const showModal = async (
  client: WebClient,
  { triggerId, isInModal }: Pick<Click<unknown>, "triggerId" | "isInModal">,
  view: ModalView,
): Promise<void> => {
  const call = { trigger_id: triggerId, view };
  if (isInModal) await asking("views.push", () => client.views.push(call));
  else await asking("views.open", () => client.views.open(call));
};
