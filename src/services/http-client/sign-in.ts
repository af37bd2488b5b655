import { z } from "zod";
import type { PortcullisError } from "../../errors.ts";
import type { Timers } from "../../timers.ts";
import type { Failure } from "./failure.ts";
import { parseJson } from "./json.ts";
import { retryDelay } from "./retry.ts";
import type { Token } from "./token-source.ts";
import { type HttpAnswer, isNoAnswer, type Transport } from "./transport.ts";

export interface SignInPorts {
  readonly url: string;
  readonly form: () => Promise<URLSearchParams>;
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: () => number;
  readonly closing: AbortSignal;
}

/** What differs from service to service. */
export interface SignInDialect {
  /** Of a token of whose life the answer says nothing. */
  readonly lifeSecondsIfUnsaid: number;
  readonly failureOf: (answer: HttpAnswer) => Failure;
  /** The error when no further attempt is made. */
  readonly errorOf: (failure: Failure) => PortcullisError;
}

/**
 * Asks for a token (OAuth 2.0, a form by POST). Asking twice does no harm, so it is retried like a read. Nothing of the answer reaches the
 * error but what the dialect takes.
 */
export const requestToken = (ports: SignInPorts, dialect: SignInDialect) => async (): Promise<Token> => {
  for (let number = 1; ; number += 1) {
    const outcome = await askOnce(ports, dialect);
    if (!("kind" in outcome)) return outcome;
    const delay = retryDelay({ method: "GET", number, failure: outcome }, ports.random);
    if (delay === null) throw dialect.errorOf(outcome);
    await ports.timers.sleep(delay, ports.closing);
  }
};

async function askOnce({ url, form, transport }: SignInPorts, dialect: SignInDialect): Promise<Token | Failure> {
  const headers = { accept: "application/json", "content-type": "application/x-www-form-urlencoded", "user-agent": "portcullis" };
  const answer = await transport.send({ method: "POST", url, headers, body: (await form()).toString() });
  if (isNoAnswer(answer)) return answer;
  return answer.status >= 200 && answer.status < 300 ? tokenOf(answer, dialect) : dialect.failureOf(answer);
}

const signInAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().int().positive().optional().catch(undefined), // some say it as a text
});

function tokenOf({ text }: HttpAnswer, { lifeSecondsIfUnsaid }: SignInDialect): Token | Failure {
  try {
    const { access_token: value, expires_in: lifeSeconds = lifeSecondsIfUnsaid } = signInAnswer.parse(parseJson(text));
    return { value, lifeSeconds };
  } catch {
    return { kind: "garbled", cause: new Error("the sign-in answered without a token") }; // the parser's own error would quote the answer
  }
}
