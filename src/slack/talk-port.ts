import type { WebClient } from "@slack/web-api";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Audience } from "../services/notify/notify-port.ts";
import type { TalkPort } from "../services/notify/talk-port.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { proposalEndedMessage, remarkBlockId, remarkMessage, talkAnswerMessage } from "../views/talk.ts";
import { findMessage } from "./find-message.ts";
import type { Outbound } from "./outbound.ts";
import { asking } from "./slack-failure.ts";
import { isSharedExternally, type TrustedPlace } from "./trusted-place.ts";

/** Draws what people say to each other and sends it through the outbound queue. */
export const createTalkPort = ({
  outbound,
  directory,
  client,
  trustedPlace,
}: {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly client: WebClient;
  readonly trustedPlace: TrustedPlace;
}): TalkPort => {
  const textsOf = async (userId: string): Promise<Texts> => textsFor((await directory.user(userId))?.locale ?? null);
  const textsForAudience = async (audience: Audience): Promise<Texts> => ("userId" in audience ? textsOf(audience.userId) : textsFor(null));
  return {
    sayRemark: async ({ channelId, ts }, audience, remark) => {
      if ("channelId" in audience) await trustedPlace(channelId);
      const message = remarkMessage(remark, await textsForAudience(audience));
      return (await outbound.post(channelId, message, { threadTs: ts })).ts;
    },
    findRemark: ({ channelId: channel, ts }, key) =>
      findMessage(remarkBlockId(key), (page) =>
        asking("conversations.replies", () => client.conversations.replies({ channel, ts, ...page })),
      ),
    answer: async ({ userId }, { channelId, threadTs }, answer) => {
      const message = talkAnswerMessage(answer, await textsOf(userId));
      await outbound.whisper(channelId, userId, message, threadTs === null ? {} : { threadTs });
    },
    tellProposer: async (card, { userId }, outcome, overview) => {
      const message = proposalEndedMessage(outcome, userId, overview, await textsOf(userId));
      if (card === null || (await isSharedExternally(trustedPlace, card.channelId))) await outbound.post(userId, message);
      else await outbound.post(card.channelId, message, { threadTs: card.ts });
    },
    nameOf: async (userId) => (await directory.user(userId))?.name ?? null,
  };
};
