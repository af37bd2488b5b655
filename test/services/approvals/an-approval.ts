import type { Approval, Holder, Seat } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import type { Decider } from "../../../src/services/approvals/decide.ts";
import { routeFor } from "../../../src/services/policy/route.ts";

export const person = (userId: string): Holder => ({ kind: "person", userId });
export const group = (groupId: string): Holder => ({ kind: "group", groupId });
const seat = (id: string, holder: Holder): Seat => ({ id, holder, decision: null, insteadOf: null, autoApproveFor: null });

/** A pending approval of Ana's own request, with one seat for each holder; any one yes approves, any one no rejects. */
export const anApproval = (holders: readonly Holder[], change: Partial<Approval> = {}): Approval => ({
  id: "approval-1",
  requestId: "request-1",
  status: "PENDING",
  version: 1,
  seats: holders.map((holder, index) => seat(String(index + 1), holder)),
  criteria: {
    type: "PARALLEL",
    approval: { calculationType: "COUNT", value: 1 },
    rejection: { calculationType: "COUNT", value: 1 },
  },
  config: parseApprovalConfig({ requiresComment: "REJECTION" }),
  rules: routeFor({ approvers: [], selfApproval: false }).rules,
  requesterUserId: "UANA",
  beneficiaryUserId: "UANA",
  interestedZpaUsers: ["ana@example.com"],
  reassignmentHistory: [],
  comments: [],
  additionalAttributes: {},
  timers: {
    remindersSent: 0,
    lastReminderTick: null,
    escalationStep: 0,
    lastEscalationTick: null,
    isEscalated: false,
    isChainExhausted: false,
    nudges: 0,
    lastNudge: null,
    stranded: null,
  },
  changes: [],
  proposal: null,
  createdAt: new Date("2026-11-02T08:00:00Z"),
  modifiedAt: new Date("2026-11-02T08:00:00Z"),
  completedAt: null,
  settledBy: null,
  ...change,
});

export const decider = (userId: string, ...groupIds: string[]): Decider => ({
  teamId: "T1",
  userId,
  zpaUser: `${userId}@example.com`,
  groupIds,
  isAdmin: userId === "UROOT",
});
