/** A "no" of the tenant, with the body that the real one sends. */
export class SailPointRefusal extends Error {
  readonly status: 400 | 401 | 403 | 404 | 429 | 500;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: SailPointRefusal["status"], body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(String(status));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

const dto = (status: 400 | 403 | 404 | 500, detailCode: string, text: string): SailPointRefusal =>
  new SailPointRefusal(status, {
    detailCode,
    trackingId: crypto.randomUUID().replaceAll("-", ""),
    messages: [{ locale: "en-US", localeOrigin: "DEFAULT", text }],
    causes: [],
  });

export const badRequest = (text: string): SailPointRefusal => dto(400, "400.1 Bad Request Content", text);

export const forbidden = (): SailPointRefusal => dto(403, "403 Forbidden", "The caller may not do this.");

export const notFound = (): SailPointRefusal => dto(404, "404 Not found", "There is no such resource here.");

export const internalFault = (): SailPointRefusal => dto(500, "500.0 Internal Fault", "Something inside went wrong.");

/** Not an `ErrorResponseDto`. */
export const unauthorized = (why: string): SailPointRefusal => new SailPointRefusal(401, { error: `JWT validation failed: ${why}` });

/** With blanks around the words, as the real one. */
export const tooManyRequests = (retryAfterSeconds: number): SailPointRefusal =>
  new SailPointRefusal(429, { message: " Rate Limit Exceeded " }, { "retry-after": String(retryAfterSeconds) });
