import { type CallPorts, callUntilDone, type Done } from "../http-client/call.ts";
import type { SailPointBudget, SailPointPriority } from "./budget.ts";
import { errorOf, failureOf } from "./failure.ts";
import { locate, type Operation, type PathProfile } from "./operations.ts";

export interface ApiCall {
  readonly operation: Operation;
  readonly id?: string;
  readonly scope?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly priority: SailPointPriority;
}

export interface Api {
  /** @throws PortcullisError with a `sailpoint_*` code, or `database_unreachable` when the shared budget cannot be asked */
  send(call: ApiCall): Promise<Done>;
}

export interface ApiPorts extends CallPorts {
  /** The tenant's API host, no slash at the end. */
  readonly host: string;
  readonly profile: PathProfile;
  readonly budget: SailPointBudget;
}

/**
 * One call of the API: token, budget, and as many attempts as are safe. A POST is sent again only when the failed one certainly had no
 * effect: a decision that may have counted is for the caller to look up.
 */
export function createApi(ports: ApiPorts): Api {
  const { host, profile, budget, closing } = ports;
  return {
    send: async ({ operation, id, scope, query, body, priority }) => {
      const names = { ...(id === undefined ? {} : { id }), ...(scope === undefined ? {} : { scope }) };
      const { method, path, headers, ...place } = locate(operation, profile, names);
      const asked = new URLSearchParams({ ...place.query, ...query }).toString();
      const outcome = await callUntilDone(ports, {
        ...{ service: "sailpoint", method, path, url: `${host}${path}${asked === "" ? "" : `?${asked}`}`, headers, body, failureOf },
        admit: (send) => budget.run({ priority, signal: closing }, send),
      });
      if ("failure" in outcome) throw errorOf(outcome.failure, { method, path }, outcome.unknown);
      return outcome;
    },
  };
}
