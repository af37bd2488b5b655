import type { Log } from "../../log.ts";
import type { Timers } from "../../timers.ts";
import { effectUnknown, type Failure } from "./failure.ts";
import { parseJson } from "./json.ts";
import { retryDelay } from "./retry.ts";
import type { TokenSource } from "./token-source.ts";
import { type HttpAnswer, isNoAnswer, type Method, type Transport } from "./transport.ts";

export interface Done {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The parsed body; undefined when it is empty. */
  readonly body: unknown;
}

/** A call that ended without doing what it should; `unknown` when an attempt of a write may have had its effect. */
export interface Failed {
  readonly failure: Failure;
  readonly unknown: boolean;
}

export interface CallPorts {
  readonly transport: Transport;
  readonly tokens: TokenSource;
  readonly timers: Timers;
  readonly random: () => number;
  readonly log: Log;
  /** Aborts when the client closes: calls that wait give up. */
  readonly closing: AbortSignal;
}

export interface Call {
  /** Whose log lines these are. */
  readonly service: "zpa" | "sailpoint";
  readonly method: Method;
  /** As the log and the errors name it. */
  readonly path: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Undefined where there is none. */
  readonly body: unknown;
  /** Lets each attempt go when the budget has a place for it. */
  readonly admit: (send: () => Promise<Done | Failure>) => Promise<Done | Failure>;
  /** What an answer that is not 2xx means. */
  readonly failureOf: (answer: HttpAnswer) => Failure;
  /** Takes out of a failure what no log line and no error may repeat. */
  readonly redact?: (failure: Failure) => Failure;
}

/** One call of an API: token, budget, and as many attempts as are safe. */
export async function callUntilDone(ports: CallPorts, call: Call): Promise<Done | Failed> {
  const { log, timers, random, tokens, closing } = ports;
  const { service, method, path } = call;
  closing.throwIfAborted();
  let unknown = false;
  let mayRenewToken = true;
  for (let number = 1; ; number += 1) {
    const token = await tokens.current();
    const outcome = await call.admit(() => exchange(ports, call, token));
    if (!("kind" in outcome)) return outcome;
    unknown ||= effectUnknown(outcome);
    if (mayRenewToken && outcome.kind === "answered" && outcome.meaning === "token") {
      mayRenewToken = false;
      tokens.refused(token);
      continue;
    }
    const delay = retryDelay({ method, number, failure: outcome }, random);
    if (delay === null) return { failure: outcome, unknown };
    log.warn({ method, path, attempt: number, ...summary(outcome), delayMilliseconds: delay }, `${service}.retry`);
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

async function exchange({ transport, timers, log }: CallPorts, call: Call, token: string): Promise<Done | Failure> {
  const { service, method, path, url, body, redact = (failure) => failure } = call;
  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
    "user-agent": "portcullis",
    ...call.headers,
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  };
  const began = timers.monotonicMilliseconds();
  const answer = await transport.send({ method, url, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const raw = isNoAnswer(answer) ? answer : outcomeOf(answer, call);
  const outcome = "kind" in raw ? redact(raw) : raw;
  log.debug({ method, path, ...summary(outcome), milliseconds: Math.round(timers.monotonicMilliseconds() - began) }, `${service}.call`);
  return outcome;
}

function outcomeOf(answer: HttpAnswer, { failureOf }: Call): Done | Failure {
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
