import type { SlackDirectory } from "../services/directory/person.ts";
import type { AskForReview } from "../services/emergency/ask-for-review.ts";
import { textsFor } from "../texts/texts.ts";
import { reviewAskMessage } from "../views/emergency/review-form.ts";
import type { Outbound } from "./outbound.ts";

/**
 * Asks for a review in direct messages, in the person's language.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createAskForReview =
  ({ outbound, directory }: { readonly outbound: Outbound; readonly directory: Pick<SlackDirectory, "user"> }): AskForReview =>
  async (asked) => {
    const user = await directory.user(asked.review.userId);
    await outbound.post(asked.review.userId, reviewAskMessage(asked, textsFor(user?.locale ?? null)));
  };
