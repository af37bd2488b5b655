import type { SlackActor } from "../directory/person.ts";
import type { FrozenRules } from "../policy/rules.ts";
import type { Terms } from "../policy/terms.ts";
import type { ApprovalConfig, ApprovalCriteria } from "./approval-config.ts";

/** SailPoint's generic-approval statuses. */
export type ApprovalStatus = "PENDING" | "APPROVED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "PASSED";

/** Who holds a seat: a person, or a Slack user group that decides through any one member. */
export type Holder = { readonly kind: "person"; readonly userId: string } | { readonly kind: "group"; readonly groupId: string };

export interface Decision {
  readonly verdict: "APPROVED" | "REJECTED";
  readonly by: SlackActor;
  /** What ZPA knows them as: another Slack account of theirs is no second voice. Decisions of before do not say, nor does AUTO. */
  readonly zpaUser?: string | undefined;
  readonly at: Date;
  readonly comment: string | null;
  /** ADMIN took the seat over to decide, AUTO is the requester's own seat under `autoApprove`. */
  readonly capacity: "APPROVER" | "ADMIN" | "AUTO";
}

export interface Seat {
  readonly id: string;
  readonly holder: Holder;
  readonly decision: Decision | null;
  /** Whose seat it would be, had they not been requester, beneficiary or gone. */
  readonly insteadOf: Holder | null;
  /** The requester whose seat approves itself when its turn comes; null for every other seat. */
  readonly autoApproveFor: SlackActor | null;
}

export interface Comment {
  readonly id: string;
  readonly by: SlackActor;
  readonly at: Date;
  readonly text: string;
}

export interface Reassignment {
  readonly seatId: string;
  /** Null where an administrator added a seat. */
  readonly from: Holder | null;
  readonly to: Holder;
  /** Null where the escalation chain moved it, or its holder had left. */
  readonly by: SlackActor | null;
  readonly at: Date;
  readonly comment: string | null;
  readonly commentId: string | null;
  readonly kind: "MANUAL_REASSIGNMENT" | "ESCALATION" | "AUTO_REASSIGNMENT";
}

/** What was asked for became something else: an approver approved with changes. */
export interface TermsChange {
  readonly by: SlackActor;
  readonly at: Date;
  readonly before: Terms;
  readonly after: Terms;
}

/** An approver's wish for more than was asked for; it waits for the requester's consent, and nothing is decided until then. */
export interface Proposal {
  readonly id: string;
  readonly by: SlackActor;
  readonly at: Date;
  readonly before: Terms;
  readonly after: Terms;
  /** A comment of the approval from the wish on; goes with the yes, once there is consent. */
  readonly comment: string | null;
}

/** The decision process on a request. `version` rises with every change of seats or decisions and is what a button carries. */
export interface Approval {
  readonly id: string;
  readonly requestId: string;
  readonly status: ApprovalStatus;
  readonly version: number;
  readonly seats: readonly Seat[];
  readonly criteria: ApprovalCriteria;
  /** Frozen when the approval was opened. */
  readonly config: ApprovalConfig;
  /** Where the configuration came from, how urgent the approval is, who is told. Frozen, too. */
  readonly rules: FrozenRules;
  readonly requesterUserId: string;
  readonly beneficiaryUserId: string;
  /** What ZPA knows the requester and the beneficiary as: several Slack accounts may be one ZPA user. */
  readonly interestedZpaUsers: readonly string[];
  readonly reassignmentHistory: readonly Reassignment[];
  readonly comments: readonly Comment[];
  readonly additionalAttributes: Readonly<Record<string, string>>;
  readonly timers: ApprovalTimers;
  /** In order. What is asked for now stands in the request. */
  readonly changes: readonly TermsChange[];
  /** The one that waits for consent. Void once a seat has decided, or what was asked for has changed. */
  readonly proposal: Proposal | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  readonly completedAt: Date | null;
  /** Whose command settled it; null while it is pending, and where the clock or the configuration did. */
  readonly settledBy: SlackActor | null;
}

/** How far reminders and escalations have come. Ticks are instants of the schedule, not of the run that noticed them. */
export interface ApprovalTimers {
  readonly remindersSent: number;
  readonly lastReminderTick: Date | null;
  /** Links of the chain used so far. */
  readonly escalationStep: number;
  readonly lastEscalationTick: Date | null;
  readonly isEscalated: boolean;
  /** A tick came and no link was left; said once. */
  readonly isChainExhausted: boolean;
  /** How often requester or beneficiary had the approvers reminded. */
  readonly nudges: number;
  readonly lastNudge: { readonly at: Date; readonly by: SlackActor } | null;
  /** Since when nobody is left who could decide, and the reference under which the log says so; null while somebody is. */
  readonly stranded: { readonly since: Date; readonly reference: string } | null;
}
