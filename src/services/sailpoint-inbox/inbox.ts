import { z } from "zod";
import type { ErrorCode } from "../../errors.ts";
import type { SlackActor } from "../directory/person.ts";
import type { GovernedForecast } from "../governed/governed.ts";
import type { SailPointApproval } from "../sailpoint/approval.ts";

const said = z.string().nullable();

/** What a person wants done about an approval of SailPoint's. */
export const SailPointDeed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("approve"), comment: said }),
  z.object({ kind: z.literal("reject"), comment: said }),
  z.object({ kind: z.literal("reassign"), comment: said, toUserId: z.string(), toIdentityId: z.string() }),
  z.object({ kind: z.literal("comment"), comment: z.string() }),
  z.object({ kind: z.literal("attributes"), comment: said, set: z.record(z.string(), z.string()), remove: z.array(z.string()) }),
]);
export type SailPointDeed = z.infer<typeof SailPointDeed>;
export type SailPointDeedKind = SailPointDeed["kind"];

/**
 * How far a decision has come. RECORDED: nothing was sent. TAKING, TAKEN: the person's place among several goes to the token's owner first.
 * SENDING: it is on its way, or its answer was lost. SENT: answered, and not yet seen. CONFIRMED: a re-read shows it. ELSEWHERE: others were
 * faster. REFUSED: it does not count, for a reason. UNPROVEN: it was sent, and SailPoint does not show it.
 */
export const DECISION_STATES = ["RECORDED", "TAKING", "TAKEN", "SENDING", "SENT", "CONFIRMED", "ELSEWHERE", "REFUSED", "UNPROVEN"] as const;
export type DecisionState = (typeof DECISION_STATES)[number];

export interface SailPointFailure {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface SailPointDecisionRecord {
  readonly id: string;
  readonly approvalId: string;
  /** Of the approval, as the person saw it. */
  readonly version: number;
  readonly deed: SailPointDeed;
  readonly by: SlackActor;
  readonly place: { readonly channelId: string | null; readonly messageTs: string | null };
  readonly state: DecisionState;
  readonly seatId: string | null;
  readonly looks: number;
  readonly failure: SailPointFailure | null;
  readonly sentAt: Date | null;
  readonly createdAt: Date;
  readonly settledAt: Date | null;
}

/** An approval as it was last read, and as people are shown it. */
export interface SeenApproval {
  readonly approval: SailPointApproval;
  readonly version: number;
}

/** A card as one person sees it. */
export interface SailPointCard extends SeenApproval {
  /** Whether it waits for this person, as far as was last read. */
  readonly isAsked: boolean;
  /** The latest first. */
  readonly decisions: readonly Pick<SailPointDecisionRecord, "id" | "deed" | "by" | "state" | "settledAt" | "failure">[];
  /** Where the approval can be decided in SailPoint itself; null when that is not known. */
  readonly url: string | null;
  /** What approving it would open; null where no access comes of it. */
  readonly governed: GovernedForecast | null;
}

export interface SailPointRow extends SeenApproval {
  readonly dueAt: Date | null;
  readonly createdAt: Date | null;
  readonly isDueSoon: boolean;
  readonly priority: "HIGH" | "MEDIUM" | "LOW";
  /** A decision on it is on its way. */
  readonly isBeingDecided: boolean;
  /** What approving it would open; null where no access comes of it. */
  readonly governed: GovernedForecast | null;
}

export interface SailPointQueue {
  readonly rows: readonly SailPointRow[];
  /** All that wait for the person. */
  readonly waiting: number;
  /** What comes before the first row. */
  readonly offset: number;
  /** Where approvals can be decided in SailPoint itself; null when that is not known. */
  readonly url: string | null;
  /** When SailPoint last told what waits; null before the first time. */
  readonly readAt: Date | null;
  /** It is older than a few polls would make it. */
  readonly isOld: boolean;
}

export interface RecordSailPointDecision {
  readonly items: readonly { readonly sailpointId: string; readonly version: number }[];
  readonly deed: NewDeed;
  readonly by: SlackActor;
  readonly place: SailPointDecisionRecord["place"];
}

/** As a form sends it: to whom, by Slack user. */
export type NewDeed =
  | Exclude<SailPointDeed, { kind: "reassign" }>
  | { readonly kind: "reassign"; readonly comment: string | null; readonly toUserId: string };

/** What listeners can ask for. Only there while a SailPoint tenant is set up. */
export interface SailPointInbox {
  /** Writes a decision down durably and returns: what to await before the ack. A job brings it about. @throws PortcullisError with `field` */
  record(command: RecordSailPointDecision): Promise<void>;
  /** What a form shows, for whoever it waits for. @throws PortcullisError `sailpoint_not_assigned` | `sailpoint_decided` | `card_stale` */
  lookAt(command: { readonly sailpointId: string; readonly by: SlackActor }): Promise<SailPointCard>;
  queue(query: {
    readonly by: SlackActor;
    readonly words: string;
    readonly filter: "ALL" | "DUE_SOON" | "HIGH";
    readonly limit: number;
    readonly offset: number;
  }): Promise<SailPointQueue>;
}
