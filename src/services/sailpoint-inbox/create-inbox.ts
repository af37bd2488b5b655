import { PortcullisError } from "../../errors.ts";
import type { SailPointInbox } from "./inbox.ts";
import type { InboxPorts } from "./inbox-ports.ts";
import { type CardPorts, loadCard } from "./load-card.ts";
import { readSailPointQueue } from "./read-queue.ts";
import { recordDecisions } from "./record-decisions.ts";

/** What listeners can ask of the SailPoint inbox. */
export function createSailPointInbox(ports: InboxPorts & CardPorts): SailPointInbox {
  return {
    record: recordDecisions(ports),
    queue: readSailPointQueue(ports),
    lookAt: async ({ sailpointId, by }) => {
      const card = await loadCard(ports, sailpointId, by.userId);
      if (card === null) throw new PortcullisError("card_stale");
      if (card.approval.status !== "PENDING")
        throw new PortcullisError("sailpoint_decided", { params: { status: card.approval.status, by: "" } });
      if (!card.isAsked) throw new PortcullisError("sailpoint_not_assigned");
      return card;
    },
  };
}
