import { z } from "zod";
import { type ErrorCode, PortcullisError } from "../../errors.ts";
import { parseJson } from "./json.ts";
import type { HttpAnswer, Method } from "./transport.ts";

/** Why one attempt of a call did not do what it should. */
export type Failure =
  /** Nothing reached ZPA. */
  | { readonly kind: "unsent"; readonly cause: unknown }
  /** It was sent, and no answer came. */
  | { readonly kind: "lost"; readonly cause: unknown }
  /** ZPA said that it went well, in a form that cannot be read. */
  | { readonly kind: "garbled"; readonly cause: unknown }
  | { readonly kind: "answered"; readonly status: number; readonly refusal: Refusal; readonly retryAfterSeconds: number | null };

/** What ZPA says beside a status that is not 2xx. Every part may be missing: proxies answer too. */
interface Refusal {
  readonly id: string | null;
  readonly reason: string | null;
  readonly params: readonly string[];
  /** What Zscaler's support asks for. */
  readonly requestId: string | null;
}

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

/** Reads a refusal out of an answer that is not 2xx. */
export function failureOf(answer: HttpAnswer): Failure {
  return {
    kind: "answered",
    status: answer.status,
    refusal: refusalOf(answer),
    retryAfterSeconds: retryAfterSeconds(answer.headers["retry-after"]),
  };
}

function refusalOf({ text, headers }: HttpAnswer): Refusal {
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

function jsonOrNull(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return null; // a proxy's page or plain text: the status alone has to say it
  }
}

/** ZPA writes a unit (`4s`); its `x-ratelimit-reset` is about another, far larger limit. A date or nonsense is null. */
export function retryAfterSeconds(header: string | undefined): number | null {
  const digits = header?.match(/^\s*(\d{1,6}(?:\.\d+)?)\s*s?\s*$/i)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** Whether a write that failed like this may have been carried out all the same. */
export function effectUnknown(failure: Failure): boolean {
  switch (failure.kind) {
    case "unsent":
      return false;
    case "lost":
    case "garbled":
      return true;
    case "answered":
      return failure.status >= 500;
  }
}

/** Whether the same call can succeed a little later. */
export function isPassing(failure: Failure): boolean {
  if (failure.kind !== "answered") return true;
  const { status, refusal } = failure;
  if (status === 401) return refusal.reason?.includes(blockedUnderLoad) === true;
  return status === 429 || status === 409 || status >= 500 || (status === 400 && refusal.id !== null && passingRefusals.has(refusal.id));
}

/** A 401 that a new token can cure. An unlicensed feature also says 401, and signing in again would not change it. */
export function isTokenProblem(failure: Failure): boolean {
  return (
    failure.kind === "answered" &&
    failure.status === 401 &&
    failure.refusal.id !== "authz.featureflag.permission.denied" &&
    failure.refusal.id !== "only.oneapi.supported" &&
    !isPassing(failure)
  );
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

function codeOfStatus(failure: Failure & { readonly kind: "answered" }): ErrorCode {
  const { status, refusal } = failure;
  if (status === 429) return "zpa_rate_limited";
  if (isPassing(failure)) return "zpa_busy";
  if (refusal.id === "only.oneapi.supported") return "zpa_sign_in_failed";
  if (status === 401 || status === 403) return "zpa_not_permitted";
  if (status === 404 || isMissing(failure)) return "zpa_not_found";
  if (refusal.id?.startsWith("filtering.input.")) return "zpa_search_refused";
  return status < 400 ? "zpa_answer_not_understood" : "zpa_refused";
}
