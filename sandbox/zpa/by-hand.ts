import { nowEpochSeconds, type Tenant } from "./tenant.ts";

/** What an administrator does in ZPA's own portal, behind the bot's back. @throws Error when there is none of that id */
export function changeByHand(tenant: Tenant, id: string, change: { readonly endTime: number }): void {
  const stored = tenant.approvals.get(id);
  if (stored === undefined) throw new Error(`There is no privileged approval ${id}.`);
  tenant.approvals.set(id, { ...stored, ...change, modifiedTime: nowEpochSeconds(tenant) });
}

/** Makes a privileged approval that no bot asked for, in the Default microtenant. @returns its id */
export function addByHand(
  tenant: Tenant,
  { email, minutes, segmentId }: { readonly email: string; readonly minutes: number; readonly segmentId?: string },
): string {
  const own = [...tenant.objects.segments.values()].filter(({ microtenantId }) => microtenantId === null);
  const segment = segmentId === undefined ? own[0] : own.find(({ id }) => id === segmentId);
  if (segment === undefined) throw new Error("There is no such segment in the Default microtenant.");
  const now = nowEpochSeconds(tenant);
  const id = String(tenant.nextApprovalId);
  tenant.nextApprovalId += 1;
  tenant.approvals.set(id, {
    id,
    creationTime: now,
    modifiedTime: now,
    startTime: now,
    endTime: now + minutes * 60,
    emailIds: [email],
    segmentIds: [segment.id],
    workingHours: null,
    microtenantId: null,
  });
  return id;
}
