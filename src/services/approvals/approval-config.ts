import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import { parseTicks, tickAtOrAfter } from "../schedule/ticks.ts";
import { isTimeZone } from "../schedule/zone.ts";

/** COUNT as given, PERCENT of all seats rounded up. */
const Criterion = z
  .object({ calculationType: z.enum(["COUNT", "PERCENT"]), value: z.number().int().min(0) })
  .refine(({ calculationType, value }) => calculationType === "COUNT" || value <= 100, { error: "a PERCENT is at most 100" });
export type Criterion = z.infer<typeof Criterion>;

export const ApprovalCriteria = z.object({ type: z.enum(["SERIAL", "PARALLEL"]), approval: Criterion, rejection: Criterion });
export type ApprovalCriteria = z.infer<typeof ApprovalCriteria>;

/** SailPoint knows dozens of identity types; Slack knows people and user groups. */
const IdentityType = z
  .enum(["IDENTITY", "GOVERNANCE_GROUP"], { error: "only IDENTITY (a person) and GOVERNANCE_GROUP (a user group) can be named here" })
  .optional();
const Link = z.looseObject({ identityId: z.string().min(1), identityType: IdentityType });

/** Go's durations do not end here: SailPoint's limits do. */
const MAX_REMINDERS = 20;
const MAX_DAYS_UNTIL_TIMEOUT = 90;
const wholeDays = z.number().int().min(0).max(365);

const ReminderConfig = z.looseObject({
  enabled: z.boolean().default(false),
  daysUntilFirstReminder: wholeDays.default(0),
  reminderCronSchedule: z.string().default(""),
  maxReminders: z.number().int().min(0).max(MAX_REMINDERS).default(MAX_REMINDERS),
});
const EscalationConfig = z.looseObject({
  enabled: z.boolean().default(false),
  daysUntilFirstEscalation: wholeDays.default(0),
  escalationCronSchedule: z.string().default(""),
  escalationChain: z.array(Link).default([]),
});
const TimeoutConfig = z.looseObject({
  enabled: z.boolean().default(false),
  daysUntilTimeout: z.number().int().min(1).max(MAX_DAYS_UNTIL_TIMEOUT).default(MAX_DAYS_UNTIL_TIMEOUT),
  timeoutResult: z.enum(["EXPIRED", "APPROVED"]).default("EXPIRED"),
});

/** Absent and null are the same in SailPoint's bodies. */
const optionally = <T extends z.ZodType>(schema: T) => z.preprocess((value) => value ?? undefined, schema);

/** SailPoint's `ApprovalConfig`, read leniently: fields that we do not know are kept. */
export const ApprovalConfig = z
  .looseObject({
    reminderConfig: optionally(ReminderConfig.prefault({})),
    escalationConfig: optionally(EscalationConfig.prefault({})),
    timeoutConfig: optionally(TimeoutConfig.prefault({})),
    cronTimezone: optionally(z.looseObject({ location: z.string().default(""), offset: z.string().default("") }).prefault({})),
    serialChain: optionally(z.array(Link).default([])),
    requiresComment: optionally(z.enum(["ALL", "APPROVAL", "REJECTION", "OFF"]).default("OFF")),
    fallbackApprover: z.looseObject({ identityID: z.string().min(1), type: IdentityType }).nullish(),
    circumventApprovalProcess: optionally(z.boolean().default(false)),
    // An older page of SailPoint's shows "false": YAML 1.1 read the bare word OFF as a boolean.
    autoApprove: z.preprocess(
      (value) => (value === false || value === "false" ? "OFF" : (value ?? undefined)),
      z.enum(["OFF", "DIRECT", "INDIRECT"]).default("OFF"),
    ),
    /** Ours: ALLOWED lets requester and beneficiary decide like anyone else who holds a seat. */
    selfApproval: optionally(z.enum(["OFF", "ALLOWED"]).default("OFF")),
  })
  .superRefine(({ cronTimezone, reminderConfig, escalationConfig }, context) => {
    const problem = (path: string[], message: string) => context.addIssue({ code: "custom", path, message, input: undefined });
    const { location, offset } = cronTimezone;
    if (location !== "" && !isTimeZone(location)) problem(["cronTimezone", "location"], `${location} is not a time zone`);
    if (offset !== "" && !OFFSET.test(offset)) problem(["cronTimezone", "offset"], "an offset reads like +02:00");
    // A schedule that is written down is read also while it is off: it must not surprise whoever turns it on.
    if ((reminderConfig.enabled || reminderConfig.reminderCronSchedule !== "") && !ticksAtAll(reminderConfig.reminderCronSchedule))
      problem(["reminderConfig", "reminderCronSchedule"], SCHEDULE_HINT);
    if (
      (escalationConfig.enabled || escalationConfig.escalationCronSchedule !== "") &&
      !ticksAtAll(escalationConfig.escalationCronSchedule)
    )
      problem(["escalationConfig", "escalationCronSchedule"], SCHEDULE_HINT);
    if (escalationConfig.enabled && escalationConfig.escalationChain.length === 0)
      problem(["escalationConfig", "escalationChain"], "the chain names nobody");
  });
export type ApprovalConfig = z.infer<typeof ApprovalConfig>;
export type Link = z.infer<typeof Link>;

const OFFSET = /^([+-])(0?\d|1[0-4])(?::?([0-5]\d))?$/;
const SCHEDULE_HINT = "a schedule is a cron of five fields (0 9 * * 1-5), @daily and the like, or @every 24h; and it must come at all";

const SOME_DAY = new Date("2026-01-01T00:00:00Z");

function ticksAtAll(schedule: string): boolean {
  const ticks = parseTicks(schedule);
  return ticks !== null && tickAtOrAfter(ticks, { timeZone: "UTC", base: SOME_DAY, at: SOME_DAY }) !== null;
}

/** The zone in which the timers' crons count: the location, else the fixed offset, else UTC. */
export function timerZone({ cronTimezone: { location, offset } }: ApprovalConfig): string | { readonly offsetMinutes: number } {
  if (location !== "") return location;
  const [, sign, hours, minutes] = OFFSET.exec(offset) ?? [];
  if (sign === undefined) return "UTC";
  return { offsetMinutes: (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) };
}

/**
 * Reads a configuration as SailPoint writes it.
 * @throws PortcullisError `invalid_input` with what is wrong and where
 */
export function parseApprovalConfig(input: unknown): ApprovalConfig {
  const parsed = ApprovalConfig.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new PortcullisError("invalid_input", { params: { problem: problemsIn(parsed.error) } }, { cause: parsed.error });
}

/** `reminderConfig.maxReminders: Too big…`, one after the other. */
export const problemsIn = (error: z.ZodError): string =>
  error.issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join(".")}: ${message}`)).join("; ");
