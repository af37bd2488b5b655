import { PortcullisError } from "../../errors.ts";
import { type Failure, isPassing } from "../http-client/failure.ts";
import { requestToken, type SignInPorts } from "../http-client/sign-in.ts";
import type { Token } from "../http-client/token-source.ts";
import { errorOf, failureOf } from "./failure.ts";

/**
 * Asks ZPA, or ZIdentity, for a token. The legacy sign-in says that it lives `"3600"`, ZIdentity says 83999.
 *
 * The returned function throws PortcullisError `zpa_sign_in_failed` when the credentials are refused; `zpa_unreachable`, `zpa_busy` or
 * `zpa_rate_limited` when nobody could look at them.
 */
export const createSignIn = (ports: SignInPorts): (() => Promise<Token>) =>
  requestToken(ports, { lifeSecondsIfUnsaid: 3600, failureOf, errorOf: signInError });

function signInError(failure: Failure): PortcullisError {
  if (failure.kind !== "answered" || isPassing(failure)) return errorOf(failure, { method: "GET", path: "sign-in" }, false);
  const { status, refusal } = failure;
  return new PortcullisError("zpa_sign_in_failed", { params: { status, ...(refusal.id === null ? {} : { id: refusal.id }) } });
}
