import type { HttpBindings } from "@hono/node-server";
import { Hono } from "hono";
import { approvalFields, refuseForbiddenChange, refuseOldStart, refuseWithoutApprovals } from "./approval-rules.ts";
import { queried } from "./list-query.ts";
import { resourceNotFound } from "./refusal.ts";
import { answer, asksForAllMicrotenants, bodyOf, microtenantOfCall, noContent, pageOf } from "./respond.ts";
import { type MicrotenantId, nowEpochSeconds, type StoredApproval, type Tenant } from "./tenant.ts";
import { approvalOf, createdApproval, statusOf } from "./wire.ts";

/** `…/approval`. */
export function approvalRoutes(tenant: Tenant): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  routes.get("/", (context) => {
    const all = asksForAllMicrotenants(context);
    const microtenantId = all ? null : microtenantOfCall(context, tenant);
    const now = nowEpochSeconds(tenant);
    const approvals = [...tenant.approvals.values()].filter((approval) => all || approval.microtenantId === microtenantId);
    const print = (approval: StoredApproval) => approvalOf(tenant, approval, now);
    return answer(context, 200, pageOf(context, queried(context, approvals, print), print));
  });

  routes.post("/", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    refuseWithoutApprovals(tenant, microtenantId);
    const fields = approvalFields(tenant, await bodyOf(context), microtenantId);
    refuseOldStart(tenant, fields.startTime);
    const now = nowEpochSeconds(tenant);
    const approval: StoredApproval = { ...fields, id: String(tenant.nextApprovalId), creationTime: now, modifiedTime: now };
    tenant.nextApprovalId += 1;
    tenant.approvals.set(approval.id, approval);
    return answer(context, 201, createdApproval(approval));
  });

  routes.delete("/expired", (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const now = nowEpochSeconds(tenant);
    const expired = [...tenant.approvals.values()].filter(
      (approval) => approval.microtenantId === microtenantId && statusOf(approval, now) === "EXPIRED",
    );
    for (const { id } of expired) tenant.approvals.delete(id);
    return expired.length === 0 ? answer(context, 200, "No records found") : noContent(context);
  });

  routes.get("/:id", (context) => {
    const approval = stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant));
    return answer(context, 200, approvalOf(tenant, approval, nowEpochSeconds(tenant)));
  });

  routes.put("/:id", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const approval = stored(tenant, context.req.param("id"), microtenantId);
    refuseWithoutApprovals(tenant, microtenantId);
    const fields = approvalFields(tenant, await bodyOf(context), microtenantId);
    refuseForbiddenChange(tenant, approval, fields);
    tenant.approvals.set(approval.id, { ...approval, ...fields, modifiedTime: nowEpochSeconds(tenant) });
    return noContent(context);
  });

  routes.delete("/:id", (context) => {
    const approval = stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant));
    tenant.approvals.delete(approval.id);
    return noContent(context);
  });

  return routes;
}

/** An approval of another microtenant is not there. */
function stored(tenant: Tenant, id: string, microtenantId: MicrotenantId): StoredApproval {
  const approval = tenant.approvals.get(id);
  if (approval === undefined || approval.microtenantId !== microtenantId) throw resourceNotFound(id);
  return approval;
}
