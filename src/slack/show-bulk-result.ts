import type { WebClient } from "@slack/web-api";
import type { ShowBulkResult } from "../services/approvals/show-bulk.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { textsFor } from "../texts/texts.ts";
import { bulkResultMessage, bulkResultView } from "../views/bulk-result.ts";
import type { Outbound } from "./outbound.ts";
import { isGone, slackFailure } from "./slack-failure.ts";

/**
 * Shows the result of a command on many approvals in the modal that it was sent from, or as a direct message where that was closed.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createShowBulkResult =
  ({
    client,
    outbound,
    directory,
  }: {
    readonly client: WebClient;
    readonly outbound: Pick<Outbound, "post">;
    readonly directory: Pick<SlackDirectory, "user">;
  }): ShowBulkResult =>
  async (result) => {
    const { userId } = result.by;
    const texts = textsFor((await directory.user(userId))?.locale ?? null);
    try {
      await client.views.update({ view_id: result.viewId, view: bulkResultView(result, texts) });
    } catch (cause) {
      if (!isGone(cause)) throw slackFailure("views.update", cause);
      await outbound.post(userId, bulkResultMessage(result, texts));
    }
  };
