import { PortcullisError } from "../../errors.ts";
import type { SailPointInbox } from "../../services/sailpoint-inbox/inbox.ts";
import type { ListenerDeps } from "../../slack/listener-deps.ts";

/** @throws PortcullisError `card_stale` for a card that stands from when a SailPoint tenant was set up */
export function inboxOf({ services: { sailpoint } }: ListenerDeps): SailPointInbox {
  if (sailpoint === null) throw new PortcullisError("card_stale");
  return sailpoint;
}
