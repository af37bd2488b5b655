import { Hono } from "hono";
import { z } from "zod";
import { badRequest, forbidden, notFound } from "./refusal.ts";
import { type ApiContext, type ApiEnvironment, bodyOf } from "./respond.ts";
import type { StoredApproval, StoredConfig, Tenant } from "./tenant.ts";

const scopes = {
  seed: ["ROLE", "ENTITLEMENT", "ACCESS_PROFILE", "SOURCE", "APPLICATION", "APPROVAL_TYPE", "TENANT"],
  current: ["DOMAIN_OBJECT", "ACCOUNT", "ROLE", "ACCESS_PROFILE", "ENTITLEMENT", "APPROVAL_TYPE", "TENANT"],
} as const;

const chain = z.array(z.looseObject({ identityId: z.string().optional(), identityType: z.string() }));
const days = z.number().int().min(0);

/** Nothing is required; what is there must fit. */
export const configBody = z.looseObject({
  reminderConfig: z
    .looseObject({
      enabled: z.boolean().optional(),
      daysUntilFirstReminder: days.optional(),
      reminderCronSchedule: z.string().optional(),
      maxReminders: z.number().int().min(0).max(20).optional(),
    })
    .optional(),
  escalationConfig: z
    .looseObject({
      enabled: z.boolean().optional(),
      daysUntilFirstEscalation: days.optional(),
      escalationCronSchedule: z.string().optional(),
      escalationChain: chain.optional(),
    })
    .optional(),
  timeoutConfig: z
    .looseObject({
      enabled: z.boolean().optional(),
      daysUntilTimeout: days.max(90).optional(),
      timeoutResult: z.enum(["EXPIRED", "APPROVED"]).optional(),
    })
    .optional(),
  cronTimezone: z.looseObject({ location: z.string().optional(), offset: z.string().optional() }).optional(),
  serialChain: chain.optional(),
  requiresComment: z.enum(["ALL", "APPROVAL", "REJECTION", "OFF"]).optional(),
  fallbackApprover: z.looseObject({ identityID: z.string().optional(), type: z.string().optional() }).optional(),
  circumventApprovalProcess: z.boolean().optional(),
  autoApprove: z.enum(["OFF", "DIRECT", "INDIRECT", "false"]).optional(), // "false": a slip of an older page
});

/** Configurations by scope. */
export function configRoutes(tenant: Tenant, contract: "seed" | "current"): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();

  const put = async (context: ApiContext, { id, scope }: { readonly id: string; readonly scope: string }): Promise<Response> => {
    if (context.get("caller").level !== "ORG_ADMIN") throw forbidden();
    if (!(scopes[contract] as readonly string[]).includes(scope)) throw badRequest(`${scope} is no scope`);
    if (scope === "TENANT" && id !== tenant.id) throw badRequest("That is not this tenant's id");
    const config = await bodyOf(context, configBody);
    const stored = contract === "seed" ? { ...config, id, scope, tenantId: tenant.id } : config;
    tenant.configs.set(`${id}:${scope}`, stored);
    return context.json(stored);
  };

  routes.get("/config/:id", (context) => {
    const config = configOf(tenant, context.req.param("id"));
    if (config === null) throw notFound();
    return context.json(config);
  });
  if (contract === "seed")
    routes.put("/config", (context) =>
      put(context, { id: context.req.query("id") ?? tenant.id, scope: context.req.query("scope") ?? "TENANT" }),
    );
  else routes.put("/config/:id/:scope", (context) => put(context, { id: context.req.param("id"), scope: context.req.param("scope") }));
  return routes;
}

/** The id alone finds it; an approval's finds its own copy. */
function configOf({ configs, approvals }: Tenant, id: string): StoredConfig | null {
  const own = [...configs].find(([key]) => key.slice(0, key.lastIndexOf(":")) === id)?.[1];
  return own ?? approvals.get(id)?.config ?? null;
}

/** What holds for a new approval: of its targets' own, its type's and the tenant's the first that there is, whole. */
export function configFor({ id, configs }: Tenant, { type, targets }: Pick<StoredApproval, "type" | "targets">): StoredConfig {
  const keys = [...targets.map((target) => `${target.id}:${target.targetType}`), `${type}:APPROVAL_TYPE`, `${id}:TENANT`];
  return keys.map((key) => configs.get(key)).find((config) => config !== undefined) ?? {};
}
