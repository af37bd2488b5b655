import { Agent, type Dispatcher, request } from "undici";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

interface HttpCall {
  readonly method: Method;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Why there is no answer. `unsent` means for certain that nothing reached the other side; `lost` means that it may have. */
export interface NoAnswer {
  readonly kind: "unsent" | "lost";
  readonly cause: unknown;
}

export interface Timeouts {
  readonly connectMilliseconds: number;
  /** From the request to the first line of the answer. */
  readonly headersMilliseconds: number;
  /** Between two pieces of the answer. */
  readonly bodyMilliseconds: number;
  /** The whole call: an answer that drips for ever ends here. */
  readonly totalMilliseconds: number;
}

export const defaultTimeouts: Timeouts = {
  connectMilliseconds: 10_000,
  headersMilliseconds: 30_000,
  bodyMilliseconds: 15_000,
  totalMilliseconds: 60_000,
};

/** The whole call may take twice as long as the wait for its first line: less than a slot of the budget is lent for. */
export const timeoutsFor = ({ timeoutSeconds }: { readonly timeoutSeconds: number }): Timeouts => ({
  ...defaultTimeouts,
  headersMilliseconds: timeoutSeconds * 1000,
  totalMilliseconds: timeoutSeconds * 2000,
});

export interface Transport {
  /** One HTTP exchange, no retry. Never rejects. */
  send(call: HttpCall): Promise<HttpAnswer | NoAnswer>;
  /** Waits for exchanges under way. */
  close(): Promise<void>;
}

/**
 * HTTP over undici. POSTs do not reuse connections: a kept one that the server closes at that very moment would leave it
 * open whether the object was created.
 */
export function createTransport(timeouts: Timeouts = defaultTimeouts): Transport {
  const limits = {
    connect: { timeout: timeouts.connectMilliseconds },
    headersTimeout: timeouts.headersMilliseconds,
    bodyTimeout: timeouts.bodyMilliseconds,
    connections: 16,
  };
  const kept = new Agent(limits);
  const fresh = new Agent({ ...limits, pipelining: 0 });
  let closed: Promise<unknown> | null = null;
  return {
    send: (call) => exchange(call, call.method === "POST" ? fresh : kept, timeouts.totalMilliseconds),
    close: async () => {
      closed ??= Promise.all([kept.close(), fresh.close()]);
      await closed;
    },
  };
}

export const isNoAnswer = (outcome: HttpAnswer | NoAnswer): outcome is NoAnswer => "kind" in outcome;

async function exchange(call: HttpCall, dispatcher: Dispatcher, totalMilliseconds: number): Promise<HttpAnswer | NoAnswer> {
  try {
    const answer = await request(call.url, {
      method: call.method,
      headers: call.headers,
      body: call.body ?? null,
      dispatcher,
      signal: AbortSignal.timeout(totalMilliseconds),
    });
    return { status: answer.statusCode, headers: single(answer.headers), text: await answer.body.text() };
  } catch (cause) {
    return { kind: neverSent(cause) ? "unsent" : "lost", cause };
  }
}

/** What the operating system was doing when it failed: before there was a connection, nothing can have been sent on it. */
const systemCallsBeforeSending: ReadonlySet<string> = new Set(["connect", "getaddrinfo"]);

/** Failures of undici and of the TLS handshake that come before the first byte of a request. */
const codesBeforeSending: ReadonlySet<string> = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_CLOSED",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

function neverSent(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.length > 0 && cause.errors.every(neverSent);
  if (!(cause instanceof Error)) return false;
  if ("syscall" in cause && typeof cause.syscall === "string" && systemCallsBeforeSending.has(cause.syscall)) return true;
  return "code" in cause && typeof cause.code === "string" && codesBeforeSending.has(cause.code);
}

function single(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? [] : [[name, first]];
    }),
  );
}
