import type { Hono } from "hono";
import { z } from "zod";
import { controlVerbs } from "../simulator/control-verbs.ts";
import { accessAt } from "./access.ts";
import { addByHand, changeByHand } from "./by-hand.ts";
import { faultKinds, type TenantState } from "./control.ts";
import { credentialOf } from "./credential-wire.ts";
import { wholeRuleOf } from "./policy/rule-wire.ts";
import { nowEpochSeconds, reseed, type Tenant } from "./tenant.ts";
import { applicationOf, approvalOf, consoleOf, microtenantOf, portalOf } from "./wire.ts";

const seedInput = z.object({ consoles: z.number().int().nonnegative().exactOptional(), microtenants: z.boolean().exactOptional() });
const deleteInput = z.object({ id: z.string() });
const changeInput = z.object({ id: z.string(), endTime: z.number().int() });
const addInput = z.object({ email: z.email(), minutes: z.number().int().positive(), segmentId: z.string().exactOptional() });
const accessInput = z.object({ email: z.string(), segmentId: z.string(), at: z.iso.datetime({ offset: true }).optional() });

/** The side door for tests and for the sandbox's page: no token, no limit, not counted. */
export function controlRoutes(tenant: Tenant): Hono {
  const { routes, verb } = controlVerbs(tenant, { kind: z.enum(faultKinds), state: () => stateOf(tenant) });
  verb("seed", seedInput, (seed) => {
    reseed(tenant, seed);
    return undefined;
  });
  verb("deleteApproval", deleteInput, ({ id }) => {
    tenant.approvals.delete(id);
    return undefined;
  });
  verb("changeApproval", changeInput, ({ id, endTime }) => {
    changeByHand(tenant, id, { endTime });
    return undefined;
  });
  verb("addApproval", addInput, (input) => ({ id: addByHand(tenant, input) }));
  verb("access", accessInput, ({ at, ...who }) => accessAt(tenant, who, at === undefined ? tenant.now() : new Date(at)));
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
