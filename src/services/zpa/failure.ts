import { z } from "zod";
import { type ErrorCode, PortcullisError } from "../../errors.ts";
import { type Failure, isPassing, type Refused, retryAfterSeconds } from "../http-client/failure.ts";
import { jsonOrNull } from "../http-client/json.ts";
import type { HttpAnswer, Method } from "../http-client/transport.ts";

const envelope = z.object({
  id: z.string().optional(),
  code: z.string().optional(), // some endpoints say code and message for id and reason
  error: z.string().optional(), // OAuth
  reason: z.string().optional(),
  message: z.string().optional(),
  detail: z.string().optional(), // the OneAPI gateway's own 401
  params: z.array(z.coerce.string()).optional().catch(undefined),
});

/** 400s that ZPA gives for its own contention (vendor SDK's retry list; "API Response Codes and Error Messages"). */
const passingRefusals: ReadonlySet<string> = new Set([
  "bad.request",
  "db.simultaneous.request",
  "non.restricted.entity.authorization.failed",
  "api.concurrent.access.error",
]);

/** Under load the gateway says 401 where it means 429 (vendor SDK). */
const blockedUnderLoad = "Resource Access Blocked";
const onlyOneApi = "only through Zscaler OneAPI";

/** Reads a refusal out of an answer that is not 2xx. Its `Retry-After` has a unit; its `x-ratelimit-reset` is about another, far larger limit. */
export function failureOf(answer: HttpAnswer): Refused {
  const { status, headers } = answer;
  const refusal = refusalOf(answer);
  return {
    kind: "answered",
    status,
    refusal,
    retryAfterSeconds: retryAfterSeconds(headers["retry-after"]),
    meaning: meaningOf(status, refusal),
  };
}

function meaningOf(status: number, { id, reason }: Refused["refusal"]): Refused["meaning"] {
  if (status === 401) {
    if (reason?.includes(blockedUnderLoad) === true) return "passing";
    // An unlicensed feature also says 401, and signing in again would not change it.
    return id === "authz.featureflag.permission.denied" || id === "only.oneapi.supported" ? "final" : "token";
  }
  const isPassingNow = status === 429 || status === 409 || status >= 500 || (status === 400 && id !== null && passingRefusals.has(id));
  return isPassingNow ? "passing" : "final";
}

function refusalOf({ text, headers }: HttpAnswer): Refused["refusal"] {
  const requestId = headers["x-oneapi-request-id"] ?? headers["x-transaction-id"] ?? null;
  const { success, data } = envelope.safeParse(jsonOrNull(text));
  if (!success) return { id: text.includes(onlyOneApi) ? "only.oneapi.supported" : null, reason: null, params: [], requestId };
  return {
    id: data.id ?? data.code ?? data.error ?? null,
    reason: (data.reason ?? data.message ?? data.detail)?.slice(0, 300) ?? null,
    params: data.params ?? [],
    requestId,
  };
}

/** ZPA says 400, not 404, for an object that is not there. A bare 404 is a wrong path or a proxy, and proves nothing. */
export const isMissing = (failure: Failure): boolean =>
  failure.kind === "answered" && failure.status === 400 && failure.refusal.id === "resource.not.found";

/** The error that a caller sees when no further attempt is made. `unknown`: an attempt of a write may have had its effect. */
export function errorOf(failure: Failure, call: { readonly method: Method; readonly path: string }, unknown: boolean): PortcullisError {
  const code = unknown && call.method !== "GET" ? "zpa_timeout" : codeOf(failure);
  if (failure.kind !== "answered") return new PortcullisError(code, { params: { ...call } }, { cause: failure.cause });
  const { status, refusal, retryAfterSeconds: wait } = failure;
  return new PortcullisError(code, {
    params: {
      ...call,
      status,
      ...(refusal.id === null ? {} : { id: refusal.id }),
      ...(refusal.reason === null ? {} : { reason: refusal.reason }),
      ...(refusal.params.length === 0 ? {} : { params: refusal.params.join(", ") }),
      ...(refusal.requestId === null ? {} : { requestId: refusal.requestId }),
      ...(wait === null ? {} : { retryAfterSeconds: wait }),
    },
  });
}

function codeOf(failure: Failure): ErrorCode {
  switch (failure.kind) {
    case "unsent":
    case "lost":
      return "zpa_unreachable";
    case "garbled":
      return "zpa_answer_not_understood";
    case "answered":
      return codeOfStatus(failure);
  }
}

function codeOfStatus(failure: Refused): ErrorCode {
  const { status, refusal } = failure;
  if (status === 429) return "zpa_rate_limited";
  if (isPassing(failure)) return "zpa_busy";
  if (refusal.id === "only.oneapi.supported") return "zpa_sign_in_failed";
  if (status === 401 || status === 403) return "zpa_not_permitted";
  if (status === 404 || isMissing(failure)) return "zpa_not_found";
  if (refusal.id?.startsWith("filtering.input.")) return "zpa_search_refused";
  return status < 400 ? "zpa_answer_not_understood" : "zpa_refused";
}
