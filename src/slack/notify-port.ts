import { createHash } from "node:crypto";
import type { WebClient } from "@slack/web-api";
import type { RequestOverview } from "../services/access/overview.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Audience, NotifyPort } from "../services/notify/notify-port.ts";
import { textsFor } from "../texts/texts.ts";
import { approvalCard, type CardViewer, withheldCard } from "../views/approval-card.ts";
import { approverCallMessage } from "../views/approver-call.ts";
import type { Message } from "../views/blocks.ts";
import { cardBlockId, withCardKey } from "../views/card-key.ts";
import { errorNotice } from "../views/error-notice.ts";
import { noticeMessage } from "../views/notice.ts";
import { isFault } from "./faults.ts";
import { findMessage } from "./find-message.ts";
import type { Outbound } from "./outbound.ts";
import type { PublishHome } from "./publish-home.ts";
import { asking } from "./slack-failure.ts";
import { isSharedExternally, type TrustedPlace } from "./trusted-place.ts";

interface NotifyPortOptions {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly client: WebClient;
  readonly trustedPlace: TrustedPlace;
  readonly publishHome: PublishHome;
}

/** How far the database's clock and Slack's may be apart. */
const CLOCKS_APART_MILLISECONDS = 10 * 60_000;

/**
 * Draws cards and notices for whoever reads them and sends them through the outbound queue.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createNotifyPort = ({ outbound, directory, client, trustedPlace, publishHome }: NotifyPortOptions): NotifyPort => {
  const viewerOf = async (audience: Audience): Promise<CardViewer> => {
    if ("channelId" in audience) return { kind: audience.kind === "channel" ? "channel" : "reader", timeZone: null, locale: null };
    const user = await directory.user(audience.userId);
    return { kind: audience.kind, userId: audience.userId, timeZone: user?.timeZone ?? null, locale: user?.locale ?? null };
  };
  const isWithheld = async (audience: Audience): Promise<boolean> =>
    "channelId" in audience && (await isSharedExternally(trustedPlace, audience.channelId));
  const cardFor = async (audience: Audience, overview: RequestOverview): Promise<Message> => {
    const viewer = await viewerOf(audience);
    if (await isWithheld(audience)) return withheldCard(overview, textsFor(viewer.locale));
    return approvalCard(overview, viewer, textsFor(viewer.locale));
  };
  return {
    isWithheld,
    digest: async (audience, overview) =>
      createHash("sha256")
        .update(JSON.stringify(await cardFor(audience, overview)))
        .digest("hex"),
    post: async (audience, overview, key) => {
      const card = withCardKey(await cardFor(audience, overview), key);
      if ("channelId" in audience) {
        await trustedPlace(audience.channelId);
        return outbound.post(audience.channelId, card);
      }
      // A user id stands for the direct messages with that person; Slack answers with their channel.
      return outbound.post(audience.userId, card);
    },
    findPosted: async ({ channelId, since }, key) => {
      const oldest = String((since.getTime() - CLOCKS_APART_MILLISECONDS) / 1000);
      const ts = await findMessage(cardBlockId(key), (page) =>
        asking("conversations.history", () => client.conversations.history({ channel: channelId, oldest, ...page })),
      );
      return ts === null ? null : { channelId, ts };
    },
    update: async ({ channelId, ts }, audience, overview) => outbound.update(channelId, ts, await cardFor(audience, overview)),
    say: async ({ channelId, ts }, audience, step, overview) => {
      const { locale } = await viewerOf(audience);
      await outbound.post(channelId, noticeMessage(step, overview, textsFor(locale)), { threadTs: ts });
    },
    call: async ({ channelId, ts }, audience, call, overview) => {
      const { locale } = await viewerOf(audience);
      if ("channelId" in audience) await trustedPlace(audience.channelId);
      await outbound.post(channelId, approverCallMessage(call, overview, textsFor(locale)), { threadTs: ts });
    },
    publishHome: (userId) => publishHome(userId),
    tell: async ({ userId }, { channelId }, error, reference) => {
      const user = await directory.user(userId);
      const message = errorNotice(error, isFault(error.code) ? reference : null, textsFor(user?.locale ?? null));
      if (channelId === null) await outbound.post(userId, message);
      else await outbound.whisper(channelId, userId, message);
    },
  };
};
