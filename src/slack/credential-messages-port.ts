import type { TellStale } from "../services/credentials/report-stale.ts";
import type { TellOutcome } from "../services/credentials/settle-handover.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { textsFor } from "../texts/texts.ts";
import { outcomeMessage, staleMessage } from "../views/credential-messages.ts";
import type { Outbound } from "./outbound.ts";

interface PortOptions {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
}

/**
 * Tells people in direct messages, in their language, what became of a secret, and which are old.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused`.
 */
export const createCredentialMessages = ({
  outbound,
  directory,
}: PortOptions): { readonly tellOutcome: TellOutcome; readonly tellStale: TellStale } => {
  const textsOf = async (userId: string) => textsFor((await directory.user(userId))?.locale ?? null);
  return {
    tellOutcome: async (handover) => {
      const { userId } = handover.by;
      await outbound.post(userId, outcomeMessage(handover, await textsOf(userId)));
    },
    tellStale: async (userId, stale) => {
      await outbound.post(userId, staleMessage(stale, await textsOf(userId)));
    },
  };
};
