import type { WebClient } from "@slack/web-api";
import type { Clock } from "../clock.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Services } from "../services/services.ts";
import { textsFor } from "../texts/texts.ts";
import { HOME_ROWS, homeView } from "../views/home.ts";
import { asking } from "./slack-failure.ts";

/** @param limit rows of each list; {@link HOME_ROWS} */
export type PublishHome = (userId: string, limit?: number) => Promise<void>;

/**
 * Draws a person's App Home from what stands now.
 * @throws PortcullisError `slack_unreachable` | `slack_refused`
 */
export const createPublishHome =
  ({
    client,
    directory,
    home,
    clock,
  }: {
    readonly client: WebClient;
    readonly directory: Pick<SlackDirectory, "user">;
    readonly home: Services["access"]["home"];
    readonly clock: Clock;
  }): PublishHome =>
  async (userId, limit = HOME_ROWS.first) => {
    const [user, lists] = await Promise.all([directory.user(userId), home(userId, { limit })]);
    const viewer = { userId, timeZone: user?.timeZone ?? null, locale: user?.locale ?? null };
    const view = homeView({ lists, limit, asOf: clock.now() }, viewer, textsFor(viewer.locale));
    await asking("views.publish", () => client.views.publish({ user_id: userId, view }));
  };
