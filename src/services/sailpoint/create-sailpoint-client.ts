import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";
import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import { createTokenSource } from "../http-client/token-source.ts";
import { createTransport, type Transport } from "../http-client/transport.ts";
import { createApi } from "./api.ts";
import { approvalsApi } from "./approvals-api.ts";
import type { SailPointBudget } from "./budget.ts";
import { bulkApi } from "./bulk-api.ts";
import { configsApi } from "./configs-api.ts";
import type { SailPointClient } from "./sailpoint-client.ts";
import { createSignIn } from "./sign-in.ts";
import { ownerIn } from "./token-owner.ts";

export interface SailPointClientPorts {
  readonly config: Omit<NonNullable<Config["sailpoint"]>, "pollSeconds">;
  readonly clock: Clock;
  readonly timers: Timers;
  /** From 0 (included) to 1 (excluded): the jitter of retries. */
  readonly random: () => number;
  readonly log: Log;
  readonly budget: SailPointBudget;
  /** Default: undici. Closed with the client. */
  readonly transport?: Transport;
}

/** The client of one SailPoint tenant. Sends nothing until it is used. */
export function createSailPointClient(ports: SailPointClientPorts): SailPointClient {
  const { config, clock, timers, random, log, budget, transport = createTransport() } = ports;
  const { clientId, clientSecret, paths: profile } = config;
  const host = config.apiUrl.replace(/\/+$/, "");
  const ending = new AbortController();
  const closing = ending.signal;
  const signIn = createSignIn({ url: `${host}/oauth/token`, clientId, clientSecret, transport, timers, random, closing });
  const tokens = createTokenSource({ signIn, clock });
  const api = createApi({ host, profile, transport, tokens, budget, timers, random, log, closing });
  const approvals = approvalsApi(api);
  return {
    approvals,
    bulk: bulkApi(api),
    configs: configsApi(api),
    ownerId: async () => ownerIn(await tokens.current()),
    check: async () => {
      await approvals.count();
    },
    close: async () => {
      ending.abort(new PortcullisError("sailpoint_unreachable", { params: { reason: "the client is closing" } }));
      await transport.close();
    },
  };
}
