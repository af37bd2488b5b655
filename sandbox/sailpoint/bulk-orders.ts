import { cancel, decide, expire, reassign } from "./approval-rules.ts";
import { SailPointRefusal } from "./refusal.ts";
import type { StoredApproval, StoredIdentity, Tenant } from "./tenant.ts";

export type BulkDeed =
  | {
      readonly kind: "approve" | "reject";
      readonly comment?: string | undefined;
      readonly additionalAttributes?: Readonly<Record<string, unknown>> | undefined;
    }
  | { readonly kind: "reassign"; readonly to: string; readonly from?: string | undefined; readonly comment?: string | undefined }
  | { readonly kind: "cancel"; readonly comment?: string | undefined };

/** A bulk command that was accepted and waits to be carried out. */
export interface BulkOrder {
  readonly dueAt: Date;
  readonly by: StoredIdentity;
  readonly ids: readonly string[];
  readonly deed: BulkDeed;
}

/** Brings the tenant up to its present: deadlines that passed, bulk commands that are due. */
export function catchUp(tenant: Tenant): void {
  const now = tenant.now();
  for (const approval of tenant.approvals.values()) expire(tenant, approval);
  const due = tenant.bulkOrders.filter(({ dueAt }) => dueAt <= now);
  tenant.bulkOrders = tenant.bulkOrders.filter((order) => !due.includes(order));
  for (const order of due) carryOut(tenant, order);
}

/** Does what waits now, whatever its time. */
export function settleBulk(tenant: Tenant): void {
  for (const order of tenant.bulkOrders.splice(0)) carryOut(tenant, order);
}

/** Nobody hears of an item that could not be done: 202 was all that was ever said. */
function carryOut(tenant: Tenant, { ids, by, deed }: BulkOrder): void {
  for (const id of ids) {
    const approval = tenant.approvals.get(id);
    if (approval === undefined) continue;
    try {
      doTo(tenant, approval, { by, deed });
    } catch (error) {
      if (!(error instanceof SailPointRefusal)) throw error;
    }
  }
}

function doTo(tenant: Tenant, approval: StoredApproval, { by, deed }: Pick<BulkOrder, "by" | "deed">): void {
  switch (deed.kind) {
    case "approve":
    case "reject": {
      const { kind, ...said } = deed;
      decide(tenant, approval, { ...said, by, verdict: kind === "approve" ? "APPROVED" : "REJECTED" });
      break;
    }
    case "reassign":
      reassign(tenant, approval, { by, to: deed.to, from: deed.from, comment: deed.comment });
      break;
    case "cancel":
      cancel(tenant, approval, { by, comment: deed.comment });
      break;
  }
}
