import type { WebClient } from "@slack/web-api";
import { fromUnknown, PortcullisError } from "../errors.ts";
import type { Timers } from "../timers.ts";
import { createMemory } from "./memory.ts";
import { slackFailure } from "./slack-failure.ts";

const CHANNEL_MILLISECONDS = 60_000;

/**
 * Refuses channels that another organisation can read.
 *
 * A direct message is not asked about, and a private channel that the bot is not in answers `channel_not_found`: nothing is ever
 * posted in either, and what a command answers there is seen by the person who typed it alone.
 *
 * @throws PortcullisError `channel_shared_externally` | `slack_unreachable` | `slack_refused`
 */
export const createTrustedPlace = ({ client, timers }: { readonly client: WebClient; readonly timers: Timers }) => {
  const isShared = createMemory({ ask: (channelId) => readShared(client, channelId), milliseconds: CHANNEL_MILLISECONDS, timers });
  return async (channelId: string): Promise<void> => {
    if (!channelId.startsWith("D") && (await isShared(channelId)))
      throw new PortcullisError("channel_shared_externally", { params: { channelId } });
  };
};

export type TrustedPlace = ReturnType<typeof createTrustedPlace>;

/** The same as a question, for what already stands there. @throws PortcullisError `slack_unreachable` | `slack_refused` */
export const isSharedExternally = async (trustedPlace: TrustedPlace, channelId: string): Promise<boolean> => {
  try {
    await trustedPlace(channelId);
    return false;
  } catch (thrown) {
    if (fromUnknown(thrown).code === "channel_shared_externally") return true;
    throw thrown;
  }
};

const readShared = async (client: WebClient, channelId: string): Promise<boolean> => {
  try {
    const { channel } = await client.conversations.info({ channel: channelId });
    return channel?.is_ext_shared === true || channel?.is_pending_ext_shared === true;
  } catch (cause) {
    const failure = slackFailure("conversations.info", cause);
    if (failure.details.params?.reason === "channel_not_found") return false;
    throw failure;
  }
};
