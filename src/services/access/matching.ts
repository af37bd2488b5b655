import type { WorkingHours } from "../schedule/working-hours.ts";
import type { PrivilegedApproval, PrivilegedApprovalDraft } from "../zpa/zpa-client.ts";
import type { Grant } from "./grant.ts";
import { segmentKey } from "./grant-rows.ts";
import type { AccessTerms } from "./request.ts";

/** What was once sent to ZPA for a grant: enough to recognise it again, since ZPA keeps no key of ours. */
export interface Attempt {
  readonly email: string;
  readonly segmentKey: string;
  readonly start: Date;
  readonly end: Date;
  /** UNKNOWN while nobody knows what became of it; REFUSED had no effect. */
  readonly outcome: "UNKNOWN" | "ANSWERED" | "REFUSED";
}

/** Whether a privileged approval in the tenant is the effect of an attempt: same email, segments, start and end. */
const isEffectOf = (found: PrivilegedApproval, attempt: Attempt): boolean =>
  found.emailIds.length === 1 &&
  found.emailIds[0]?.toLowerCase() === attempt.email.toLowerCase() &&
  segmentKey(found.segmentIds) === attempt.segmentKey &&
  found.start.getTime() === attempt.start.getTime() &&
  found.end.getTime() === attempt.end.getTime();

/** The effects of any of the attempts, lowest id first: the one to keep, then its twins. */
export const effectsOf = (tenant: readonly PrivilegedApproval[], attempts: readonly Attempt[]): readonly PrivilegedApproval[] =>
  tenant.filter((found) => attempts.some((attempt) => isEffectOf(found, attempt))).toSorted(byId);

/** Whether an attempt may have an effect that nobody has seen. */
export const isUnknown = ({ outcome }: Pick<Attempt, "outcome">): boolean => outcome === "UNKNOWN";

/** What is written for a grant. */
export const draftOf = (grant: Grant): PrivilegedApprovalDraft => ({
  email: grant.email,
  segmentIds: grant.segmentIds,
  start: grant.start,
  end: grant.end,
  workingHours: grant.workingHours,
  microtenantId: grant.microtenantId,
});

/** The names of the fields in which what ZPA holds is not what was written. Empty: it is as intended. */
export function differences(found: PrivilegedApproval, draft: PrivilegedApprovalDraft): readonly string[] {
  const wanted = draft.workingHours;
  const hours = found.workingHours;
  const checks: Readonly<Record<string, boolean>> = {
    emailIds: found.emailIds.length === 1 && found.emailIds[0]?.toLowerCase() === draft.email.toLowerCase(),
    applications: segmentKey(found.segmentIds) === segmentKey(draft.segmentIds),
    startTime: found.start.getTime() === draft.start.getTime(),
    endTime: found.end.getTime() === draft.end.getTime(),
    workingHours: (hours === null) === (wanted === null),
    startTimeCron: hours?.startTimeCron === wanted?.startTimeCron,
    endTimeCron: hours?.endTimeCron === wanted?.endTimeCron,
    timeZone: hours?.timeZone === wanted?.timeZone,
    days: sameDays(hours?.days, wanted?.days),
    hours: hours?.start === wanted?.start && hours?.end === wanted?.end,
  };
  return Object.keys(checks).filter((name) => checks[name] === false);
}

const byId = (a: PrivilegedApproval, b: PrivilegedApproval): number => compareIds(a.id, b.id);

/** Ids are a sequence in text: shorter is lower. */
const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : Number(a > b));

/** Two ids, the lower first. */
export const inOrder = (a: string, b: string): readonly [string, string] => (compareIds(a, b) <= 0 ? [a, b] : [b, a]);

/** Whether two grants end together and open at the same local hours; crons follow from those. */
export const sameTerms = (a: AccessTerms, b: AccessTerms): boolean =>
  a.end.getTime() === b.end.getTime() && sameHours(a.workingHours, b.workingHours);

/** The days in any order. */
const sameHours = (a: WorkingHours | null, b: WorkingHours | null): boolean =>
  a === null || b === null ? a === b : a.start === b.start && a.end === b.end && a.timeZone === b.timeZone && sameDays(a.days, b.days);

const sameDays = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  (a ?? []).toSorted().join() === (b ?? []).toSorted().join();
