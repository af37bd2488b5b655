import { z } from "zod";
import { ApprovalConfig, ApprovalCriteria } from "../approvals/approval-config.ts";
import { problemInPattern } from "./ticket-pattern.ts";

/** Where rules may be written down, the narrowest first: for a console the first that has any wins, whole. */
export const SCOPES = ["APPROVAL_REQUEST", "APPLICATION_SEGMENT", "SEGMENT_GROUP", "MICROTENANT", "APPROVAL_TYPE", "TENANT"] as const;
export type Scope = (typeof SCOPES)[number];

/** The one type of approval that Portcullis opens by itself. */
export const APPROVAL_TYPE = "PRA_ACCESS_REQUEST";

/** `scopeId` is ZPA's id ("0" for the Default microtenant), {@link APPROVAL_TYPE}, an approval's id, or empty for the tenant. */
export interface ScopeKey {
  readonly scope: Scope;
  readonly scopeId: string;
}

/** Which rules an approval was opened under. SETTINGS: nothing was written down, the settings of the process count. */
export interface RulesSource {
  readonly scope: Scope | "SETTINGS";
  readonly scopeId: string;
  /** Rises with every change of that scope's rules. */
  readonly revision: number;
}

const people = z.array(z.string().regex(/^[UWS][A-Z0-9]{2,}$/, "must be a Slack user id (U… or W…) or user-group id (S…)"));
const readers = z.array(
  z.string().regex(/^[UWSCG][A-Z0-9]{2,}$/, "must be the Slack id of a person (U… or W…), a user group (S…) or a channel (C… or G…)"),
);
const timeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "must be a time of day such as 19:30");

const one = { calculationType: "COUNT", value: 1 } as const;

/**
 * The rules of one scope, as administrators write them. What is left out is not inherited from a wider scope: it is what this
 * default says, or for `approvers` the setting APPROVERS.
 */
export const Rules = z.strictObject({
  /** Who may decide, one seat each. With SERIAL criteria their order is the chain's. */
  approvers: people.min(1).optional(),
  criteria: ApprovalCriteria.default({ type: "PARALLEL", approval: one, rejection: one }),
  /** SailPoint's ApprovalConfig. */
  approvalConfig: ApprovalConfig.prefault({ requiresComment: "REJECTION" }),
  priority: z.enum(["HIGH", "MEDIUM", "LOW"]).default("MEDIUM"),
  /** Who is told and may not decide thereby. */
  notify: readers.default([]),
  /** Who may ask, and who may ask for somebody else. Absent is everyone, an empty list nobody. */
  ask: z.strictObject({ who: people.optional(), forOthers: people.optional() }).prefault({}),
  longestWindowHours: z
    .number()
    .positive()
    .max(365 * 24)
    .optional(),
  /** What the reason must contain, as a regular expression that RE2 understands. */
  ticketPattern: z
    .string()
    .min(1)
    .max(200)
    .superRefine((pattern, context) => {
      const problem = problemInPattern(pattern);
      if (problem !== null) context.addIssue({ code: "custom", message: problem });
    })
    .optional(),
  /** Reminders that fall into these hours wait until they are over. In the zone of `approvalConfig.cronTimezone`. */
  quietHours: z.strictObject({ start: timeOfDay, end: timeOfDay }).optional(),
  /** Whether an approval that was circumvented (PASSED) makes a grant. */
  passedMakesGrant: z.boolean().default(false),
});
export type Rules = z.infer<typeof Rules>;

const governor = z.object({ id: z.string(), name: z.string().nullable(), email: z.string().nullable() });

/** Where access that SailPoint governs comes from. */
export const GovernedBy = z.object({
  approvalId: z.string(),
  approvalType: z.string(),
  approvalName: z.string().nullable(),
  requester: governor.nullable(),
  deciders: z.array(governor.extend({ at: z.coerce.date().nullable() })),
  /** Who gave their yes in Slack, where SailPoint knows the token's owner alone: Slack user ids. */
  deciderUserIds: z.array(z.string()),
  /** Who would have decided by our rules: people and user groups, by Slack's ids. They keep the right to take the access away. */
  insteadOf: z.array(z.string()),
});
export type GovernedBy = z.infer<typeof GovernedBy>;

/** What an approval keeps of its rules beside criteria and configuration. Frozen when it is opened. */
export const FrozenRules = z.object({
  source: z.object({ scope: z.enum([...SCOPES, "SETTINGS"]), scopeId: z.string(), revision: z.number().int() }),
  priority: z.enum(["HIGH", "MEDIUM", "LOW"]),
  notify: z.array(z.string()),
  quietHours: z.object({ start: z.string(), end: z.string() }).nullable(),
  passedMakesGrant: z.boolean(),
  /** Whoever would approve more than was asked for is held to it, too. */
  longestWindowHours: z.number().nullable().default(null),
  /** Who named the approvers. ON_CALL: whoever was on call gave the access. */
  approversFrom: z.enum(["RULES", "SERIAL_CHAIN", "SETTING", "ON_CALL"]).default("SETTING"),
  /** Who would have decided, and was skipped: people and user groups, by Slack's ids. They are told in person. */
  skipped: z.array(z.string()).optional(),
  /** By which approval of SailPoint's the access was given, and who decided there. */
  governedBy: GovernedBy.optional(),
});
export type FrozenRules = z.infer<typeof FrozenRules>;
