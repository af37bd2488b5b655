import { type RunningTenant, startTenant, type TenantOptions } from "../../../../sandbox/zpa/server.ts";
import { type Clock, systemClock } from "../../../../src/clock.ts";
import type { Config } from "../../../../src/config.ts";
import type { Log } from "../../../../src/log.ts";
import { createTransport, defaultTimeouts, type Transport } from "../../../../src/services/http-client/transport.ts";
import { createZpaClient } from "../../../../src/services/zpa/create-zpa-client.ts";
import type { Throttle } from "../../../../src/services/zpa/throttle.ts";
import type { PrivilegedApprovalDraft, ZpaClient } from "../../../../src/services/zpa/zpa-client.ts";
import { instantTimers } from "./instant-timers.ts";
import { silentLog } from "./silent-log.ts";

const unthrottled: Throttle = { run: (_place, call) => call() };

export interface TenantClient {
  readonly tenant: RunningTenant;
  readonly zpa: ZpaClient;
  /** Milliseconds of every wait between two attempts. */
  readonly slept: readonly number[];
  [Symbol.asyncDispose](): Promise<void>;
}

/** A simulated tenant and a client of it, over real HTTP. Waits between attempts end at once. */
export async function tenantClient({
  tenant: options = {},
  config = {},
  clock = systemClock,
  totalMilliseconds = 10_000,
  log = silentLog,
  transportOver = (transport) => transport,
}: {
  readonly tenant?: Partial<TenantOptions>;
  readonly config?: Partial<Config["zpa"]>;
  readonly clock?: Clock;
  /** How long a call may take. Short only where an answer is meant to stay away: this machine may be busy. */
  readonly totalMilliseconds?: number;
  readonly log?: Log;
  /** What stands between the client and the network. */
  readonly transportOver?: (transport: Transport) => Transport;
} = {}): Promise<TenantClient> {
  const tenant = await startTenant({ port: 0, host: "127.0.0.1", seed: {}, ...options });
  const timers = instantTimers();
  const zpa = createZpaClient({
    config: { ...configOf(tenant), ...config },
    clock,
    timers,
    random: () => 0.5,
    log,
    throttle: unthrottled,
    transport: transportOver(createTransport({ ...defaultTimeouts, totalMilliseconds })),
  });
  return {
    tenant,
    zpa,
    slept: timers.slept,
    [Symbol.asyncDispose]: async () => {
      await zpa.close();
      await tenant.close();
    },
  };
}

export const configOf = ({ url, customerId, credentials }: RunningTenant): Config["zpa"] => ({
  auth: "oneapi",
  clientId: credentials.clientId,
  clientSecret: credentials.clientSecret,
  privateKey: null,
  customerId,
  cloud: "PRODUCTION",
  vanityDomain: null,
  apiUrl: url,
  authUrl: url,
  microtenants: true,
  timeoutSeconds: 30,
});

/** A draft for the first segment of the tenant, from a minute ago for a week. */
export async function draftFor(
  { tenant, zpa }: TenantClient,
  changes: Partial<PrivilegedApprovalDraft> = {},
): Promise<PrivilegedApprovalDraft> {
  const nowSeconds = Math.floor(Date.parse((await tenant.control.state()).now) / 1000);
  const [application] = await zpa.applications.list({ microtenantId: changes.microtenantId ?? null });
  if (application === undefined) throw new Error("the tenant has no application");
  return {
    email: "mira@acme.example",
    segmentIds: [application.segmentId],
    start: new Date((nowSeconds - 60) * 1000),
    end: new Date((nowSeconds + 7 * 86_400) * 1000),
    workingHours: null,
    microtenantId: null,
    ...changes,
  };
}
