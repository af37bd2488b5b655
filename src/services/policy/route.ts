import type { Holder } from "../approvals/approval.ts";
import { type ApprovalConfig, type ApprovalCriteria, parseApprovalConfig } from "../approvals/approval-config.ts";

/** Ids of Slack user groups begin with S, of users with U or W. */
export const isGroupId = (id: string): boolean => id.startsWith("S");

export const holderOf = (id: string): Holder => (isGroupId(id) ? { kind: "group", groupId: id } : { kind: "person", userId: id });

export interface Route {
  readonly approvers: readonly Holder[];
  readonly criteria: ApprovalCriteria;
  readonly config: ApprovalConfig;
}

/** Who decides on a request: every entry of `APPROVERS` holds one seat, any one yes approves, any one no rejects. */
export const routeFor = (rules: { readonly approvers: readonly string[]; readonly selfApproval: boolean }): Route => ({
  approvers: rules.approvers.map(holderOf),
  criteria: {
    type: "PARALLEL",
    approval: { calculationType: "COUNT", value: 1 },
    rejection: { calculationType: "COUNT", value: 1 },
  },
  config: parseApprovalConfig({ requiresComment: "REJECTION", selfApproval: rules.selfApproval ? "ALLOWED" : "OFF" }),
});
