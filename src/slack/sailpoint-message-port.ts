import { createHash } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { SailPointMessage, SailPointMessagePort } from "../services/sailpoint-inbox/messages.ts";
import { textsFor } from "../texts/texts.ts";
import { cardBlockId, withCardKey } from "../views/card-key.ts";
import { sailpointMessage } from "../views/sailpoint-message.ts";
import { findMessage } from "./find-message.ts";
import type { Outbound } from "./outbound.ts";
import { asking } from "./slack-failure.ts";

interface PortOptions {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly client: WebClient;
}

/** How far the database's clock and Slack's may be apart. */
const CLOCKS_APART_MILLISECONDS = 10 * 60_000;

/**
 * Draws messages about approvals of SailPoint's for whoever reads them, and sends them to that person alone.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createSailPointMessagePort = ({ outbound, directory, client }: PortOptions): SailPointMessagePort => {
  const draw = async (userId: string, message: SailPointMessage) =>
    sailpointMessage(message, textsFor((await directory.user(userId))?.locale ?? null));
  return {
    digest: async (userId, message) =>
      createHash("sha256")
        .update(JSON.stringify(await draw(userId, message)))
        .digest("hex"),
    post: async (userId, message, key) => outbound.post(userId, withCardKey(await draw(userId, message), key)),
    findPosted: async ({ channelId, since }, key) => {
      const oldest = String((since.getTime() - CLOCKS_APART_MILLISECONDS) / 1000);
      const ts = await findMessage(cardBlockId(key), (page) =>
        asking("conversations.history", () => client.conversations.history({ channel: channelId, oldest, ...page })),
      );
      return ts === null ? null : { channelId, ts };
    },
    update: async ({ channelId, ts }, userId, message) => outbound.update(channelId, ts, await draw(userId, message)),
  };
};
