import type { TenantClient } from "./tenant-client.ts";

/** One call below the customer past the client, with a token of its own; the answer as it came. */
export async function rawCall({ tenant }: Pick<TenantClient, "tenant">, method: string, path: string, body?: unknown) {
  const { clientId, clientSecret } = tenant.credentials;
  const form = new URLSearchParams({ client_id: clientId, client_secret: clientSecret });
  const signedIn: { access_token: string } = JSON.parse(await (await fetch(`${tenant.url}/signin`, { method: "POST", body: form })).text());
  const response = await fetch(`${tenant.url}/mgmtconfig/v1/admin/customers/${tenant.customerId}/${path}`, {
    method,
    headers: { authorization: `Bearer ${signedIn.access_token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
}
