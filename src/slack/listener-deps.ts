import type { WebClient } from "@slack/web-api";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { Approval } from "../services/approvals/approval.ts";
import type { NameOf } from "../services/directory/names.ts";
import type { SlackDirectory } from "../services/directory/person.ts";
import type { Notify } from "../services/notify/create-notify.ts";
import type { Services } from "../services/services.ts";
import type { Outbound, OutboundMessage } from "./outbound.ts";
import type { PublishHome } from "./publish-home.ts";
import type { QueueModal } from "./queue-modal.ts";
import type { Forget } from "./slack-directory.ts";
import type { TrustedPlace } from "./trusted-place.ts";
import type { UserGroup } from "./user-groups.ts";

/** What the listeners may reach: the use-cases, and the few things of Slack that a click needs at once. */
export interface ListenerDeps {
  readonly services: Services;
  readonly notify: Pick<Notify, "adoptCard">;
  /** Fails fast: for what a person waits for while a trigger lives. */
  readonly client: WebClient;
  readonly directory: Pick<SlackDirectory, "user">;
  readonly trustedPlace: TrustedPlace;
  readonly publishHome: PublishHome;
  readonly queueModal: QueueModal;
  /** The user groups that a decision on this approval can be handed to; null for several at once. */
  readonly userGroups: (approval: Approval | null) => Promise<readonly UserGroup[]>;
  /** For menus, in which Slack shows no mention. */
  readonly nameOf: NameOf;
  /** An answer that only one person sees, where they clicked. */
  readonly whisper: Outbound["whisper"];
  /** A direct message to one person, who no longer stands where they asked. */
  readonly tell: (userId: string, message: OutboundMessage) => Promise<unknown>;
  /** What was remembered of Slack's people is asked anew. */
  readonly forget: Forget;
  readonly approvalsChannel: string | null;
  readonly clock: Clock;
  readonly log: Log;
}
