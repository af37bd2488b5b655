import type { AccessRequest } from "../access/request.ts";
import type { GovernedBy, RulesSource } from "../policy/rules.ts";
import type { ApprovalStatus, Decision, Holder, Reassignment } from "./approval.ts";
import type { ApprovalCriteria } from "./approval-config.ts";

/** Why an approval stands as it stands: everything that a reader may ask of it, already decided. Plain data, also as JSON. */
export interface Explanation {
  /** `PRA-1042`. */
  readonly label: string;
  readonly asOf: Date;
  readonly status: ApprovalStatus;
  readonly requestStatus: AccessRequest["status"];
  readonly requesterUserId: string;
  readonly beneficiaryUserId: string;
  /** Given on call and broken glass go past those who would have decided. */
  readonly origin: AccessRequest["origin"];
  /** Those: people and groups. */
  readonly skipped: readonly Holder[];
  /** By which approval of SailPoint's it was given; null for what was decided on here. */
  readonly governedBy: GovernedBy | null;
  readonly consoleNames: readonly string[];
  /** Labels of the requests that the same submission made; empty when it made this one alone. */
  readonly madeTogether: readonly string[];
  readonly rules: ExplainedRules;
  readonly criteria: ExplainedCriteria;
  readonly seats: readonly ExplainedSeat[];
  /** Who may not decide, whoever holds seats. */
  readonly barred: readonly ExplainedBar[];
  /** Who may take a seat over although they hold none. */
  readonly admins: readonly Holder[];
  /** What the clock brings if nobody acts, the soonest first. */
  readonly next: readonly Upcoming[];
  /** What has happened, the oldest first. */
  readonly past: readonly Happened[];
}

export interface ExplainedRules {
  readonly source: RulesSource;
  /** Of the segment, its group or the microtenant; null where ZPA named none, or the scope has no name. */
  readonly name: string | null;
  readonly approversFrom: "RULES" | "SERIAL_CHAIN" | "SETTING" | "ON_CALL";
  readonly priority: "HIGH" | "MEDIUM" | "LOW";
}

/** Counted in seats; already bounded by how many there are. */
export interface ExplainedCriteria {
  readonly type: ApprovalCriteria["type"];
  readonly seats: number;
  readonly approvalsNeeded: number;
  readonly approvals: number;
  readonly rejectionsNeeded: number;
  readonly rejections: number;
}

export interface ExplainedSeat {
  /** From 1; the order of a serial chain. */
  readonly place: number;
  readonly holder: Holder;
  /** Of a group: who could decide through it now; null where that is not known or the holder is a person. */
  readonly members: readonly string[] | null;
  /** How the holder came to it. */
  readonly because: SeatReason;
  /** NOW: it waits for a decision. LATER: others decide before. DECIDED. OVER: it never decided and will not. */
  readonly turn: "NOW" | "LATER" | "DECIDED" | "OVER";
  readonly decision: Decision | null;
}

export type SeatReason =
  | { readonly kind: "NAMED"; readonly by: ExplainedRules["approversFrom"] }
  /** Whoever was named is requester, beneficiary, or not there any more. */
  | { readonly kind: "INSTEAD"; readonly of: Holder; readonly why: "REQUESTER" | "BENEFICIARY" | "NOT_AVAILABLE" }
  | { readonly kind: "REASSIGNED"; readonly from: Holder; readonly byUserId: string }
  /** `insteadOf`: whom the chain names, where that is requester or beneficiary. */
  | { readonly kind: "ESCALATED"; readonly from: Holder; readonly insteadOf: Holder | null }
  /** Whoever held it is no longer in Slack. */
  | { readonly kind: "LEFT"; readonly from: Holder }
  | { readonly kind: "TAKEN_OVER"; readonly from: Holder }
  | { readonly kind: "ADDED"; readonly byUserId: string | null };

export interface ExplainedBar {
  readonly userId: string;
  readonly why: "REQUESTER" | "BENEFICIARY" | "REQUESTER_AND_BENEFICIARY";
}

export type Upcoming =
  | { readonly kind: "REMINDER"; readonly at: Date }
  | { readonly kind: "ESCALATION"; readonly at: Date; readonly from: Holder; readonly to: Holder }
  | { readonly kind: "ESCALATION_EXHAUSTED"; readonly at: Date }
  | { readonly kind: "DEADLINE"; readonly at: Date; readonly result: "EXPIRED" | "APPROVED" };

export type Happened =
  | { readonly kind: "OPENED"; readonly at: Date; readonly byUserId: string }
  | {
      readonly kind: "DECIDED";
      readonly at: Date;
      readonly byUserId: string;
      readonly verdict: Decision["verdict"];
      readonly capacity: Decision["capacity"];
      /** Whose seat; the decider's own where they are the holder. */
      readonly as: Holder;
    }
  | {
      readonly kind: "REASSIGNED";
      readonly at: Date;
      readonly byUserId: string | null;
      readonly from: Holder | null;
      readonly to: Holder;
      readonly how: Reassignment["kind"];
    }
  | { readonly kind: "REMINDED"; readonly at: Date; readonly times: number }
  | { readonly kind: "COMMENTED"; readonly at: Date; readonly byUserId: string }
  | { readonly kind: "ESCALATION_EXHAUSTED"; readonly at: Date }
  | { readonly kind: "SETTLED"; readonly at: Date; readonly status: Exclude<ApprovalStatus, "PENDING"> };
