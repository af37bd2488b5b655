import { PortcullisError } from "../../errors.ts";
import { type Failure, isPassing } from "../http-client/failure.ts";
import { requestToken, type SignInPorts } from "../http-client/sign-in.ts";
import type { Token } from "../http-client/token-source.ts";
import { errorOf, failureOf } from "./failure.ts";

/** The documented example says 749 seconds. Without a word about it, a token is taken to live for a short time. */
const LIFE_IF_UNSAID_SECONDS = 300;

interface SailPointSignIn extends Omit<SignInPorts, "form"> {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Asks SailPoint for a token by client credentials, at `…/oauth/token`.
 *
 * The returned function throws PortcullisError `sailpoint_sign_in_failed` when the credentials are refused; `sailpoint_unreachable`,
 * `sailpoint_busy` or `sailpoint_rate_limited` when nobody could look at them.
 */
export const createSignIn = ({ clientId, clientSecret, ...ports }: SailPointSignIn): (() => Promise<Token>) =>
  requestToken(
    {
      ...ports,
      form: async () => new URLSearchParams({ grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }),
    },
    { lifeSecondsIfUnsaid: LIFE_IF_UNSAID_SECONDS, failureOf, errorOf: signInError },
  );

function signInError(failure: Failure): PortcullisError {
  if (failure.kind !== "answered" || isPassing(failure)) return errorOf(failure, { method: "GET", path: "/oauth/token" }, false);
  return new PortcullisError("sailpoint_sign_in_failed", { params: { status: failure.status } });
}
