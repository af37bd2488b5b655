import type { Criterion } from "../approvals/approval-config.ts";
import { seatsNeeded } from "../approvals/quorum.ts";
import { type RouteSettings, SETTINGS_RULES } from "./route.ts";
import { Rules } from "./rules.ts";

/** Everything by which a change can make it easier to get access. Stored with a change that waits, and put into words by `texts/`. */
export const LOOSENINGS = [
  "approvers_added",
  "approvers_removed",
  "approvers_reordered",
  "approvers_unknown",
  "fewer_approvals",
  "harder_to_reject",
  "serial_to_parallel",
  "parallel_to_serial",
  "auto_approve_wider",
  "self_approval_allowed",
  "circumvented",
  "circumvention_ended",
  "passed_makes_grant",
  "timeout_approves",
  "deadline_later",
  "comment_not_required",
  "fallback_changed",
  "escalation_changed",
  "ask_who_wider",
  "ask_for_others_wider",
  "longest_window_longer",
  "ticket_pattern_changed",
  "notified_fewer",
] as const;
export type Loosening = (typeof LOOSENINGS)[number];

/** Settings that count where rules are silent; null where they are not known (the command line without the bot's environment). */
export type KnownSettings = RouteSettings | null;

/**
 * In what a change of rules loosens approval; empty when it only tightens or changes nothing that counts. What is not known for sure
 * counts as loosening: that costs a second administrator's click, the other mistake an access.
 *
 * The measure: is there anything that people could do with which a request passes under `after` and not under `before`? So:
 *
 * - **approvers** (the rules', else a serial chain's, else APPROVERS): one more is one more who can say yes; one less is one less who can
 *   say no, and a smaller whole for PERCENT; another order is another turn, and another seat that an administrator takes over;
 * - **criteria**, for every number of seats that can be left once people are away: fewer approvals needed, more rejections needed. A
 *   chain that becomes parallel asks later people at once, a parallel one that becomes serial lets later people say no too late;
 * - **who sits in**: `autoApprove` wider, self-approval allowed, another fallback (or none: then administrators sit there), any change
 *   of the escalation except to end it, to begin it later, or to drop its last links;
 * - **without anyone**: circumvented, PASSED that makes a grant, circumvention without a grant that ends (nothing passed before), as
 *   do refusals when the last rules of a segment group go, a
 *   timeout that approves, or sooner; a deadline that is later or gone (what would have died can still be approved);
 * - **what must be said**: a comment no longer required, the ticket pattern changed or gone, fewer people told;
 * - **asking**: more people may ask or ask for others, a longer window.
 *
 * Three changes count as tightening although a contrived course of events could pass: requiring a comment with a rejection (write
 * one), and self-approval or `autoApprove` that end or narrow (the requester's own yes is no control, and who sits there instead is).
 *
 * Priority, reminders and quiet hours only decide when somebody is told.
 */
export function loosens(before: Rules, after: Rules, settings: KnownSettings): readonly Loosening[] {
  return LOOSENINGS.filter((code) => checks[code](before, after, settings));
}

/** What an approval comes to without anybody's decision. */
type Course = "decided" | "passes-with-grant" | "passes-without-grant";
const courseOf = ({ approvalConfig, passedMakesGrant }: Rules): Course =>
  !approvalConfig.circumventApprovalProcess ? "decided" : passedMakesGrant ? "passes-with-grant" : "passes-without-grant";

type Check = (before: Rules, after: Rules, settings: KnownSettings) => boolean;

/** Where everything was let through anyway, no way of deciding is looser. */
const decidedBefore =
  (check: Check): Check =>
  (before, after, settings) =>
    courseOf(before) !== "passes-with-grant" && check(before, after, settings);

const checks: Readonly<Record<Loosening, Check>> = {
  approvers_added: decidedBefore(compareApprovers((before, after) => after.some((id) => !before.includes(id)))),
  approvers_removed: decidedBefore(compareApprovers((before, after) => before.some((id) => !after.includes(id)))),
  approvers_reordered: decidedBefore(compareApprovers((before, after) => sameMembers(before, after) && !same(before, after))),
  approvers_unknown: decidedBefore((before, after, settings) => {
    const [one, other] = [approversOf(before, settings), approversOf(after, settings)];
    return (one === null) !== (other === null);
  }),
  fewer_approvals: decidedBefore((before, after, settings) =>
    compareCriteria(before, after, settings, (was, is) => is.approvals < was.approvals),
  ),
  harder_to_reject: decidedBefore((before, after, settings) =>
    compareCriteria(before, after, settings, (was, is) =>
      // Fewer yeses leave more open seats in any case, and that is said already.
      is.approvals < was.approvals ? is.rejections > was.rejections && was.approvals < Number.POSITIVE_INFINITY : is.endedBy > was.endedBy,
    ),
  ),
  serial_to_parallel: decidedBefore(({ criteria: was }, { criteria: is }) => was.type === "SERIAL" && is.type === "PARALLEL"),
  parallel_to_serial: decidedBefore(({ criteria: was }, { criteria: is }) => was.type === "PARALLEL" && is.type === "SERIAL"),
  auto_approve_wider: decidedBefore(
    ({ approvalConfig: was }, { approvalConfig: is }) => AUTO.indexOf(is.autoApprove) > AUTO.indexOf(was.autoApprove),
  ),
  self_approval_allowed: decidedBefore(
    ({ approvalConfig: was }, { approvalConfig: is }) => was.selfApproval === "OFF" && is.selfApproval === "ALLOWED",
  ),
  circumvented: (before, after) => courseOf(before) === "decided" && courseOf(after) !== "decided",
  circumvention_ended: (before, after) => courseOf(before) === "passes-without-grant" && courseOf(after) === "decided",
  passed_makes_grant: (before, after) => !before.passedMakesGrant && after.passedMakesGrant,
  timeout_approves: decidedBefore((before, after) => approvesAfter(after) < approvesAfter(before)),
  deadline_later: decidedBefore((before, after) => expiresAfter(after) > expiresAfter(before)),
  comment_not_required: decidedBefore(({ approvalConfig: was }, { approvalConfig: is }) => {
    const still: readonly string[] = COMMENTED[is.requiresComment];
    return COMMENTED[was.requiresComment].some((verdict) => !still.includes(verdict));
  }),
  fallback_changed: decidedBefore(({ approvalConfig: was }, { approvalConfig: is }) => !same(was.fallbackApprover, is.fallbackApprover)),
  escalation_changed: decidedBefore(escalatesOtherwise),
  ask_who_wider: ({ ask: was }, { ask: is }) => isWider(was.who, is.who),
  ask_for_others_wider: ({ ask: was }, { ask: is }) => isWider(was.forOthers, is.forOthers),
  longest_window_longer: (before, after) => hoursOf(after) > hoursOf(before),
  ticket_pattern_changed: (before, after) => before.ticketPattern !== undefined && before.ticketPattern !== after.ticketPattern,
  notified_fewer: (before, after) => before.notify.some((reader) => !after.notify.includes(reader)),
};

const AUTO = ["OFF", "DIRECT", "INDIRECT"];
const COMMENTED = {
  ALL: ["APPROVAL", "REJECTION"],
  APPROVAL: ["APPROVAL"],
  REJECTION: ["REJECTION"],
  OFF: [],
} as const satisfies Record<Rules["approvalConfig"]["requiresComment"], readonly string[]>;

/** Null is absent in SailPoint's bodies. */
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
const sameMembers = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((id) => other.includes(id)) && other.every((id) => one.includes(id));

/** As `routeFor` finds them; null where the settings that name them are not known. */
function approversOf({ approvers, criteria, approvalConfig }: Rules, settings: KnownSettings): readonly string[] | null {
  if (approvers !== undefined) return approvers;
  const chain = criteria.type === "SERIAL" ? approvalConfig.serialChain.map(({ identityId }) => identityId) : [];
  return chain.length > 0 ? chain : (settings?.approvers ?? null);
}

/** Two that are not known are the same: the settings do not change with the rules. */
function compareApprovers(differ: (before: readonly string[], after: readonly string[]) => boolean): Check {
  return (before, after, settings) => {
    const [was, is] = [approversOf(before, settings), approversOf(after, settings)];
    return was !== null && is !== null && differ(was, is);
  };
}

interface Thresholds {
  /** Infinite where an approval does not open at all. */
  readonly approvals: number;
  readonly rejections: number;
  /** Rejections that end it, also because too few open seats are left. */
  readonly endedBy: number;
}

/** When the approvers are not known: whatever holds for up to so many of them is taken to hold. */
const UNKNOWN_SEATS = 50;

/**
 * Whether `isLooser` holds for any number of seats that may be left when some of the approvers are away and nobody sits in for them.
 * A changed set of approvers is a loosening of its own: sets of different sizes are compared with everybody there.
 */
function compareCriteria(
  before: Rules,
  after: Rules,
  settings: KnownSettings,
  isLooser: (was: Thresholds, is: Thresholds) => boolean,
): boolean {
  const was = approversOf(before, settings)?.length;
  const is = approversOf(after, settings)?.length;
  if (was !== undefined && is !== undefined && was !== is) return isLooser(thresholds(before, was, was), thresholds(after, is, is));
  const sizes = was === is && is !== undefined ? [is] : upTo(UNKNOWN_SEATS);
  return sizes.some((size) => upTo(size).some((seats) => isLooser(thresholds(before, size, seats), thresholds(after, size, seats))));
}

function thresholds({ criteria: { approval, rejection } }: Rules, approvers: number, seats: number): Thresholds {
  if (!opensWith(approval, approvers, seats)) return { approvals: Number.POSITIVE_INFINITY, rejections: 0, endedBy: 0 };
  const approvals = seatsNeeded(approval, seats);
  const rejections = seatsNeeded(rejection, seats);
  return { approvals, rejections, endedBy: Math.min(rejections, seats - approvals + 1) };
}

/** As `openApproval` refuses: a COUNT does not shrink with the seats. */
const opensWith = ({ calculationType, value }: Criterion, approvers: number, seats: number): boolean =>
  seats >= Math.max(calculationType === "COUNT" ? Math.min(value, approvers) : 1, 1);

const upTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1);

const NEVER = Number.POSITIVE_INFINITY;
/** Days until the clock approves. */
const approvesAfter = ({ approvalConfig: { timeoutConfig: timeout } }: Rules): number =>
  timeout.enabled && timeout.timeoutResult === "APPROVED" ? timeout.daysUntilTimeout : NEVER;
/** Days during which it can still be approved: past an approval by the clock it is approved. */
const expiresAfter = ({ approvalConfig: { timeoutConfig: timeout } }: Rules): number =>
  timeout.enabled && timeout.timeoutResult === "EXPIRED" ? timeout.daysUntilTimeout : NEVER;

function escalatesOtherwise({ approvalConfig: before }: Rules, { approvalConfig: after }: Rules): boolean {
  const [was, is] = [before.escalationConfig, after.escalationConfig];
  if (!is.enabled) return false;
  if (!was.enabled || was.escalationCronSchedule.trim() !== is.escalationCronSchedule.trim()) return true;
  if (is.daysUntilFirstEscalation < was.daysUntilFirstEscalation) return true;
  // The zone and the first day move the ticks of a cron, and with them who holds a seat when.
  if (!same(before.cronTimezone, after.cronTimezone)) return true;
  return is.escalationChain.some((link, place) => {
    const earlier = was.escalationChain[place];
    return earlier?.identityId !== link.identityId || earlier.identityType !== link.identityType;
  });
}

/** Absent is everyone. */
const isWider = (before: readonly string[] | undefined, after: readonly string[] | undefined): boolean =>
  before !== undefined && (after === undefined || after.some((id) => !before.includes(id)));

const hoursOf = ({ longestWindowHours }: Rules): number => longestWindowHours ?? NEVER;

/** What counts where nothing is written down. */
export const WITHOUT_RULES: Rules = SETTINGS_RULES;

/** Rules under which nothing is ever granted: as much as rules that cannot be read, because a request that falls under them is refused. */
export const NOTHING_PASSES: Rules = Rules.parse({ approvalConfig: { circumventApprovalProcess: true } });
