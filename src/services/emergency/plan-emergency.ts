import { PortcullisError } from "../../errors.ts";
import { divideRequest } from "../access/divide-request.ts";
import { askable } from "../access/submit-request.ts";
import type { CatalogConsole } from "../catalog/catalog.ts";
import { checkAsk } from "../policy/ask.ts";
import { checkEmergency, type EmergencyKind, emergencyRoute, longestInEmergency, skippedBy } from "../policy/emergency.ts";
import { type Route, routeFor } from "../policy/route.ts";
import type { EmergencyPorts } from "./emergency-ports.ts";

export interface EmergencyAsked {
  readonly kind: EmergencyKind;
  readonly giverUserId: string;
  readonly consoleIds: readonly string[];
  /** Null: as long as is allowed. */
  readonly seconds: number | null;
  readonly mostSeconds: number;
  readonly reason: string;
}

/** Consoles that fall under the same rules, and how their approval stands without anybody's decision. */
interface EmergencyPart {
  readonly consoles: readonly CatalogConsole[];
  readonly route: Route;
}

export interface EmergencyPlan {
  readonly kind: EmergencyKind;
  readonly parts: readonly EmergencyPart[];
  readonly seconds: number;
  readonly reason: string;
}

/**
 * Holds what is given, or taken, against the catalog, the settings and the rules that stand now; divides the consoles by rules as a
 * request does. Asks nothing of Slack.
 *
 * @throws PortcullisError with `field`: as `submitRequest` for consoles and reason, and as {@link checkEmergency}
 */
export const planEmergency = (ports: Pick<EmergencyPorts, "db" | "catalog" | "settings">) => {
  const divide = divideRequest(ports);
  return async (asked: EmergencyAsked): Promise<EmergencyPlan> => {
    const { kind, giverUserId, mostSeconds } = asked;
    const reason = checkAsk(asked, ports.settings);
    const consoles = [...new Set(asked.consoleIds)].map((id) => askable(ports.catalog, id));
    const parts = await divide(consoles);
    const seconds =
      asked.seconds ??
      longestInEmergency(
        mostSeconds,
        parts.map(({ rules }) => rules),
      );
    if (seconds <= 0) throw new PortcullisError("window_end_before_start", { field: "duration" });
    for (const { rules, consoles: part } of parts) {
      try {
        checkEmergency({ kind, seconds, reason, mostSeconds, rules });
      } catch (thrown) {
        if (!(thrown instanceof PortcullisError)) throw thrown;
        const { code, details } = thrown;
        const named = part.map(({ name }) => name).join(", ");
        throw new PortcullisError(code, { ...details, params: { ...details.params, consoles: named } }, { cause: thrown });
      }
    }
    return {
      kind,
      seconds,
      reason,
      parts: parts.map(({ rules, source, consoles: part }) => {
        const ruled = routeFor(ports.settings, rules, source);
        return { consoles: part, route: emergencyRoute(kind, ruled, giverUserId, skippedBy(kind, ruled, ports.settings.admins)) };
      }),
    };
  };
};
