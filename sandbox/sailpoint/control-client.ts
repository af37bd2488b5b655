import { z } from "zod";
import { controlOverHttp } from "../simulator/control-over-http.ts";
import type { SailPointControl, SailPointState } from "./control.ts";

const anyObject = z.record(z.string(), z.unknown());
const stateAnswer: z.ZodType<SailPointState> = z.object({
  tenantId: z.string(),
  approvals: z.array(anyObject),
  identities: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), level: z.enum(["ORG_ADMIN", "USER"]) })),
  groups: z.array(z.object({ id: z.string(), name: z.string(), memberIds: z.array(z.string()) })),
  configs: z.record(z.string(), anyObject),
  calls: z.record(z.string(), z.number()),
  authCalls: z.number(),
  rateLimited: z.number(),
  bulkWaiting: z.number(),
  now: z.string(),
});
const clientAnswer = z.object({ clientId: z.string(), clientSecret: z.string() });
const idsAnswer = z.object({ ids: z.array(z.string()) });

/**
 * The control side of a running tenant, from anywhere.
 * @param url the tenant's base address
 * @throws Error with the tenant's own words when it refuses the input
 */
export function controlClient(url: string): SailPointControl {
  const { tell, ask, state } = controlOverHttp(url);
  return {
    clock: (input) => tell("clock", input),
    fault: (input) => tell("fault", input),
    clearFaults: (input) => tell("clearFaults", input),
    resetCalls: (input) => tell("resetCalls", input),
    seed: (input) => tell("seed", input),
    createClient: (input) => ask("createClient", input, clientAnswer),
    createApprovals: (input) => ask("createApprovals", input, idsAnswer),
    decide: (input) => tell("decide", input),
    reassign: (input) => tell("reassign", input),
    cancel: (input) => tell("cancel", input),
    setAttributes: (input) => tell("setAttributes", input),
    settleBulk: (input) => tell("settleBulk", input),
    expireTokens: (input) => tell("expireTokens", input),
    state: () => state(stateAnswer),
  };
}
