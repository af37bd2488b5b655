import type { Transport } from "../../../../src/services/http-client/transport.ts";
import { createZpaClient } from "../../../../src/services/zpa/create-zpa-client.ts";
import { instantTimers } from "./instant-timers.ts";
import { silentLog } from "./silent-log.ts";

/** A client of the customer 9 that speaks through this transport alone; it signs in with the first call. */
export const clientOver = (transport: Transport) =>
  createZpaClient({
    config: {
      ...{ auth: "legacy", clientId: "c", clientSecret: "s", privateKey: null, customerId: "9", cloud: "PRODUCTION" },
      ...{ vanityDomain: null, apiUrl: "http://zpa.test", authUrl: null, microtenants: true, timeoutSeconds: 30 },
    },
    clock: { now: () => new Date("2026-11-24T12:00:00Z") },
    timers: instantTimers(),
    random: () => 0.5,
    log: silentLog,
    throttle: { run: (_place, call) => call() },
    transport,
  });

/** The answer to a call outside of the customer: a token. */
export const signedIn = { status: 200, headers: {}, text: '{"access_token":"t","expires_in":"3600"}' };
