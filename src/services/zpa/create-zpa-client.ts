import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import { createTokenSource } from "../http-client/token-source.ts";
import { createTransport, type Transport, timeoutsFor } from "../http-client/transport.ts";
import { createApi, type RehearsedCall } from "./api.ts";
import { approvalsApi } from "./approvals-api.ts";
import { catalogApi } from "./catalog-api.ts";
import { consolesApi } from "./consoles/consoles-api.ts";
import { credentialsApi } from "./credentials/credentials-api.ts";
import { hostsOf } from "./hosts.ts";
import { policyApi } from "./policy/policy-api.ts";
import { createSignIn } from "./sign-in.ts";
import { signInForm } from "./sign-in-form.ts";
import type { Throttle } from "./throttle.ts";
import { createProcessTurns, type Turns } from "./turns.ts";
import type { ZpaClient, ZpaList } from "./zpa-client.ts";

export interface ZpaClientPorts {
  readonly config: Config["zpa"];
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 (included) to 1 (excluded): the jitter of retries. */
  readonly random: () => number;
  readonly log: Log;
  readonly throttle: Throttle;
  /** Of policy writes. Default: those of this client take turns among themselves. */
  readonly policyTurns?: Turns;
  /** Default: undici. Closed with the client. */
  readonly transport?: Transport;
  /** Is told of every write, which then is not sent. */
  readonly rehearse?: (call: RehearsedCall) => void;
}

const listPlaces: Readonly<Record<ZpaList, { readonly path: string; readonly query?: Readonly<Record<string, string>> }>> = {
  approvals: { path: "approval" },
  applications: { path: "application/getAppsByType", query: { applicationType: "SECURE_REMOTE_ACCESS", expandAll: "false" } },
  consoles: { path: "praConsole" },
  portals: { path: "praPortal" },
  microtenants: { path: "microtenants" },
  policies: { path: "policySet/rules/policyType/ACCESS_POLICY" },
  credentials: { path: "credential" },
};

/**
 * The client of one ZPA tenant. Sends nothing until it is used.
 *
 * @throws PortcullisError `setting_missing` or `setting_invalid` when the settings do not say where and how to sign in
 */
export function createZpaClient(ports: ZpaClientPorts): ZpaClient {
  const { config, clock, timers, random, log, throttle, rehearse, transport = createTransport(timeoutsFor(config)) } = ports;
  const hosts = hostsOf(config);
  const ending = new AbortController();
  const closing = ending.signal;
  const signIn = createSignIn({ url: hosts.token, form: signInForm(config, clock), transport, timers, random, closing });
  const tokens = createTokenSource({ signIn, clock });
  const base = `${hosts.api}/mgmtconfig/v1/admin/customers/${encodeURIComponent(config.customerId)}`;
  const api = createApi({
    base,
    transport,
    tokens,
    throttle,
    timers,
    random,
    log,
    closing,
    ...(rehearse === undefined ? {} : { rehearse }),
  });
  return {
    approvals: approvalsApi(api),
    consoles: consolesApi(api),
    ...catalogApi(api, { microtenants: config.microtenants }),
    policy: policyApi(api, ports.policyTurns ?? createProcessTurns()),
    credentials: credentialsApi(api),
    check: async (list = "approvals") => {
      const { path, query } = listPlaces[list];
      await api.send({ method: "GET", path, query: { ...query, page: "1", pagesize: "1" }, priority: "read" });
    },
    close: async () => {
      ending.abort(new PortcullisError("zpa_unreachable", { params: { reason: "the client is closing" } }));
      await transport.close();
    },
  };
}
