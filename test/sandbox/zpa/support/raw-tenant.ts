import { type RunningTenant, startTenant, type TenantOptions } from "../../../../sandbox/zpa/server.ts";

interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export interface RawTenant extends RunningTenant {
  /** One call below the customer with a legacy token; the answer as it came. A text is sent as it is, anything else as JSON. */
  call(method: string, path: string, body?: unknown): Promise<RawAnswer>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A tenant as any HTTP client sees it. */
export async function rawTenant(options: Partial<TenantOptions> = {}): Promise<RawTenant> {
  const tenant = await startTenant({ port: 0, host: "127.0.0.1", seed: {}, ...options });
  const { clientId, clientSecret } = tenant.credentials;
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
  const signedIn: { access_token: string } = JSON.parse(await (await fetch(`${tenant.url}/signin`, { method: "POST", body: form })).text());
  return {
    ...tenant,
    call: async (method, path, body) => {
      const response = await fetch(`${tenant.url}/mgmtconfig/v1/admin/customers/${tenant.customerId}${path}`, {
        method,
        headers: { authorization: `Bearer ${signedIn.access_token}` },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, text: await response.text() };
    },
    [Symbol.asyncDispose]: () => tenant.close(),
  };
}
