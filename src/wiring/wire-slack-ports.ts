import { createAskForReview } from "../slack/ask-for-review.ts";
import { createChangeCardPort } from "../slack/change-card-port.ts";
import type { Slack } from "../slack/create-slack.ts";
import { createCredentialMessages } from "../slack/credential-messages-port.ts";
import { createFindingPort } from "../slack/finding-card-port.ts";
import { createHolderNames } from "../slack/holder-names.ts";
import { createNotifyPort } from "../slack/notify-port.ts";
import { createPublishHome } from "../slack/publish-home.ts";
import { createQueueModal } from "../slack/queue-modal.ts";
import { createShowBulkResult } from "../slack/show-bulk-result.ts";
import { createTalkPort } from "../slack/talk-port.ts";
import { createTrustedPlace } from "../slack/trusted-place.ts";
import type { Given } from "./given.ts";
import type { Reading } from "./wire-reading.ts";

export type SlackPorts = ReturnType<typeof wireSlackPorts>;

/** The ports that the services name and `slack/` fills: everything that is said and shown in Slack. */
export function wireSlackPorts({ clock, timers, slack, reading }: Given & { readonly slack: Slack; readonly reading: Reading }) {
  const { directory, outbound, clients } = slack;
  const { home, queue, queueViews, catalogAge } = reading;
  const client = clients.interactive;
  const trustedPlace = createTrustedPlace({ client, timers });
  const publishHome = createPublishHome({ client, directory, home, queue, queueViews, catalogAge, clock });
  const queueModal = createQueueModal({ client, directory, queue, queueViews });
  const redrawLists = async (userId: string) => void (await Promise.all([publishHome(userId), queueModal.refresh(userId)]));
  return {
    trustedPlace,
    publishHome,
    queueModal,
    cards: createNotifyPort({ outbound, directory, client: clients.outbound, trustedPlace, publishHome: redrawLists }),
    nameOf: createHolderNames({ client, directory, timers }),
    talk: createTalkPort({ outbound, directory, client: clients.outbound, trustedPlace }),
    findings: createFindingPort({ outbound, directory, trustedPlace }),
    rulesChanges: createChangeCardPort({ outbound, directory }),
    showBulkResult: createShowBulkResult({ client, outbound, directory }),
    credentialMessages: createCredentialMessages({ outbound, directory }),
    askForReview: createAskForReview({ outbound, directory }),
  };
}
