import { z } from "zod";
import { invalidArgument, TenantRefusal } from "./refusal.ts";
import type { MicrotenantId, StoredApproval, StoredWorkingHours, Tenant } from "./tenant.ts";
import { nowEpochSeconds } from "./tenant.ts";
import { statusOf } from "./wire.ts";

const pastGraceSeconds = 3_600;
const longestSeconds = 365 * 86_400;
const mostSegments = 200;

const id = z.union([z.string(), z.number()]).transform(String);
const epoch = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative()]).transform(Number);
const needed = z.string().min(1);

const emails = z.array(z.email()).length(1);
const applications = z.array(z.object({ id })).min(1).max(mostSegments);
/** Optional as a whole; when it is there, every part must be. The crons are not looked at. */
const hours = z.object({
  startTimeCron: needed,
  endTimeCron: needed,
  startTime: needed,
  endTime: needed,
  days: z.array(needed).min(1),
  timeZone: needed,
});

/** What a create or an update sets. Fields that are not named here are ignored, as the real service does. */
export type ApprovalFields = Pick<StoredApproval, "emailIds" | "segmentIds" | "startTime" | "endTime" | "workingHours" | "microtenantId">;

/** @throws TenantRefusal for what no approval may be, whenever it is written */
export function approvalFields(tenant: Tenant, body: unknown, microtenantId: MicrotenantId): ApprovalFields {
  const sent = z.record(z.string(), z.unknown()).safeParse(body).data;
  if (sent === undefined) throw invalidArgument("body");
  const startTime = field(epoch, sent, "startTime");
  const endTime = field(epoch, sent, "endTime");
  if (endTime <= startTime) throw invalidArgument("endTime", "must be after startTime");
  if (endTime - startTime > longestSeconds) throw invalidArgument("endTime", "exceed the range of 1 year");
  const segmentIds = [...new Set(field(applications, sent, "applications").map((application) => application.id))];
  for (const segmentId of segmentIds) {
    const segment = tenant.objects.segments.get(segmentId);
    if (segment === undefined || segment.microtenantId !== microtenantId) throw invalidArgument("applications");
  }
  return { emailIds: field(emails, sent, "emailIds"), segmentIds, startTime, endTime, workingHours: hoursOf(sent), microtenantId };
}

/** @throws TenantRefusal when the start is more than an hour in the past */
export function refuseOldStart(tenant: Tenant, startTime: number): void {
  if (startTime < nowEpochSeconds(tenant) - pastGraceSeconds) throw invalidArgument("startTime", "cannot be more than 1 hour in the past");
}

/**
 * @throws TenantRefusal when the approval has ended, or has started and its start would change. The id for the first is not public.
 */
export function refuseForbiddenChange(tenant: Tenant, stored: StoredApproval, wanted: ApprovalFields): void {
  switch (statusOf(stored, nowEpochSeconds(tenant))) {
    case "EXPIRED":
      throw new TenantRefusal(400, {
        params: [stored.id],
        id: "approval.expired.update.not.allowed",
        reason: "An expired approval cannot be changed.",
      });
    case "ACTIVE":
      if (wanted.startTime === stored.startTime) return;
      throw new TenantRefusal(400, {
        params: [stored.id],
        id: "approval.starttime.update.not.allowed",
        reason: "Start time of an active approval cannot be changed.",
      });
    case "FUTURE":
      refuseOldStart(tenant, wanted.startTime);
  }
}

/** @throws TenantRefusal where the microtenant's approvals are switched off. The real id is not public. */
export function refuseWithoutApprovals(tenant: Tenant, microtenantId: MicrotenantId): void {
  const microtenant = tenant.objects.microtenants.get(microtenantId ?? "0");
  if (microtenant?.privilegedApprovalsEnabled === false) {
    throw new TenantRefusal(400, {
      params: [microtenant.id],
      id: "microtenant.privileged.approvals.not.enabled",
      reason: `Privileged approvals are not enabled for Microtenant ${microtenant.name}.`,
    });
  }
}

function hoursOf(sent: Readonly<Record<string, unknown>>): StoredWorkingHours | null {
  return sent.workingHours === undefined || sent.workingHours === null ? null : field(hours, sent, "workingHours");
}

function field<Value>(schema: z.ZodType<Value>, sent: Readonly<Record<string, unknown>>, name: string): Value {
  const { success, data } = schema.safeParse(sent[name]);
  if (!success) throw invalidArgument(name);
  return data;
}
