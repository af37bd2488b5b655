import { z } from "zod";
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
  const base = `${url.replace(/\/$/, "")}/control`;
  const tell = async (verb: string, input: object): Promise<void> => {
    await post(base, verb, input);
  };
  return {
    clock: (input) => tell("clock", input),
    fault: (input) => tell("fault", input),
    clearFaults: (input) => tell("clearFaults", input),
    resetCalls: (input) => tell("resetCalls", input),
    seed: (input) => tell("seed", input),
    deleteApproval: (input) => tell("deleteApproval", input),
    changeApproval: (input) => tell("changeApproval", input),
    addApproval: async (input) => addedAnswer.parse(await (await post(base, "addApproval", input)).json()),
    access: async (input) => accessAnswer.parse(await (await post(base, "access", input)).json()),
    state: async () => stateAnswer.parse(await (await expectOk(await fetch(`${base}/state`))).json()),
  };
}

const post = async (base: string, verb: string, input: object): Promise<Response> =>
  expectOk(
    await fetch(`${base}/${verb}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
  );

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`The simulated tenant refused: ${await response.text()}`);
  return response;
}
