import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import { effectUnknown, errorOf, type Failure, failureOf, isTokenProblem } from "./failure.ts";
import { parseJson } from "./json.ts";
import { retryDelay } from "./retry.ts";
import type { Throttle } from "./throttle.ts";
import type { TokenSource } from "./token-source.ts";
import { type HttpAnswer, isNoAnswer, type Method, type Transport } from "./transport.ts";
import { withholdSecrets } from "./withhold.ts";
import type { ZpaPriority } from "./zpa-client.ts";

interface ApiCall {
  readonly method: Method;
  /** Below the customer, e.g. `approval/50`. */
  readonly path: string;
  /** Of the API; 1 unless it is said. */
  readonly version?: 1 | 2;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** Texts of the body that no log line and no error may repeat, whatever the answer does. */
  readonly secrets?: readonly string[];
  readonly priority: ZpaPriority;
  /** Awaited once the budget has a place for the call, before each attempt of it. */
  readonly beforeSending?: () => Promise<void>;
}

export interface Done {
  readonly status: number;
  /** The parsed body; undefined when it is empty. */
  readonly body: unknown;
}

/** A call that ended without doing what it should; `unknown` when an attempt of a write may have had its effect. */
interface Failed {
  readonly failure: Failure;
  readonly unknown: boolean;
}

/** A write as it would be sent. */
export interface RehearsedCall {
  readonly method: Exclude<Method, "GET">;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined where there is none. */
  readonly body: unknown;
}

export interface Api {
  /** @throws PortcullisError with a `zpa_*` code, or `database_unreachable` when the shared budget cannot be asked */
  send(call: ApiCall): Promise<Done>;
  /** The same, with a failure as a value. */
  attempt(call: ApiCall): Promise<Done | Failed>;
}

export interface ApiPorts {
  /** Of version 1, up to and with the customer's id, no slash at the end. */
  readonly base: string;
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly throttle: Throttle;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the client closes: calls that wait give up. */
  readonly closing: AbortSignal;
  /** Is told of every write instead of ZPA, which then learns nothing of it, not even by a sign-in. */
  readonly rehearse?: (call: RehearsedCall) => void;
}

/** One call of the API: token, budget, and as many attempts as are safe. */
export function createApi(ports: ApiPorts): Api {
  const { rehearse } = ports;
  const attempt = async (call: ApiCall): Promise<Done | Failed> => {
    const { method } = call;
    return rehearse === undefined || method === "GET" ? attempts(ports, call) : rehearsed(ports, { ...call, method }, rehearse);
  };
  const send = async (call: ApiCall): Promise<Done> => {
    const outcome = await attempt(call);
    if ("failure" in outcome) throw errorOf(outcome.failure, { method: call.method, path: call.path }, outcome.unknown);
    return outcome;
  };
  return { attempt, send };
}

async function attempts(ports: ApiPorts, call: ApiCall): Promise<Done | Failed> {
  const { log, timers, random, tokens, closing } = ports;
  closing.throwIfAborted();
  let unknown = false;
  let mayRenewToken = true;
  for (let number = 1; ; number += 1) {
    const token = await tokens.current();
    const outcome = await once(ports, call, token);
    if (!("kind" in outcome)) return outcome;
    unknown ||= effectUnknown(outcome);
    if (mayRenewToken && isTokenProblem(outcome)) {
      mayRenewToken = false;
      tokens.refused(token);
      continue;
    }
    const delay = retryDelay({ method: call.method, number, failure: outcome }, random);
    if (delay === null) return { failure: outcome, unknown };
    log.warn({ method: call.method, path: call.path, attempt: number, ...summary(outcome), delayMilliseconds: delay }, "zpa.retry");
    if (!(await slept(timers.sleep(delay, closing), closing))) return { failure: outcome, unknown };
  }
}

/** False when the client closed meanwhile: the caller then learns the last failure, not that we were waiting. */
async function slept(sleeping: Promise<void>, closing: AbortSignal): Promise<boolean> {
  try {
    await sleeping;
    return true;
  } catch (cause) {
    if (closing.aborted) return false;
    throw cause;
  }
}

async function once({ base, transport, throttle, log, timers, closing }: ApiPorts, call: ApiCall, token: string): Promise<Done | Failure> {
  const { method, path, priority, body } = call;
  const url = urlOf(base, call);
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "user-agent": "portcullis",
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const lane = method === "GET" ? "read" : "write";
  return throttle.run({ lane, priority, signal: closing }, async () => {
    await call.beforeSending?.();
    const began = timers.monotonicMilliseconds();
    const answer = await transport.send({ method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const outcome = withheld(isNoAnswer(answer) ? answer : outcomeOf(answer), call);
    log.debug({ method, path, ...summary(outcome), milliseconds: Math.round(timers.monotonicMilliseconds() - began) }, "zpa.call");
    return outcome;
  });
}

function urlOf(base: string, { path, version = 1, query = {} }: ApiCall): string {
  const parameters = new URLSearchParams(query).toString();
  return `${base.replace("/mgmtconfig/v1/", `/mgmtconfig/v${version}/`)}/${path}${parameters === "" ? "" : `?${parameters}`}`;
}

/** Tells of a write, from the very address and body that it would have, and answers as ZPA does when all is well. */
function rehearsed(
  { base }: ApiPorts,
  call: ApiCall & { readonly method: RehearsedCall["method"] },
  rehearse: (call: RehearsedCall) => void,
): Done {
  const { pathname, searchParams } = new URL(urlOf(base, call));
  const body: unknown = call.body === undefined ? undefined : JSON.parse(JSON.stringify(call.body));
  rehearse({ method: call.method, path: pathname, query: Object.fromEntries(searchParams), body });
  const made = { id: "not-made" };
  if (call.method !== "POST") return { status: 204, body: undefined };
  return { status: 201, body: Array.isArray(body) ? body.map(() => made) : made };
}

function outcomeOf(answer: HttpAnswer): Done | Failure {
  if (answer.status < 200 || answer.status > 299) return failureOf(answer);
  if (answer.text.trim() === "") return { status: answer.status, body: undefined };
  try {
    return { status: answer.status, body: parseJson(answer.text) };
  } catch (cause) {
    return { kind: "garbled", cause };
  }
}

const withheld = (outcome: Done | Failure, { secrets = [] }: ApiCall): Done | Failure =>
  "kind" in outcome ? withholdSecrets(outcome, secrets) : outcome;

function summary(outcome: Done | Failure): Record<string, unknown> {
  if (!("kind" in outcome)) return { status: outcome.status };
  if (outcome.kind !== "answered") return { failure: outcome.kind, err: outcome.cause };
  return { failure: outcome.kind, status: outcome.status, id: outcome.refusal.id, requestId: outcome.refusal.requestId };
}
