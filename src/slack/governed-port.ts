import type { SlackDirectory } from "../services/directory/person.ts";
import type { TellGoverned } from "../services/governed/tell-governed.ts";
import { textsFor } from "../texts/texts.ts";
import { governedRefusalMessage } from "../views/governed-refusal.ts";
import type { Outbound } from "./outbound.ts";

/**
 * Says in direct messages, in the reader's language, why no access came of an approval in SailPoint.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createTellGoverned =
  ({ outbound, directory }: { readonly outbound: Outbound; readonly directory: Pick<SlackDirectory, "user"> }): TellGoverned =>
  async (userId, refusal) => {
    const user = await directory.user(userId);
    await outbound.post(userId, governedRefusalMessage(refusal, textsFor(user?.locale ?? null)));
  };
