import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Timers } from "../../timers.ts";
import { type Failure, isPassing } from "../zpa/failure.ts";
import { parseJson } from "../zpa/json.ts";
import { retryDelay } from "../zpa/retry.ts";
import type { Token } from "../zpa/token-source.ts";
import { type HttpAnswer, isNoAnswer, type Transport } from "../zpa/transport.ts";
import { errorOf, failureOf } from "./failure.ts";

/** The documented example says 749 seconds. Without a word about it, a token is taken to live for a short time. */
const signInAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().int().positive().catch(300),
});

export interface SignInPorts {
  /** `…/oauth/token`. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: () => number;
  readonly closing: AbortSignal;
}

/**
 * Asks for a token by client credentials. Asking twice does no harm, so it is retried like a read. Nothing of the answer reaches the error.
 *
 * The returned function throws PortcullisError `sailpoint_sign_in_failed` when the credentials are refused; `sailpoint_unreachable`,
 * `sailpoint_busy` or `sailpoint_rate_limited` when nobody could look at them.
 */
export const createSignIn = (ports: SignInPorts) => async (): Promise<Token> => {
  for (let number = 1; ; number += 1) {
    const outcome = await askOnce(ports);
    if (!("kind" in outcome)) return outcome;
    const delay = retryDelay({ method: "GET", number, failure: outcome }, ports.random);
    if (delay === null) throw signInError(outcome);
    await ports.timers.sleep(delay, ports.closing);
  }
};

async function askOnce({ url, clientId, clientSecret, transport }: SignInPorts): Promise<Token | Failure> {
  const form = new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret });
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded", "user-agent": "portcullis" };
  const answer = await transport.send({ method: "POST", url, headers, body: form.toString() });
  if (isNoAnswer(answer)) return answer;
  return answer.status >= 200 && answer.status < 300 ? tokenOf(answer) : failureOf(answer);
}

function tokenOf({ text }: HttpAnswer): Token | Failure {
  try {
    const { access_token: value, expires_in: lifeSeconds } = signInAnswer.parse(parseJson(text));
    return { value, lifeSeconds };
  } catch {
    return { kind: "garbled", cause: new Error("the sign-in answered without a token") }; // the parser's own error would quote the answer
  }
}

function signInError(failure: Failure): PortcullisError {
  if (failure.kind !== "answered" || isPassing(failure)) return errorOf(failure, { method: "GET", path: "/oauth/token" }, false);
  return new PortcullisError("sailpoint_sign_in_failed", { params: { status: failure.status } });
}
