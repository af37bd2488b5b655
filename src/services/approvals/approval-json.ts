import { z } from "zod";
import { FrozenRules } from "../policy/rules.ts";
import { WEEKDAYS } from "../schedule/working-hours.ts";
import type { Approval, ApprovalStatus } from "./approval.ts";
import { ApprovalConfig, ApprovalCriteria } from "./approval-config.ts";
import type { ApprovalEvent } from "./approval-events.ts";

/** Approvals and what happened to them, as the database's JSON keeps them: the same shapes, with instants as ISO strings. */
const actor = z.object({ teamId: z.string(), userId: z.string() });
const instant = z.coerce.date<string | Date>();
const instantOrNull = instant.nullable();
export const HolderJson = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), userId: z.string() }),
  z.object({ kind: z.literal("group"), groupId: z.string() }),
]);
const decision = z.object({
  verdict: z.enum(["APPROVED", "REJECTED"]),
  by: actor,
  zpaUser: z.string().optional(),
  at: instant,
  comment: z.string().nullable(),
  capacity: z.enum(["APPROVER", "ADMIN", "AUTO"]),
});
const comment = z.object({ id: z.string(), by: actor, at: instant, text: z.string() });
const reassignment = z.object({
  seatId: z.string(),
  from: HolderJson.nullable(),
  to: HolderJson,
  by: actor.nullable(),
  at: instant,
  comment: z.string().nullable(),
  commentId: z.string().nullable(),
  kind: z.enum(["MANUAL_REASSIGNMENT", "ESCALATION", "AUTO_REASSIGNMENT"]),
});
const terms = z.object({
  consoles: z.array(z.object({ id: z.string(), name: z.string() })),
  time: z.object({
    start: z.discriminatedUnion("kind", [z.object({ kind: z.literal("onApproval") }), z.object({ kind: z.literal("at"), at: instant })]),
    end: z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("after"), seconds: z.number() }),
      z.object({ kind: z.literal("at"), at: instant }),
    ]),
    workingHours: z.object({ days: z.array(z.enum(WEEKDAYS)), start: z.string(), end: z.string(), timeZone: z.string() }).nullable(),
  }),
});
const change = z.object({ by: actor, at: instant, before: terms, after: terms });
const proposal = change.extend({ id: z.string(), comment: z.string().nullable() });
const attributes = z.record(z.string(), z.string());
const settled = z.enum(["APPROVED", "REJECTED", "EXPIRED", "CANCELLED", "PASSED"]);
export const StatusJson = z.enum(["PENDING", ...settled.options]) satisfies z.ZodType<ApprovalStatus>;

/** What has no column of its own. */
export const ApprovalBodyJson = z.object({
  seats: z.array(
    z.object({
      id: z.string(),
      holder: HolderJson,
      decision: decision.nullable(),
      insteadOf: HolderJson.nullable(),
      autoApproveFor: actor.nullable(),
    }),
  ),
  criteria: ApprovalCriteria,
  config: ApprovalConfig,
  rules: FrozenRules,
  interestedZpaUsers: z.array(z.string()),
  reassignmentHistory: z.array(reassignment),
  comments: z.array(comment),
  additionalAttributes: attributes,
  timers: z.object({
    remindersSent: z.number().int(),
    lastReminderTick: instantOrNull,
    escalationStep: z.number().int(),
    lastEscalationTick: instantOrNull,
    isEscalated: z.boolean(),
    isChainExhausted: z.boolean(),
    nudges: z.number().int().default(0),
    lastNudge: z.object({ at: instant, by: actor }).nullable().default(null),
    stranded: z.object({ since: instant, reference: z.string() }).nullable().default(null),
  }),
  // Approvals of before these existed have none.
  changes: z.array(change).default([]),
  proposal: proposal.nullable().default(null),
  modifiedAt: instant,
  settledBy: actor.nullable().default(null), // approvals of before do not say
});

const ApprovalJson: z.ZodType<Approval> = ApprovalBodyJson.extend({
  id: z.string(),
  requestId: z.string(),
  status: StatusJson,
  version: z.number().int(),
  requesterUserId: z.string(),
  beneficiaryUserId: z.string(),
  createdAt: instant,
  completedAt: instantOrNull,
});

/** One event of the ledger, back in its own shape. */
export const ApprovalEventJson: z.ZodType<ApprovalEvent> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("approval.opened"), at: instant, approval: ApprovalJson }),
  z.object({ kind: z.literal("approval.seat_decided"), at: instant, seatId: z.string(), decision, comment: comment.nullable() }),
  z.object({
    kind: z.literal("approval.reassigned"),
    at: instant,
    move: reassignment,
    insteadOf: HolderJson.nullable(),
    comment: comment.nullable(),
    escalation: z.object({ tick: instant, step: z.number().int() }).nullable(),
  }),
  z.object({ kind: z.literal("approval.commented"), at: instant, comment }),
  z.object({
    kind: z.literal("approval.attributes_changed"),
    at: instant,
    by: actor,
    set: attributes,
    removed: z.array(z.string()),
    comment: comment.nullable(),
  }),
  change.extend({ kind: z.literal("request.changed") }),
  z.object({ kind: z.literal("approval.change_proposed"), at: instant, proposal }),
  z.object({
    kind: z.literal("approval.proposal_ended"),
    at: instant,
    by: actor,
    proposal,
    outcome: z.enum(["ACCEPTED", "DECLINED", "LAPSED"]),
  }),
  z.object({ kind: z.literal("approval.reminded"), at: instant, tick: instant }),
  z.object({ kind: z.literal("approval.escalation_exhausted"), at: instant, tick: instant }),
  z.object({ kind: z.literal("approval.nudged"), at: instant, by: actor }),
  z.object({ kind: z.literal("approval.stranded"), at: instant, reference: z.string() }),
  z.object({ kind: z.literal("approval.settled"), at: instant, status: settled, by: actor.nullable(), comment: comment.nullable() }),
]);
