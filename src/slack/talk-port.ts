import type { WebClient } from "@slack/web-api";
import { z } from "zod";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Audience, PostedCard } from "../services/notify/notify-port.ts";
import type { TalkPort } from "../services/notify/talk-port.ts";
import { type Texts, textsFor } from "../texts/texts.ts";
import { proposalEndedMessage, remarkMessage, talkAnswerMessage } from "../views/talk.ts";
import type { Outbound } from "./outbound.ts";
import { asking } from "./slack-failure.ts";

const EVENT_TYPE = "portcullis_remark";
/** Messages of a page; a thread of more than a thousand is looked through in part only. */
const PAGE = 200;
const PAGES = 5;

const marked = z.object({
  ts: z.string(),
  metadata: z.object({ event_type: z.literal(EVENT_TYPE), event_payload: z.object({ key: z.string() }) }),
});

/** Draws what people say to each other and sends it through the outbound queue. */
export const createTalkPort = ({
  outbound,
  directory,
  client,
}: {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly client: WebClient;
}): TalkPort => {
  const textsOf = async (userId: string): Promise<Texts> => textsFor((await directory.user(userId))?.locale ?? null);
  const textsForAudience = async (audience: Audience): Promise<Texts> => ("userId" in audience ? textsOf(audience.userId) : textsFor(null));
  return {
    sayRemark: async ({ channelId, ts }, audience, remark) => {
      const message = remarkMessage(remark, await textsForAudience(audience));
      const mark = { eventType: EVENT_TYPE, key: remark.key };
      return (await outbound.post(channelId, message, { threadTs: ts, mark })).ts;
    },
    findRemark: (card, key) => findMarked(client, card, key),
    answer: async ({ userId }, { channelId, threadTs }, answer) => {
      const message = talkAnswerMessage(answer, await textsOf(userId));
      await outbound.whisper(channelId, userId, message, threadTs === null ? {} : { threadTs });
    },
    tellProposer: async (card, { userId }, outcome, overview) => {
      const message = proposalEndedMessage(outcome, userId, overview, await textsOf(userId));
      if (card === null) await outbound.post(userId, message);
      else await outbound.post(card.channelId, message, { threadTs: card.ts });
    },
    nameOf: async (userId) => (await directory.user(userId))?.name ?? null,
  };
};

async function findMarked(client: WebClient, { channelId, ts }: PostedCard, key: string): Promise<string | null> {
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const answer = await asking("conversations.replies", () =>
      client.conversations.replies({
        channel: channelId,
        ts,
        limit: PAGE,
        include_all_metadata: true,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    for (const message of answer.messages ?? []) {
      const { data } = marked.safeParse(message);
      if (data?.metadata.event_payload.key === key) return data.ts;
    }
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") return null;
  }
  return null;
}
