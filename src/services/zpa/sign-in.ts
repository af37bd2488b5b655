import { z } from "zod";
import { PortcullisError } from "../../errors.ts";
import type { Timers } from "../../timers.ts";
import { errorOf, type Failure, failureOf, isPassing } from "./failure.ts";
import { parseJson } from "./json.ts";
import { retryDelay } from "./retry.ts";
import type { Token } from "./token-source.ts";
import { type HttpAnswer, isNoAnswer, type Transport } from "./transport.ts";

/** The legacy sign-in says `"3600"`, ZIdentity says 83999. */
const signInAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().int().positive().catch(3600),
});

export interface SignInPorts {
  readonly url: string;
  readonly form: () => Promise<URLSearchParams>;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: () => number;
  readonly closing: AbortSignal;
}

/**
 * Asks for a token. Asking twice does no harm, so it is retried like a read. Nothing of the answer but its id reaches the error.
 *
 * The returned function throws PortcullisError `zpa_sign_in_failed` when the credentials are refused; `zpa_unreachable`, `zpa_busy` or `zpa_rate_limited` when
 * nobody could look at them.
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

async function askOnce({ url, form, transport }: SignInPorts): Promise<Token | Failure> {
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded", "user-agent": "portcullis" };
  const answer = await transport.send({ method: "POST", url, headers, body: (await form()).toString() });
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
  if (failure.kind !== "answered" || isPassing(failure)) return errorOf(failure, { method: "GET", path: "sign-in" }, false);
  const { status, refusal } = failure;
  return new PortcullisError("zpa_sign_in_failed", { params: { status, ...(refusal.id === null ? {} : { id: refusal.id }) } });
}
