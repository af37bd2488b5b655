import { createHash } from "node:crypto";
import type { FindingPlace, FindingPort } from "../services/access/reconcile/project-finding.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import { textsFor } from "../texts/texts.ts";
import { findingCard, passMessage } from "../views/finding-card.ts";
import type { Outbound } from "./outbound.ts";
import type { TrustedPlace } from "./trusted-place.ts";

interface PortOptions {
  readonly outbound: Outbound;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly trustedPlace: TrustedPlace;
}

/**
 * Draws findings for where they are read, and sends them. A channel that another organisation can read is told none.
 * Every call may fail with PortcullisError `slack_unreachable` | `slack_refused` | `channel_shared_externally`.
 */
export const createFindingPort = ({ outbound, directory, trustedPlace }: PortOptions): FindingPort => {
  const textsAt = async (place: FindingPlace) =>
    textsFor("userId" in place ? ((await directory.user(place.userId))?.locale ?? null) : null);
  return {
    digest: async (place, finding) =>
      createHash("sha256")
        .update(JSON.stringify(findingCard(finding, await textsAt(place))))
        .digest("hex"),
    post: async (place, finding) => {
      const card = findingCard(finding, await textsAt(place));
      if ("userId" in place) return outbound.post(place.userId, card);
      await trustedPlace(place.channelId);
      return outbound.post(place.channelId, card);
    },
    update: async ({ channelId, ts }, place, finding) => outbound.update(channelId, ts, findingCard(finding, await textsAt(place))),
    tell: async (userId, summary) => {
      await outbound.post(userId, passMessage(summary, await textsAt({ userId })));
    },
  };
};
