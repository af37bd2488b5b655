import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Audience, PostedCard } from "../services/notify/notify-port.ts";
import type { TalkPort } from "../services/notify/talk-port.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { proposalEndedMessage, remarkBlockId, remarkMessage, talkAnswerMessage } from "../views/talk.ts";
import type { Outbound } from "./outbound.ts";
import { asking } from "./slack-failure.ts";
import { isSharedExternally, type TrustedPlace } from "./trusted-place.ts";

/** Messages of a page; a thread of more than a thousand is looked through in part only. */
const PAGE = 200;
const PAGES = 5;

/** Block ids are ours to give, and come back with the message. */
const shown = z.object({ ts: z.string(), blocks: z.array(z.object({ block_id: z.string().optional() })) });

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
    findRemark: (card, key) => findBlock(client, card, remarkBlockId(key)),
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

async function findBlock(client: WebClient, { channelId, ts }: PostedCard, blockId: string): Promise<string | null> {
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const answer = await asking("conversations.replies", () =>
      client.conversations.replies({
        channel: channelId,
        ts,
        limit: PAGE,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    for (const message of answer.messages ?? []) {
      const { data } = shown.safeParse(message);
      if (data?.blocks.some(({ block_id }) => block_id === blockId)) return data.ts;
    }
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") return null;
  }
  return null;
}
