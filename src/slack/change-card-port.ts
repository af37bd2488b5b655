import { createHash } from "node:crypto";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { ChangeCardPort } from "../services/rules/project-change.ts";
import { textsFor } from "../texts/texts.ts";
import { changeCard, changeNotice } from "../views/rules-change-card.ts";
import type { Outbound } from "./outbound.ts";

/**
 * Draws changes of rules for administrators, each in their language, and sends them as direct messages.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createChangeCardPort = ({
  outbound,
  directory,
}: {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
}): ChangeCardPort => {
  const textsOf = async (userId: string) => textsFor((await directory.user(userId))?.locale ?? null);
  return {
    digest: async (userId, change) =>
      createHash("sha256")
        .update(JSON.stringify(changeCard(change, userId, await textsOf(userId))))
        .digest("hex"),
    post: async (userId, change) => outbound.post(userId, changeCard(change, userId, await textsOf(userId))),
    update: async ({ channelId, ts }, userId, change) => outbound.update(channelId, ts, changeCard(change, userId, await textsOf(userId))),
    say: async ({ channelId, ts }, userId, change) => {
      await outbound.post(channelId, changeNotice(change, await textsOf(userId)), { threadTs: ts });
    },
  };
};
