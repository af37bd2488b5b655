import { z } from "zod";
import { controlOverHttp } from "../simulator/control-over-http.ts";
import type { TenantControl, TenantState } from "./control.ts";

const objects = z.array(z.record(z.string(), z.unknown()));
const stateAnswer: z.ZodType<TenantState> = z.object({
  approvals: objects,
  credentials: objects,
  consoles: objects,
  portals: objects,
  microtenants: objects,
  applications: objects,
  rules: objects,
  calls: z.record(z.string(), z.number()),
  authCalls: z.number(),
  rateLimited: z.number(),
  now: z.string(),
});
const addedAnswer = z.object({ id: z.string() });
const accessAnswer = z.object({ allowed: z.boolean(), approvalIds: z.array(z.string()) });

/**
 * The control side of a running tenant, from anywhere.
 * @param url the tenant's base address
 * @throws Error with the tenant's own words when it refuses the input
 */
export function controlClient(url: string): TenantControl {
  const { tell, ask, state } = controlOverHttp(url);
  return {
    clock: (input) => tell("clock", input),
    fault: (input) => tell("fault", input),
    clearFaults: (input) => tell("clearFaults", input),
    resetCalls: (input) => tell("resetCalls", input),
    seed: (input) => tell("seed", input),
    deleteApproval: (input) => tell("deleteApproval", input),
    changeApproval: (input) => tell("changeApproval", input),
    addApproval: (input) => ask("addApproval", input, addedAnswer),
    access: (input) => ask("access", input, accessAnswer),
    state: () => state(stateAnswer),
  };
}
