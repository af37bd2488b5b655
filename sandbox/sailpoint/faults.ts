import type { MiddlewareHandler } from "hono";
import type { FaultKind } from "./control.ts";
import { internalFault, tooManyRequests, unauthorized } from "./refusal.ts";
import type { ApiEnvironment } from "./respond.ts";
import type { Tenant } from "./tenant.ts";

export interface Fault {
  readonly method: string;
  readonly pathContains: string;
  readonly kind: FaultKind;
  /** Calls that still go well before it. */
  after: number;
  times: number;
}

/** A promise that nobody keeps: the connection stays open until one side gives up. */
const silence = (): Promise<never> => new Promise(() => {});

/** Plays the next fault that was ordered for this call, if any. */
export const injectFaults =
  (tenant: Tenant): MiddlewareHandler<ApiEnvironment> =>
  async (context, next) => {
    const kind = takeFault(tenant, context.req.method, context.req.path);
    const cut = (): Promise<never> => {
      context.env.incoming.socket.resetAndDestroy();
      return silence();
    };
    switch (kind) {
      case null:
        return next();
      case "429":
        throw tooManyRequests(3);
      case "500":
        throw internalFault();
      case "401":
        throw unauthorized("JWT is expired");
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
        if (context.res.ok) context.res = new Response('{"id":"5a11', { headers: { "content-type": "application/json" } });
    }
  };

function takeFault(tenant: Tenant, method: string, path: string): FaultKind | null {
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
