import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";

/** Trouble with the connection, which is the same for every service. */
export type LineFault = "timeout-before-effect" | "timeout-after-effect" | "reset" | "reset-after-effect" | "garbage";

/** Trouble that was ordered for the calls of one kind. */
export interface Fault<Kind extends string> {
  readonly method: string;
  readonly pathContains: string;
  readonly kind: Kind;
  /** Calls that still go well before it. */
  after: number;
  times: number;
}

interface Troubles<Kind extends string> {
  /** What is cut off in the middle of an answer. */
  readonly garbage: { readonly text: string; readonly contentType: string };
  /** The service's own answer in that trouble, answered or thrown. */
  readonly answer: (context: Context, kind: Exclude<Kind, LineFault>) => Response;
}

/** A promise that nobody keeps: the connection stays open until one side gives up. */
const silence = (): Promise<never> => new Promise(() => {});

/** Plays the next fault that was ordered for a call, if any. */
export const injectFaults =
  <Kind extends string>(
    tenant: { faults: Fault<Kind>[] },
    { garbage, answer }: Troubles<Kind>,
  ): MiddlewareHandler<{ Bindings: HttpBindings }> =>
  async (context, next) => {
    const kind = takeFault(tenant, context.req.method, context.req.path);
    if (kind === null) return next();
    if (isOwn(kind)) return answer(context, kind);
    const cut = (): Promise<never> => {
      context.env.incoming.socket.resetAndDestroy();
      return silence();
    };
    switch (kind) {
      case "timeout-before-effect":
        return silence();
      case "timeout-after-effect":
        await next();
        return silence();
      case "reset":
        return cut();
      case "reset-after-effect":
        await next();
        return cut();
      case "garbage":
        await next();
        if (context.res.ok) context.res = new Response(garbage.text, { headers: { "content-type": garbage.contentType } });
    }
  };

const lineFaults: ReadonlySet<string> = new Set<LineFault>([
  "timeout-before-effect",
  "timeout-after-effect",
  "reset",
  "reset-after-effect",
  "garbage",
]);

const isOwn = <Kind extends string>(kind: Kind): kind is Exclude<Kind, LineFault> => !lineFaults.has(kind);

function takeFault<Kind extends string>(tenant: { faults: Fault<Kind>[] }, method: string, path: string): Kind | null {
  const fault = tenant.faults.find((candidate) => candidate.method === method && path.includes(candidate.pathContains));
  if (fault === undefined) return null;
  if (fault.after > 0) {
    fault.after -= 1;
    return null;
  }
  fault.times -= 1;
  if (fault.times <= 0) tenant.faults = tenant.faults.filter((candidate) => candidate !== fault);
  return fault.kind;
}
