import { z } from "zod";
import { matches } from "./filter/match-filter.ts";
import { parseFilter } from "./filter/parse-filter.ts";
import { badRequest } from "./refusal.ts";
import { holds, type StoredApproval, type StoredIdentity, type Tenant } from "./tenant.ts";

const flag = z.enum(["true", "false"]).transform((value) => value === "true");

export const listQuery = z.object({
  mine: flag.optional(),
  requesterId: z.string().optional(),
  requesteeId: z.string().optional(),
  approverId: z.string().optional(),
  count: flag.default(false),
  "count-only": flag.default(false),
  "include-comments": flag.default(false),
  "include-approvers": flag.default(false),
  "include-reassignment-history": flag.default(false),
  "include-batch-info": flag.default(false),
  filters: z.string().optional(),
  sorters: z.string().optional(),
  limit: z.coerce.number().int().min(0).max(250).default(250),
  offset: z.coerce.number().int().min(0).default(0),
});
export type ListQuery = z.infer<typeof listQuery>;

/** Everything that a list holds, before it is cut into pages. @throws SailPointRefusal 400 */
export function selectApprovals(
  tenant: Tenant,
  caller: StoredIdentity,
  { query, contract }: { readonly query: ListQuery; readonly contract: "seed" | "current" },
): readonly StoredApproval[] {
  const isAdmin = caller.level === "ORG_ADMIN";
  const { mine, filters, sorters, ...ids } = query;
  const asked = (["requesterId", "requesteeId", "approverId"] as const).filter((name) => ids[name] !== undefined);
  const foreign = isAdmin ? undefined : asked.find((name) => ids[name] !== caller.id);
  if (foreign !== undefined) throw badRequest(`${foreign} must match the calling user's identity ID`);
  const filter = filters === undefined ? null : parseFilter(filters, contract);
  const onlyMine = mine ?? (!isAdmin && asked.length === 0);
  return [...tenant.approvals.values()]
    .filter((approval) => isAdmin || isInvolved(tenant, approval, caller.id))
    .filter((approval) => !onlyMine || isApprover(tenant, approval, caller.id))
    .filter(({ requesterId }) => ids.requesterId === undefined || requesterId === ids.requesterId)
    .filter(({ requesteeId }) => ids.requesteeId === undefined || requesteeId === ids.requesteeId)
    .filter((approval) => ids.approverId === undefined || isApprover(tenant, approval, ids.approverId))
    .filter((approval) => filter === null || matches(tenant, approval, filter))
    .toSorted(sorted(tenant, sorters));
}

const isApprover = (tenant: Tenant, { seats }: StoredApproval, identityId: string): boolean =>
  seats.some(({ holder, decision }) => holds(tenant, holder, identityId) || decision?.byId === identityId);

/** Whether somebody below an administrator may see it at all. */
export const isInvolved = (tenant: Tenant, approval: StoredApproval, identityId: string): boolean =>
  [approval.requesterId, approval.requesteeId].includes(identityId) || isApprover(tenant, approval, identityId);

/** Sorting is in no page of SailPoint's; live, `createdDate` works. */
function sorted({ quirks }: Tenant, sorters: string | undefined): (one: StoredApproval, other: StoredApproval) => number {
  if (sorters === undefined) return () => 0;
  const direction = new Map([
    ["createdDate", 1],
    ["-createdDate", -1],
  ]).get(sorters);
  if (direction === undefined || quirks === "specified") throw badRequest(`Sorting by ${sorters} is not supported`);
  return (one, other) => direction * (one.created.getTime() - other.created.getTime());
}
