import { Hono } from "hono";
import { z } from "zod";
import { type CallCounts, resetCalls } from "./count-calls.ts";
import type { Fault } from "./faults.ts";

/** What every simulated tenant has: a clock that can be moved, faults that are ordered, and counts. */
interface Steered<Kind extends string> extends CallCounts {
  clockOffsetMilliseconds: number;
  faults: Fault<Kind>[];
}

/** Adds `POST /<name>`: the input as JSON, and what comes of it, or `{}`. */
export type AddVerb = <Input>(name: string, input: z.ZodType<Input>, act: (given: Input) => object | undefined) => void;

const clockInput = z.object({ offsetMilliseconds: z.number().int() });
const faultInput = z.object({
  method: z.string(),
  pathContains: z.string().default(""),
  after: z.number().int().nonnegative().default(0),
  times: z.number().int().positive(),
});

/**
 * `GET /state` and the verbs that every simulated tenant has, and the way to add its own.
 * @param before happens before anything is read or done: what was to happen by itself meanwhile
 */
export function controlVerbs<Kind extends string>(
  tenant: Steered<Kind>,
  { kind, state, before = () => {} }: { readonly kind: z.ZodType<Kind>; readonly state: () => object; readonly before?: () => void },
): { readonly routes: Hono; readonly verb: AddVerb } {
  const routes = new Hono();
  const verb: AddVerb = (name, input, act) => {
    routes.post(`/${name}`, async (context) => {
      before();
      return context.json(act(input.parse(await context.req.json())) ?? {});
    });
  };
  routes.get("/state", (context) => {
    before();
    return context.json(state());
  });
  verb("clock", clockInput, ({ offsetMilliseconds }) => {
    tenant.clockOffsetMilliseconds = offsetMilliseconds;
    return undefined;
  });
  verb("fault", z.looseObject({ kind }), ({ kind: ordered, ...given }) => {
    tenant.faults.push({ ...faultInput.parse(given), kind: ordered });
    return undefined;
  });
  verb("clearFaults", z.object({}), () => {
    tenant.faults = [];
    return undefined;
  });
  verb("resetCalls", z.object({}), () => {
    resetCalls(tenant);
    return undefined;
  });
  routes.onError((error, context) => context.json({ error: error.message }, error instanceof z.ZodError ? 400 : 500));
  return { routes, verb };
}
