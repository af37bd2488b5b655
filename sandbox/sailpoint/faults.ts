import { injectFaults } from "../simulator/faults.ts";
import type { FaultKind } from "./control.ts";
import { internalFault, tooManyRequests, unauthorized } from "./refusal.ts";
import type { Tenant } from "./tenant.ts";

/** Plays the next fault that was ordered for this call, if any. */
export const injectTenantFaults = (tenant: Tenant) =>
  injectFaults<FaultKind>(tenant, {
    garbage: { text: '{"id":"5a11', contentType: "application/json" },
    answer: (_context, kind) => {
      throw refusalFor(kind);
    },
  });

function refusalFor(kind: "429" | "500" | "401") {
  switch (kind) {
    case "429":
      return tooManyRequests(3);
    case "500":
      return internalFault();
    case "401":
      return unauthorized("JWT is expired");
  }
}
