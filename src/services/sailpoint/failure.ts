import { z } from "zod";
import { type ErrorCode, PortcullisError } from "../../errors.ts";
import { type Failure, isPassing, type Refused, retryAfterSeconds } from "../http-client/failure.ts";
import { jsonOrNull } from "../http-client/json.ts";
import type { HttpAnswer, Method } from "../http-client/transport.ts";

/** `ErrorResponseDto`, and what a 401 (`error`) and a 429 (`message`) say instead. Every part may be missing: proxies answer too. */
const envelope = z.object({
  detailCode: z.string().nullish(),
  trackingId: z.string().nullish(),
  messages: z
    .array(z.object({ text: z.string() }))
    .nullish()
    .catch(null),
  error: z.string().nullish(),
  message: z.string().nullish(),
});

/** Reads a refusal out of an answer that is not 2xx. */
export function failureOf({ status, headers, text }: HttpAnswer): Refused {
  const { success, data } = envelope.safeParse(jsonOrNull(text));
  const reason = success ? (data.messages?.[0]?.text ?? data.error ?? data.message ?? null) : null;
  return {
    kind: "answered",
    status,
    refusal: {
      id: data?.detailCode ?? null,
      reason: reason === null ? null : reason.trim().slice(0, 300),
      params: [],
      requestId: data?.trackingId ?? null,
    },
    retryAfterSeconds: retryAfterSeconds(headers["retry-after"]),
    meaning: meaningOf(status),
  };
}

function meaningOf(status: number): Refused["meaning"] {
  if (status === 401) return "token";
  return status === 429 || status === 409 || status >= 500 ? "passing" : "final";
}

/** The error that a caller sees when no further attempt is made. `unknown`: an attempt of a write may have had its effect. */
export function errorOf(failure: Failure, call: { readonly method: Method; readonly path: string }, unknown: boolean): PortcullisError {
  const code = unknown && call.method !== "GET" ? "sailpoint_timeout" : codeOf(failure);
  const { method, path } = call;
  if (failure.kind !== "answered") return new PortcullisError(code, { params: { method, path } }, { cause: failure.cause });
  const { status, refusal, retryAfterSeconds: wait } = failure;
  return new PortcullisError(code, {
    params: {
      method,
      path,
      status,
      ...(refusal.id === null ? {} : { id: refusal.id }),
      ...(refusal.reason === null ? {} : { reason: refusal.reason }),
      ...(refusal.requestId === null ? {} : { requestId: refusal.requestId }),
      ...(wait === null ? {} : { retryAfterSeconds: wait }),
    },
  });
}

function codeOf(failure: Failure): ErrorCode {
  if (failure.kind === "garbled") return "sailpoint_answer_not_understood";
  if (failure.kind !== "answered") return "sailpoint_unreachable";
  const { status } = failure;
  if (status === 429) return "sailpoint_rate_limited";
  if (isPassing(failure)) return "sailpoint_busy";
  if (status === 401 || status === 403) return "sailpoint_not_permitted";
  if (status === 404) return "sailpoint_not_found";
  return status < 400 ? "sailpoint_answer_not_understood" : "sailpoint_refused";
}
