import type { HttpBindings } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { FaultKind } from "./control.ts";
import { TenantRefusal, tooManyRequests, unauthorized } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";

export interface Fault {
  readonly method: string;
  readonly pathContains: string;
  readonly kind: FaultKind;
  times: number;
}

/** A promise that nobody keeps: the connection stays open until one side gives up. */
const silence = (): Promise<never> => new Promise(() => {});

/** Plays the next fault that was ordered for this call, if any. */
export const injectFaults =
  (tenant: Tenant): MiddlewareHandler<{ Bindings: HttpBindings }> =>
  async (context, next) => {
    const kind = takeFault(tenant, context.req.method, context.req.path);
    switch (kind) {
      case null:
        return next();
      case "timeout-before-effect":
        return silence();
      case "timeout-after-effect":
        await next();
        return silence();
      case "reset":
        context.env.incoming.socket.resetAndDestroy();
        return silence();
      case "garbage":
        await next();
        if (context.res.ok) context.res = new Response('{"id":"204', { headers: { "content-type": "application/json;charset=utf-8" } });
        return;
      case "empty-list":
        return context.json({ totalPages: "0", totalCount: "0" });
      default:
        throw refusalFor(kind);
    }
  };

function takeFault(tenant: Tenant, method: string, path: string): FaultKind | null {
  const fault = tenant.faults.find((candidate) => candidate.method === method && path.includes(candidate.pathContains));
  if (fault === undefined) return null;
  fault.times -= 1;
  if (fault.times <= 0) tenant.faults = tenant.faults.filter((candidate) => candidate !== fault);
  return fault.kind;
}

function refusalFor(kind: "500" | "503" | "429" | "400-transient" | "409" | "401"): TenantRefusal {
  switch (kind) {
    case "500":
      return new TenantRefusal(500, { id: "internal.server.error", reason: "An unexpected error occurred." });
    case "503":
      return new TenantRefusal(
        503,
        { id: "retryable.server.error", reason: "An error occurred. Refer to the Retry-After header, and then try again." },
        { "retry-after": "10s" },
      );
    case "429":
      return tooManyRequests(4);
    case "400-transient":
      return new TenantRefusal(400, { id: "db.simultaneous.request", reason: "Simultaneous requests on one resource. Try again" });
    case "409":
      return new TenantRefusal(409, {
        params: ["com.zscaler.zpn.model.PrivilegedApproval"],
        id: "api.concurrent.access.error",
        reason: "Unable to modify the resource due to concurrent change requests. Try again",
      });
    case "401":
      return unauthorized();
  }
}
