import type { PassThrough, Readable } from "node:stream";
import { type RunningTenant, startTenant } from "../../../sandbox/zpa/server.ts";
import { praWith } from "../pra.ts";

/** Each call is ten seconds after the one before, as far as ZPA's budget goes: no test here is about that. */
function unhurried(): () => number {
  let now = 0;
  return () => {
    now += 10_000;
    return now;
  };
}

const settingsOf = ({ url, customerId, credentials }: RunningTenant): Record<string, string> => ({
  ZPA_CLIENT_ID: credentials.clientId,
  ZPA_CLIENT_SECRET: credentials.clientSecret,
  ZPA_CUSTOMER_ID: customerId,
  ZPA_API_URL: url,
  ZPA_AUTH_URL: url,
});

/** A simulated tenant, and `pra zpa` with the settings for it and no others. */
export async function aTenant(settings: Record<string, string> = {}) {
  const tenant = await startTenant({ port: 0, host: "127.0.0.1", seed: {}, monotonicMilliseconds: unhurried() });
  const env = { ...settingsOf(tenant), DATA_DIR: "/nowhere/portcullis", ...settings };
  const run = (input: PassThrough | Readable | undefined, ...args: readonly string[]) =>
    praWith(input === undefined ? { env } : { env, input }, "zpa", ...args);
  return {
    tenant,
    env,
    zpa: (...args: readonly string[]) => run(undefined, ...args),
    zpaWith: run,
    /** The result for programs. */
    json: async (...args: readonly string[]) => JSON.parse((await run(undefined, ...args, "--json")).last),
    /** How many calls that write have reached the tenant. */
    writes: async (): Promise<number> => {
      const { calls } = await tenant.control.state();
      return (calls.POST ?? 0) + (calls.PUT ?? 0) + (calls.DELETE ?? 0);
    },
    close: () => tenant.close(),
  };
}

export type TenantAtHand = Awaited<ReturnType<typeof aTenant>>;
