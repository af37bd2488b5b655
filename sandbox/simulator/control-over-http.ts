import type { z } from "zod";

/** The control side of a running simulator, over HTTP. */
export interface ControlOverHttp {
  tell(verb: string, input: object): Promise<void>;
  ask<Answer>(verb: string, input: object, answer: z.ZodType<Answer>): Promise<Answer>;
  state<State>(answer: z.ZodType<State>): Promise<State>;
}

/**
 * @param url the simulator's base address
 * @throws Error (each call) with the simulator's own words when it refuses the input
 */
export function controlOverHttp(url: string): ControlOverHttp {
  const base = `${url.replace(/\/$/, "")}/control`;
  const post = async (verb: string, input: object): Promise<Response> =>
    expectOk(
      await fetch(`${base}/${verb}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(input) }),
    );
  return {
    tell: async (verb, input) => {
      await post(verb, input);
    },
    ask: async (verb, input, answer) => answer.parse(await (await post(verb, input)).json()),
    state: async (answer) => answer.parse(await (await expectOk(await fetch(`${base}/state`))).json()),
  };
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`The simulated tenant refused: ${await response.text()}`);
  return response;
}
