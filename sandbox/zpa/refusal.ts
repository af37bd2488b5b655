/** A "no" of the tenant, with the body that the real one sends. */
export class TenantRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 500 | 503;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: TenantRefusal["status"], body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(String(body.id ?? status));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** Not found is 400, and the id in the reason is printed as a quantity. `id` as digits; anything else is printed as it is. */
export const resourceNotFound = (id: string): TenantRefusal =>
  new TenantRefusal(400, {
    params: [id],
    id: "resource.not.found",
    reason: `No resource exists with the given id/name :${/^\d+$/.test(id) ? BigInt(id).toLocaleString("en-US") : id}`,
  });

/** Field errors. The real ids for most of an approval's rules are not public; this is the documented general one. */
export const invalidArgument = (field: string, why = "are not valid"): TenantRefusal =>
  new TenantRefusal(400, {
    params: [field],
    id: "invalid.resource.argument",
    reason: `One or more input fields ${field} ${why}.`,
  });

/** The gateway's own 401: no id, no reason. */
export const unauthorized = (): TenantRefusal => new TenantRefusal(401, { detail: "unauthorized", type: "", title: "", status: "" });

/** Beside the limit that was met, the headers speak of the gateway's, which is far away. */
export const tooManyRequests = (retryAfterSeconds: number): TenantRefusal =>
  new TenantRefusal(
    429,
    {
      exception: "invalid.toomanyrequests",
      id: "invalid.toomanyrequests",
      reason: "Exceeded the number of requests allowed.",
    },
    { "retry-after": `${retryAfterSeconds}s` },
  );

/** Prints as the real service does: errors are pretty-printed with a blank before the colon. */
export const refusalText = (body: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(body)
    .map(([key, value]) => `  ${JSON.stringify(key)} : ${JSON.stringify(value)}`)
    .join(",\n")}\n}`;
