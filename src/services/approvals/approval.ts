import type { SlackActor } from "../directory/person.ts";

/** SailPoint's generic-approval statuses. */
export type ApprovalStatus = "PENDING" | "APPROVED" | "REJECTED" | "EXPIRED" | "CANCELLED" | "PASSED";

/** Who holds a seat: a person, or a Slack user group that decides through any one member. */
export type Holder = { readonly kind: "person"; readonly userId: string } | { readonly kind: "group"; readonly groupId: string };

export interface Decision {
  readonly verdict: "APPROVED" | "REJECTED";
  readonly by: SlackActor;
  readonly at: Date;
  readonly comment: string | null;
}

export interface Seat {
  readonly id: string;
  readonly holder: Holder;
  readonly decision: Decision | null;
}

export interface Reassignment {
  readonly seatId: string;
  readonly from: Holder;
  readonly to: Holder;
  readonly by: SlackActor;
  readonly at: Date;
  readonly comment: string;
  readonly kind: "MANUAL_REASSIGNMENT";
}

/** COUNT as given, PERCENT of all seats rounded up. */
export interface Criterion {
  readonly calculationType: "COUNT" | "PERCENT";
  readonly value: number;
}

export interface ApprovalCriteria {
  readonly type: "PARALLEL" | "SERIAL";
  readonly approval: Criterion;
  readonly rejection: Criterion;
}

/** Frozen when the approval is opened. */
export interface ApprovalConfig {
  readonly requiresComment: "ALL" | "APPROVAL" | "REJECTION" | "OFF";
  readonly selfApproval: "OFF" | "ALLOWED";
}

/** The decision process on one request. `version` rises with every change and is what a button carries. */
export interface Approval {
  readonly id: string;
  readonly requestId: string;
  readonly status: ApprovalStatus;
  readonly version: number;
  readonly seats: readonly Seat[];
  readonly criteria: ApprovalCriteria;
  readonly config: ApprovalConfig;
  readonly requesterUserId: string;
  readonly beneficiaryUserId: string;
  /** What ZPA knows the requester and the beneficiary as: several Slack accounts may be one ZPA user. */
  readonly interestedZpaUsers: readonly string[];
  readonly reassignmentHistory: readonly Reassignment[];
  readonly createdAt: Date;
  readonly completedAt: Date | null;
}
