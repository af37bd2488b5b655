import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import { effectUnknown, type Failure, isTokenProblem } from "../zpa/failure.ts";
import { parseJson } from "../zpa/json.ts";
import { retryDelay } from "../zpa/retry.ts";
import type { TokenSource } from "../zpa/token-source.ts";
import { type HttpAnswer, isNoAnswer, type Transport } from "../zpa/transport.ts";
import type { SailPointBudget, SailPointPriority } from "./budget.ts";
import { errorOf, failureOf } from "./failure.ts";
import { locate, type Operation, type PathProfile } from "./operations.ts";

export interface ApiCall {
  readonly operation: Operation;
  readonly id?: string;
  readonly scope?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly priority: SailPointPriority;
}

export interface Done {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; undefined when it is empty. */
  readonly body: unknown;
}

export interface Api {
  /** @throws PortcullisError with a `sailpoint_*` code, or `database_unreachable` when the shared budget cannot be asked */
  send(call: ApiCall): Promise<Done>;
}

export interface ApiPorts {
  /** The tenant's API host, no slash at the end. */
  readonly host: string;
  readonly profile: PathProfile;
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly budget: SailPointBudget;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the client closes: calls that wait give up. */
  readonly closing: AbortSignal;
}

/** A call with its place filled in. */
type Placed = ReturnType<typeof locate> & Pick<ApiCall, "body" | "priority">;

/**
 * One call of the API: token, budget, and as many attempts as are safe. A POST is sent again only when the failed one certainly had no
 * effect: a decision that may have counted is for the caller to look up.
 */
export function createApi(ports: ApiPorts): Api {
  return {
    send: async ({ operation, id, scope, query, body, priority }) => {
      const names = { ...(id === undefined ? {} : { id }), ...(scope === undefined ? {} : { scope }) };
      const place = locate(operation, ports.profile, names);
      return attempts(ports, { ...place, query: { ...place.query, ...query }, body, priority });
    },
  };
}

async function attempts(ports: ApiPorts, call: Placed): Promise<Done> {
  const { log, timers, random, tokens, closing } = ports;
  const { method, path } = call;
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
    const delay = retryDelay({ method, number, failure: outcome }, random);
    if (delay === null) throw errorOf(outcome, call, unknown);
    log.warn({ method, path, attempt: number, ...summary(outcome), delayMilliseconds: delay }, "sailpoint.retry");
    if (!(await slept(timers.sleep(delay, closing), closing))) throw errorOf(outcome, call, unknown);
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

async function once({ host, transport, budget, log, timers, closing }: ApiPorts, call: Placed, token: string): Promise<Done | Failure> {
  const { method, path, priority, body } = call;
  const query = new URLSearchParams(call.query).toString();
  const url = `${host}${path}${query === "" ? "" : `?${query}`}`;
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "user-agent": "portcullis",
    ...call.headers,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  return budget.run({ priority, signal: closing }, async () => {
    const began = timers.monotonicMilliseconds();
    const answer = await transport.send({ method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    const outcome = isNoAnswer(answer) ? answer : outcomeOf(answer);
    log.debug({ method, path, ...summary(outcome), milliseconds: Math.round(timers.monotonicMilliseconds() - began) }, "sailpoint.call");
    return outcome;
  });
}

function outcomeOf(answer: HttpAnswer): Done | Failure {
  const { status, headers, text } = answer;
  if (status < 200 || status > 299) return failureOf(answer);
  if (text.trim() === "") return { status, headers, body: undefined };
  try {
    return { status, headers, body: parseJson(text) };
  } catch (cause) {
    return { kind: "garbled", cause };
  }
}

function summary(outcome: Done | Failure): Record<string, unknown> {
  if (!("kind" in outcome)) return { status: outcome.status };
  if (outcome.kind !== "answered") return { failure: outcome.kind, err: outcome.cause };
  return { failure: outcome.kind, status: outcome.status, id: outcome.refusal.id, requestId: outcome.refusal.requestId };
}
