import { CronExpressionParser } from "cron-parser";
import { firstMatch } from "./policy/first-match.ts";
import type { TenantWithPolicies } from "./policy/policy-store.ts";
import type { StoredApproval, StoredWorkingHours, Tenant } from "./tenant.ts";

/**
 * Whether the tenant would let this person onto the segment at that instant, and by which approvals. An approval counts where the first rule
 * of access that matches asks for one; where it allows, everybody is in, and where it denies, or none matches, nobody.
 *
 * @param tenant without policies every approval counts
 */
export function accessAt(
  tenant: Pick<Tenant, "approvals"> & Partial<TenantWithPolicies>,
  { email, segmentId }: { email: string; segmentId: string },
  at: Date,
) {
  const { objects, policies } = tenant;
  if (objects !== undefined && policies !== undefined) {
    const action = firstMatch({ objects, policies }, segmentId)?.action ?? "DENY";
    if (action !== "REQUIRE_APPROVAL") return { allowed: action === "ALLOW", approvalIds: [] };
  }
  const approvalIds = [...tenant.approvals.values()].filter((approval) => opens(approval, email, segmentId, at)).map(({ id }) => id);
  return { allowed: approvalIds.length > 0, approvalIds };
}

function opens(
  { emailIds, segmentIds, startTime, endTime, workingHours }: StoredApproval,
  email: string,
  segmentId: string,
  at: Date,
): boolean {
  const seconds = at.getTime() / 1000;
  return (
    segmentIds.includes(segmentId) &&
    emailIds.some((known) => known.toLowerCase() === email.toLowerCase()) &&
    startTime <= seconds &&
    seconds < endTime &&
    (workingHours === null || insideHours(workingHours, at))
  );
}

/** The door is where the cron that fired last left it. The crons alone decide: nobody recomputes them when the local clocks change. */
const insideHours = ({ startTimeCron, endTimeCron }: StoredWorkingHours, at: Date): boolean =>
  lastFiring(startTimeCron, at) > lastFiring(endTimeCron, at);

/** Epoch milliseconds of a Quartz cron's last firing, in UTC, at `at` itself included; a cron that cannot be read never fired. */
function lastFiring(cron: string, at: Date): number {
  try {
    const upTo = new Date(at.getTime() + 1); // prev() looks strictly before its date
    return CronExpressionParser.parse(cron, { currentDate: upTo, tz: "UTC" }).prev().getTime();
  } catch {
    return Number.NEGATIVE_INFINITY;
  }
}
