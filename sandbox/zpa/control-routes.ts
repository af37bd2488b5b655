import { Hono } from "hono";
import { z } from "zod";
import { accessAt } from "./access.ts";
import { addByHand, changeByHand } from "./by-hand.ts";
import type { TenantState } from "./control.ts";
import { credentialOf } from "./credential-wire.ts";
import { wholeRuleOf } from "./policy/rule-wire.ts";
import { nowEpochSeconds, reseed, resetCalls, type Tenant } from "./tenant.ts";
import { applicationOf, approvalOf, consoleOf, microtenantOf, portalOf } from "./wire.ts";

const faultKinds = [
  "500",
  "503",
  "429",
  "400-transient",
  "409",
  "401",
  "timeout-before-effect",
  "timeout-after-effect",
  "reset",
  "garbage",
  "empty-list",
] as const;

const clockInput = z.object({ offsetMilliseconds: z.number().int() });
const faultInput = z.object({
  method: z.string(),
  pathContains: z.string().default(""),
  kind: z.enum(faultKinds),
  times: z.number().int().positive(),
});
const seedInput = z.object({ consoles: z.number().int().nonnegative().exactOptional(), microtenants: z.boolean().exactOptional() });
const deleteInput = z.object({ id: z.string() });
const changeInput = z.object({ id: z.string(), endTime: z.number().int() });
const addInput = z.object({ email: z.email(), minutes: z.number().int().positive(), segmentId: z.string().exactOptional() });
const accessInput = z.object({ email: z.string(), segmentId: z.string(), at: z.iso.datetime({ offset: true }).optional() });

/** The side door for tests and for the sandbox's page: no token, no limit, not counted. */
export function controlRoutes(tenant: Tenant): Hono {
  const routes = new Hono();
  routes.get("/state", (context) => context.json(stateOf(tenant)));
  routes.post("/clock", async (context) => {
    tenant.clockOffsetMilliseconds = clockInput.parse(await context.req.json()).offsetMilliseconds;
    return context.json({});
  });
  routes.post("/fault", async (context) => {
    tenant.faults.push(faultInput.parse(await context.req.json()));
    return context.json({});
  });
  routes.post("/clearFaults", (context) => {
    tenant.faults = [];
    return context.json({});
  });
  routes.post("/resetCalls", (context) => {
    resetCalls(tenant);
    return context.json({});
  });
  routes.post("/seed", async (context) => {
    reseed(tenant, seedInput.parse(await context.req.json()));
    return context.json({});
  });
  routes.post("/deleteApproval", async (context) => {
    tenant.approvals.delete(deleteInput.parse(await context.req.json()).id);
    return context.json({});
  });
  routes.post("/changeApproval", async (context) => {
    const { id, endTime } = changeInput.parse(await context.req.json());
    changeByHand(tenant, id, { endTime });
    return context.json({});
  });
  routes.post("/addApproval", async (context) => context.json({ id: addByHand(tenant, addInput.parse(await context.req.json())) }));
  routes.post("/access", async (context) => {
    const { at, ...who } = accessInput.parse(await context.req.json());
    return context.json(accessAt(tenant, who, at === undefined ? tenant.now() : new Date(at)));
  });
  routes.onError((error, context) => context.json({ error: error.message }, error instanceof z.ZodError ? 400 : 500));
  return routes;
}

function stateOf(tenant: Tenant): TenantState {
  const now = nowEpochSeconds(tenant);
  const { applications, consoles, portals, microtenants } = tenant.objects;
  return {
    approvals: [...tenant.approvals.values()].map((approval) => approvalOf(tenant, approval, now)),
    credentials: [...tenant.credentials.values()].map((item) => ({ ...credentialOf(tenant, item), secretSha256: item.secretSha256 })),
    consoles: [...consoles.values()].map((item) => quoted(consoleOf(tenant, item))),
    portals: [...portals.values()].map((item) => portalOf(tenant, item)),
    microtenants: [...microtenants.values()].map(microtenantOf),
    applications: [...applications.keys()].map((id) => applicationOf(tenant, id)),
    rules: tenant.policies.rules.map((rule) => quoted(wholeRuleOf(tenant, rule))),
    calls: Object.fromEntries(tenant.calls),
    authCalls: tenant.authCalls,
    rateLimited: tenant.rateLimited,
    now: tenant.now().toISOString(),
  };
}

/** The page and the tests read this with a plain `JSON.parse`. */
const quoted = (wire: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(wire).map(([key, value]) => [key, typeof value === "bigint" ? String(value) : value]));
