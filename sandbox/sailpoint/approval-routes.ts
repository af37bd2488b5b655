import { Hono } from "hono";
import { z } from "zod";
import { addComment, decide, reassign } from "./approval-rules.ts";
import { isInvolved, listQuery, selectApprovals } from "./list-approvals.ts";
import { printApproval, whole } from "./print.ts";
import { badRequest, forbidden, notFound } from "./refusal.ts";
import { type ApiContext, type ApiEnvironment, bodyOf, queryOf } from "./respond.ts";
import type { StoredApproval, Tenant } from "./tenant.ts";

const texts = z.record(z.string(), z.string());
const approveBody = z.object({
  comment: z.string().optional(),
  additionalAttributes: texts.optional(),
  overrideApproverID: z.string().optional(),
});
const rejectBody = approveBody.omit({ additionalAttributes: true });
const reassignBody = z.object({
  reassignTo: z.string().min(1),
  reassignFrom: z.string().optional(),
  comment: z.string().optional(),
});
const commentBody = z.object({ comment: z.string().min(1) });
const attributesBody = z.object({
  additionalAttributes: texts.default({}),
  removeAttributeKeys: z.array(z.string()).default([]),
  comment: z.string().optional(),
});

/** One approval at a time, and the list. */
export function approvalRoutes(tenant: Tenant, contract: "seed" | "current"): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  routes.get("/", (context) => {
    const query = queryOf(context, listQuery);
    const found = selectApprovals(tenant, context.get("caller"), { query, contract });
    if (query.count || query["count-only"]) context.header("x-total-count", String(found.length));
    if (query["count-only"]) return context.json([]);
    const shape = {
      of: "row",
      comments: query["include-comments"],
      approvers: query["include-approvers"],
      reassignments: query["include-reassignment-history"] && contract === "current",
      batch: query["include-batch-info"],
    } as const;
    return context.json(found.slice(query.offset, query.offset + query.limit).map((approval) => printApproval(tenant, approval, shape)));
  });

  routes.get("/:id", (context) => {
    const isExperimental = contract === "seed" && tenant.quirks === "specified";
    if (isExperimental && context.req.header("x-sailpoint-experimental") !== "true")
      throw badRequest("This API is experimental: the header X-SailPoint-Experimental is missing");
    const approval = named(tenant, context);
    refuseStranger(tenant, approval, context);
    return context.json(printApproval(tenant, approval, whole));
  });

  routes.post("/:id/approve", async (context) => {
    const { comment, additionalAttributes } = await bodyOf(context, approveBody);
    const approval = named(tenant, context);
    decide(tenant, approval, { verdict: "APPROVED", by: context.get("caller"), comment, additionalAttributes });
    return context.json(printApproval(tenant, approval, whole));
  });

  routes.post("/:id/reject", async (context) => {
    const { comment } = await bodyOf(context, rejectBody);
    const approval = named(tenant, context);
    decide(tenant, approval, { verdict: "REJECTED", by: context.get("caller"), comment });
    return tenant.quirks === "live" ? context.json(printApproval(tenant, approval, whole)) : context.body(null, 204);
  });

  routes.post("/:id/reassign", async (context) => {
    const { reassignTo, reassignFrom, comment } = await bodyOf(context, reassignBody);
    reassign(tenant, named(tenant, context), { by: context.get("caller"), to: reassignTo, from: reassignFrom, comment });
    return context.body(null, 204);
  });

  routes.post("/:id/comments", async (context) => {
    const { comment } = await bodyOf(context, commentBody);
    const approval = named(tenant, context);
    refuseStranger(tenant, approval, context);
    addComment(tenant, approval, { by: context.get("caller"), text: comment });
    return context.json(printApproval(tenant, approval, whole));
  });

  routes.post("/:id/attributes", async (context) => {
    const { additionalAttributes, removeAttributeKeys, comment } = await bodyOf(context, attributesBody);
    const approval = named(tenant, context);
    refuseStranger(tenant, approval, context);
    for (const [key, value] of Object.entries(additionalAttributes)) approval.attributes.set(key, value);
    for (const key of removeAttributeKeys) approval.attributes.delete(key);
    addComment(tenant, approval, { by: context.get("caller"), text: comment });
    approval.modified = tenant.now();
    return context.json(printApproval(tenant, approval, whole));
  });

  return routes;
}

function named({ approvals }: Tenant, context: ApiContext): StoredApproval {
  const approval = approvals.get(context.req.param("id") ?? "");
  if (approval === undefined) throw notFound();
  return approval;
}

function refuseStranger(tenant: Tenant, approval: StoredApproval, context: ApiContext): void {
  const { id, level } = context.get("caller");
  if (level !== "ORG_ADMIN" && !isInvolved(tenant, approval, id)) throw forbidden();
}
