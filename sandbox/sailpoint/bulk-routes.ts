import { Hono } from "hono";
import { z } from "zod";
import { holderOf } from "./approval-rules.ts";
import type { BulkDeed } from "./bulk-orders.ts";
import { badRequest, forbidden } from "./refusal.ts";
import { type ApiContext, type ApiEnvironment, bodyOf } from "./respond.ts";
import type { Tenant } from "./tenant.ts";

const idsAtMost = 50;

const shared = z.object({ approvalIds: z.array(z.string()).min(1), comment: z.string().optional() });
const approveBody = shared.extend({ additionalAttributes: z.record(z.string(), z.unknown()).optional() });
const reassignBody = shared.extend({ reassignTo: z.string().min(1), reassignFrom: z.string().optional() });

/** Accepted at once, also for ids that do not exist; done later. */
export function bulkRoutes(tenant: Tenant): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  const accept = (context: ApiContext, ids: readonly string[], deed: BulkDeed): Response => {
    if (ids.length > idsAtMost) throw badRequest(`approvalIds: ${idsAtMost} at most`);
    const dueAt = new Date(tenant.now().getTime() + tenant.bulkDelayMilliseconds);
    tenant.bulkOrders.push({ dueAt, by: context.get("caller"), ids, deed });
    return context.json({}, 202);
  };

  routes.use(async (context, next) => {
    if (/\/bulk-[a-z]+$/.test(context.req.path) && context.get("caller").level !== "ORG_ADMIN") throw forbidden();
    return next();
  });
  routes.post("/bulk-approve", async (context) => {
    const { approvalIds, comment, additionalAttributes } = await bodyOf(context, approveBody);
    return accept(context, approvalIds, { kind: "approve", comment, additionalAttributes });
  });
  routes.post("/bulk-reject", async (context) => {
    const { approvalIds, comment } = await bodyOf(context, shared);
    return accept(context, approvalIds, { kind: "reject", comment });
  });
  routes.post("/bulk-reassign", async (context) => {
    const { approvalIds, comment, reassignTo, reassignFrom } = await bodyOf(context, reassignBody);
    holderOf(tenant, reassignTo);
    return accept(context, approvalIds, { kind: "reassign", to: reassignTo, from: reassignFrom, comment });
  });
  routes.post("/bulk-cancel", async (context) => {
    const { approvalIds, comment } = await bodyOf(context, shared);
    return accept(context, approvalIds, { kind: "cancel", comment });
  });
  return routes;
}
