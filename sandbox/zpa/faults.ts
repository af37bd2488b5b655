import { injectFaults } from "../simulator/faults.ts";
import type { FaultKind } from "./control.ts";
import { TenantRefusal, tooManyRequests, unauthorized } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";

/** Plays the next fault that was ordered for this call, if any. */
export const injectTenantFaults = (tenant: Tenant) =>
  injectFaults<FaultKind>(tenant, {
    garbage: { text: '{"id":"204', contentType: "application/json;charset=utf-8" },
    answer: (context, kind) => {
      if (kind === "empty-list") return context.json({ totalPages: "0", totalCount: "0" });
      throw refusalFor(kind);
    },
  });

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
