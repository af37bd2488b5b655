import type { Transport } from "../../../../src/services/http-client/transport.ts";
import { createZpaClient } from "../../../../src/services/zpa/create-zpa-client.ts";
import { instantTimers } from "./instant-timers.ts";
import { silentLog } from "./silent-log.ts";

interface Sent {
  readonly method: string;
  /** Below the customer, with the query. */
  readonly path: string;
  readonly body: unknown;
}

/** A client whose every call below the customer is answered with this status and text; what was sent stands in `sent`. */
export function answering(status: number, text: string) {
  const sent: Sent[] = [];
  const transport: Transport = {
    send: async ({ method, url, body }) => {
      const [, path] = url.split("/customers/9/");
      if (path === undefined) return { status: 200, headers: {}, text: '{"access_token":"t","expires_in":"3600"}' };
      sent.push({ method, path, body: body === undefined ? undefined : JSON.parse(body) });
      return { status, headers: {}, text };
    },
    close: async () => {},
  };
  const zpa = createZpaClient({
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
  return { zpa, sent };
}
