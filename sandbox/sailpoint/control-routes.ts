import type { Hono } from "hono";
import { z } from "zod";
import { controlVerbs } from "../simulator/control-verbs.ts";
import { cancel, decide, reassign } from "./approval-rules.ts";
import { catchUp, settleBulk } from "./bulk-orders.ts";
import { faultKinds, type SailPointState } from "./control.ts";
import { approvalInput, openApproval } from "./open-approval.ts";
import { printApproval, whole } from "./print.ts";
import { SailPointRefusal } from "./refusal.ts";
import { seedTenant } from "./seed.ts";
import { newId, type StoredApproval, type StoredIdentity, type Tenant } from "./tenant.ts";

const person = z.object({ id: z.string(), name: z.string(), email: z.string(), level: z.enum(["ORG_ADMIN", "USER"]) });
const group = z.object({ id: z.string(), name: z.string(), memberIds: z.array(z.string()) });
const seedInput = z.object({ identities: z.array(person), groups: z.array(group).default([]) });
const clientInput = z.object({ identityId: z.string() });
const createInput = z.object({ approvals: z.array(approvalInput) });
const deed = z.object({ id: z.string(), by: z.string(), comment: z.string().optional() });
const decideInput = deed.extend({ verdict: z.enum(["APPROVED", "REJECTED"]) });
const reassignInput = deed.extend({ to: z.string(), from: z.string().optional() });
const attributesInput = z.object({ id: z.string(), attributes: z.record(z.string(), z.unknown()) });

/** The side door for tests and for the sandbox's page: no token, no limit, not counted. */
export function controlRoutes(tenant: Tenant): Hono {
  const { routes, verb } = controlVerbs(tenant, {
    kind: z.enum(faultKinds),
    state: () => stateOf(tenant),
    before: () => catchUp(tenant),
  });
  verb("seed", seedInput, (seed) => {
    seedTenant(tenant, seed);
    return undefined;
  });
  verb("createClient", clientInput, ({ identityId }) => {
    const { id } = identityOf(tenant, identityId);
    const client = { id: newId(tenant), secret: crypto.randomUUID(), identityId: id };
    tenant.clients.set(client.id, client);
    return { clientId: client.id, clientSecret: client.secret };
  });
  verb("createApprovals", createInput, ({ approvals }) => ({ ids: approvals.map((input) => openApproval(tenant, input).id) }));
  verb("decide", decideInput, ({ id, by, ...said }) => {
    decide(tenant, approvalOf(tenant, id), { ...said, by: identityOf(tenant, by) });
    return undefined;
  });
  verb("reassign", reassignInput, ({ id, by, ...move }) => {
    reassign(tenant, approvalOf(tenant, id), { ...move, by: identityOf(tenant, by) });
    return undefined;
  });
  verb("cancel", deed, ({ id, by, comment }) => {
    cancel(tenant, approvalOf(tenant, id), { by: identityOf(tenant, by), comment });
    return undefined;
  });
  verb("setAttributes", attributesInput, ({ id, attributes }) => {
    const approval = approvalOf(tenant, id);
    for (const [key, value] of Object.entries(attributes)) approval.attributes.set(key, value);
    approval.modified = tenant.now();
    return undefined;
  });
  verb("settleBulk", z.object({}), () => {
    settleBulk(tenant);
    return undefined;
  });
  verb("expireTokens", z.object({}), () => {
    tenant.tokenGeneration += 1;
    return undefined;
  });
  routes.onError((error, context) => {
    if (error instanceof SailPointRefusal) return context.json(error.body, 400);
    return context.json({ error: error.message }, error instanceof z.ZodError ? 400 : 500);
  });
  return routes;
}

function approvalOf({ approvals }: Tenant, id: string): StoredApproval {
  const approval = approvals.get(id);
  if (approval === undefined) throw new Error(`There is no approval ${id}.`);
  return approval;
}

function identityOf({ identities }: Tenant, id: string): StoredIdentity {
  const identity = identities.get(id);
  if (identity === undefined) throw new Error(`There is no identity ${id}.`);
  return identity;
}

function stateOf(tenant: Tenant): SailPointState {
  return {
    tenantId: tenant.id,
    approvals: [...tenant.approvals.values()].map((approval) => ({
      ...printApproval(tenant, approval, whole),
      status: approval.status,
    })),
    identities: [...tenant.identities.values()],
    groups: [...tenant.groups.values()],
    configs: Object.fromEntries(tenant.configs),
    calls: Object.fromEntries(tenant.calls),
    authCalls: tenant.authCalls,
    rateLimited: tenant.rateLimited,
    bulkWaiting: tenant.bulkOrders.length,
    now: tenant.now().toISOString(),
  };
}
