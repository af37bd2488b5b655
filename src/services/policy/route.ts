import { PortcullisError } from "../../errors.ts";
import type { ApprovalConfig, ApprovalCriteria, Holder, Seat } from "../approvals/approval.ts";

/** Ids of Slack user groups begin with S, of users with U or W. */
export const isGroupId = (id: string): boolean => id.startsWith("S");

export const holderOf = (id: string): Holder => (isGroupId(id) ? { kind: "group", groupId: id } : { kind: "person", userId: id });

export interface Route {
  readonly seats: readonly Seat[];
  readonly criteria: ApprovalCriteria;
  readonly config: ApprovalConfig;
}

/**
 * Who decides on a request: every entry of `APPROVERS` holds one seat, any one yes approves, any one no rejects.
 * A person who is requester or beneficiary holds no seat unless self-approval is allowed.
 *
 * @throws PortcullisError `no_approver` when nobody is left
 */
export function routeFor(
  rules: { readonly approvers: readonly string[]; readonly selfApproval: boolean },
  { requesterUserId, beneficiaryUserId }: { readonly requesterUserId: string; readonly beneficiaryUserId: string },
): Route {
  const barred = rules.selfApproval ? [] : [requesterUserId, beneficiaryUserId];
  const seats = rules.approvers
    .filter((id) => !barred.includes(id))
    .map((id, index): Seat => ({ id: String(index + 1), holder: holderOf(id), decision: null }));
  if (seats.length === 0) throw new PortcullisError("no_approver");
  return {
    seats,
    criteria: {
      type: "PARALLEL",
      approval: { calculationType: "COUNT", value: 1 },
      rejection: { calculationType: "COUNT", value: 1 },
    },
    config: { requiresComment: "REJECTION", selfApproval: rules.selfApproval ? "ALLOWED" : "OFF" },
  };
}
