import type { WebClient } from "@slack/web-api";
import type { Clock } from "../clock.ts";
import { QUEUE_START, type QueuePlace } from "../services/approvals/queue.ts";
import type { QueueViews } from "../services/approvals/queue-views.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Services } from "../services/services.ts";
import { textsFor } from "../texts/texts.ts";
import { HOME_ROWS, homeView } from "../views/home.ts";
import { QUEUE_ROWS } from "../views/queue-blocks.ts";
import { asking } from "./slack-failure.ts";

export interface HomeChange {
  /** Rows of each list beside the queue; {@link HOME_ROWS} */
  readonly limit?: number | undefined;
  /** Where the person goes in the queue; else they stay where they are. */
  readonly place?: QueuePlace;
}

export type PublishHome = (userId: string, change?: HomeChange) => Promise<void>;

/**
 * Draws a person's App Home from what stands now, with their queue where they left it.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const createPublishHome =
  ({
    client,
    directory,
    home,
    queue,
    queueViews,
    catalogAge,
    clock,
  }: {
    readonly client: WebClient;
    readonly directory: Pick<SlackDirectory, "user" | "teamId">;
    readonly home: Services["access"]["home"];
    readonly queue: Services["approvals"]["queue"];
    readonly queueViews: QueueViews;
    readonly catalogAge: Services["catalogAge"];
    readonly clock: Clock;
  }): PublishHome =>
  async (userId, { limit = HOME_ROWS.first, place } = {}) => {
    if (place !== undefined) await queueViews.keep(userId, { kind: "home" }, place);
    const [user, teamId, kept] = await Promise.all([directory.user(userId), directory.teamId(), place ?? queueViews.home(userId)]);
    const by = { teamId: user?.teamId ?? teamId, userId };
    const [lists, page] = await Promise.all([home(userId, { limit }), queue({ by, place: kept ?? QUEUE_START, limit: QUEUE_ROWS.home })]);
    const viewer = { userId, timeZone: user?.timeZone ?? null, locale: user?.locale ?? null };
    const view = homeView({ queue: page, lists, limit, asOf: clock.now(), catalogAge: catalogAge() }, viewer, textsFor(viewer.locale));
    await asking("views.publish", () => client.views.publish({ user_id: userId, view }));
  };
