import { type CallPorts, callUntilDone, type Done, type Failed } from "../http-client/call.ts";
import type { Method } from "../http-client/transport.ts";
import { errorOf, failureOf } from "./failure.ts";
import type { Throttle } from "./throttle.ts";
import { withholdSecrets } from "./withhold.ts";
import type { ZpaPriority } from "./zpa-client.ts";

interface ApiCall {
  readonly method: Method;
  /** Below the customer, e.g. `approval/50`. */
  readonly path: string;
  /** Of the API; 1 unless it is said. */
  readonly version?: 1 | 2;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Texts of the body that no log line and no error may repeat, whatever the answer does. */
  readonly secrets?: readonly string[];
  readonly priority: ZpaPriority;
  /** Awaited once the budget has a place for the call, before each attempt of it. */
  readonly beforeSending?: () => Promise<void>;
}

/** A write as it would be sent. */
export interface RehearsedCall {
  readonly method: Exclude<Method, "GET">;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body: unknown;
}

export interface Api {
  /** @throws PortcullisError with a `zpa_*` code, or `database_unreachable` when the shared budget cannot be asked */
  send(call: ApiCall): Promise<Done>;
  /** The same, with a failure as a value. */
  attempt(call: ApiCall): Promise<Done | Failed>;
}

export interface ApiPorts extends CallPorts {
  /** Of version 1, up to and with the customer's id, no slash at the end. */
  readonly base: string;
  readonly throttle: Throttle;
  /** Is told of every write instead of ZPA, which then learns nothing of it, not even by a sign-in. */
  readonly rehearse?: (call: RehearsedCall) => void;
}

/** One call of the API: token, budget, and as many attempts as are safe. */
export function createApi(ports: ApiPorts): Api {
  const { rehearse } = ports;
  const attempt = async (call: ApiCall): Promise<Done | Failed> => {
    const { method } = call;
    return rehearse === undefined || method === "GET" ? sent(ports, call) : rehearsed(ports, { ...call, method }, rehearse);
  };
  const send = async (call: ApiCall): Promise<Done> => {
    const outcome = await attempt(call);
    if ("failure" in outcome) throw errorOf(outcome.failure, { method: call.method, path: call.path }, outcome.unknown);
    return outcome;
  };
  return { attempt, send };
}

function sent(ports: ApiPorts, call: ApiCall): Promise<Done | Failed> {
  const { throttle, closing } = ports;
  const { method, path, body, priority, secrets = [], beforeSending } = call;
  return callUntilDone(ports, {
    ...{ service: "zpa", method, path, url: urlOf(ports.base, call), body, failureOf },
    admit: (send) =>
      throttle.run({ lane: method === "GET" ? "read" : "write", priority, signal: closing }, async () => {
        await beforeSending?.();
        return send();
      }),
    redact: (failure) => withholdSecrets(failure, secrets),
  });
}

function urlOf(base: string, { path, version = 1, query = {} }: ApiCall): string {
  const parameters = new URLSearchParams(query).toString();
  return `${base.replace("/mgmtconfig/v1/", `/mgmtconfig/v${version}/`)}/${path}${parameters === "" ? "" : `?${parameters}`}`;
}

/** Tells of a write, from the very address and body that it would have, and answers as ZPA does when all is well. */
function rehearsed(
  { base }: ApiPorts,
  call: ApiCall & { readonly method: RehearsedCall["method"] },
  rehearse: (call: RehearsedCall) => void,
): Done {
  const { pathname, searchParams } = new URL(urlOf(base, call));
  const body: unknown = call.body === undefined ? undefined : JSON.parse(JSON.stringify(call.body));
  rehearse({ method: call.method, path: pathname, query: Object.fromEntries(searchParams), body });
  const made = { id: "not-made" };
  if (call.method !== "POST") return { status: 204, headers: {}, body: undefined };
  return { status: 201, headers: {}, body: Array.isArray(body) ? body.map(() => made) : made };
}
