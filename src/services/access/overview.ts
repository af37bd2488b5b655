import type { Approval } from "../approvals/approval.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import type { CronPair, Window } from "../schedule/working-hours.ts";
import type { Grant } from "./grant.ts";
import type { AccessRequest, Failure, RequestStatus } from "./request.ts";

/** What the beneficiary already holds on a segment that this request names. */
export interface HeldAccess {
  /** `PRA-1042`. */
  readonly label: string;
  readonly consoleNames: readonly string[];
  readonly window: Window;
}

/** What went on with a request's access, by its status. */
export interface Renewal {
  /** `PRA-1051`. */
  readonly label: string;
  readonly status: RequestStatus;
}

/** Everything that a card or a home row shows of one request, already decided. Views neither ask nor compute. */
export interface RequestOverview {
  readonly request: AccessRequest;
  readonly approval: Approval;
  /** The consoles asked for, in the order asked. */
  readonly consoles: readonly CatalogConsole[];
  /** Consoles nobody asked for that stand on the same segments: they open too. */
  readonly alsoOpens: readonly CatalogConsole[];
  readonly alreadyHolds: readonly HeldAccess[];
  /** Those of `consoles` that an approval opens nothing of, by ZPA's access rules as last read; none where it is neither awaited nor granted. */
  readonly withoutEffect: readonly CatalogConsole[];
  /** The decided window, or the one that an approval at this instant would give; null when that is over. */
  readonly window: Window | null;
  /** The next three openings within the window, clipped to it. Without working hours: the window itself. */
  readonly nextOpenings: readonly Window[];
  readonly crons: CronPair | null;
  /** Instants inside the window at which the working hours' zone changes its UTC offset: the crons are then written anew. */
  readonly offsetChanges: readonly Date[];
  readonly grants: readonly Grant[];
  /** The end is near: time to renew. */
  readonly endsSoon: boolean;
  /** Whether the holder can ask for the same once more: it stands or is over by itself, and no renewal of this end waits or stands. */
  readonly canRenew: boolean;
  /** The label of the request whose access this one goes on with. */
  readonly renews: string | null;
  /** What goes on with this one's access. */
  readonly renewedBy: readonly Renewal[];
  /** `PRA-1042`, `PRA-1043`: the requests that one submission made, this one among them; empty when it is alone. */
  readonly madeTogether: readonly string[];
  /** Of what somebody broke the glass for: what they owe, or said. Null for every other request. */
  readonly review: ReviewStanding | null;
  /** Until when a decision is possible, and what the approval is after that; null when it waits for ever. */
  readonly deadline: { readonly at: Date; readonly result: "EXPIRED" | "APPROVED" } | null;
}

/** The review of a use of break-glass. */
export interface ReviewStanding {
  readonly id: string;
  readonly userId: string;
  readonly answer: { readonly happened: string; readonly done: string; readonly follows: string } | null;
  /** A Slack user id or `cli:<name>`. */
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  /** Everything that the use opened is over, and nobody has been asked for the review yet. */
  readonly isDue: boolean;
}

/** One row of a list: my requests, my access, what waits for me. */
export interface RequestRow {
  readonly requestId: string;
  readonly approvalId: string;
  readonly approvalVersion: number;
  readonly label: string;
  readonly status: AccessRequest["status"];
  readonly beneficiaryUserId: string;
  readonly requesterUserId: string;
  readonly consoleNames: readonly string[];
  readonly reason: string;
  readonly window: Window | null;
  readonly nextOpening: Window | null;
  readonly portalUrl: string | null;
  /** The end is near, and nothing goes on with it yet. */
  readonly canRenew: boolean;
  readonly createdAt: Date;
}

/** What a person is to access that was granted. Somebody may be both, where the rules let people decide for themselves, or neither. */
export interface AccessRights {
  /** Asked for it, or has it: may give it up, and have it made narrower. */
  readonly isHolder: boolean;
  /** Decided, could have decided, was skipped, or is an administrator; and is no holder unless self-approval is allowed: may change it and take it away. */
  readonly isDecider: boolean;
}

/** Something of a person that a revocation of all is about: access that ends, or a request that is withdrawn. */
export interface PersonItem {
  readonly requestId: string;
  readonly label: string;
  readonly consoleNames: readonly string[];
  readonly does: "END" | "CANCEL";
}

export interface PersonOutcome extends PersonItem {
  /** ENDING until ZPA has shown that it is gone; NOTHING where it was over by then. */
  readonly outcome: "ENDING" | "ENDED" | "CANCELLED" | "NOTHING" | "FAILED";
  readonly failure: Failure | null;
}
