import { z } from "zod";
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
  const base = `${url.replace(/\/$/, "")}/control`;
  const tell = async (verb: string, input: object): Promise<void> => {
    await post(base, verb, input);
  };
  const ask = async <Answer>(verb: string, input: object, answer: z.ZodType<Answer>): Promise<Answer> =>
    answer.parse(await (await post(base, verb, input)).json());
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
    state: async () => stateAnswer.parse(await (await expectOk(await fetch(`${base}/state`))).json()),
  };
}

const post = async (base: string, verb: string, input: object): Promise<Response> =>
  expectOk(
    await fetch(`${base}/${verb}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
  );

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`The simulated SailPoint refused: ${await response.text()}`);
  return response;
}
