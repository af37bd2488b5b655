import { createPrivateKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import type { Clock } from "../../clock.ts";
import type { Config } from "../../config.ts";
import { PortcullisError } from "../../errors.ts";

/** OAuth audience of every Zscaler API, whatever the cloud ("OneAPI: Getting Started"). */
const audience = "https://api.zscaler.com";
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const assertionLifeSeconds = 600;

type Credentials = Pick<Config["zpa"], "auth" | "clientId" | "clientSecret" | "privateKey">;

/**
 * The form that asks for a token: a ZPA API key, or OneAPI with a secret or with a signed assertion (RS256, ten minutes).
 *
 * @throws PortcullisError `setting_missing` when there is neither secret nor key; `setting_invalid` when the key is not an RSA key of 2048 bits or more
 */
export function signInForm(credentials: Credentials, clock: Clock): () => Promise<URLSearchParams> {
  const { auth, clientId, clientSecret, privateKey } = credentials;
  if (auth === "legacy") {
    const secret = required(clientSecret, "ZPA_CLIENT_SECRET");
    return async () => new URLSearchParams({ client_id: clientId, client_secret: secret });
  }
  const shared = { grant_type: "client_credentials", client_id: clientId, audience };
  if (privateKey === null) {
    const secret = required(clientSecret, "ZPA_CLIENT_SECRET");
    return async () => new URLSearchParams({ ...shared, client_secret: secret });
  }
  const key = rsaKey(privateKey);
  return async () =>
    new URLSearchParams({ ...shared, client_assertion_type: assertionType, client_assertion: await assertion(clientId, key, clock) });
}

function assertion(clientId: string, key: KeyObject, clock: Clock): Promise<string> {
  const nowEpochSeconds = Math.floor(clock.now().getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: "RS256", typ: "JWT" })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(audience)
    .setExpirationTime(nowEpochSeconds + assertionLifeSeconds)
    .sign(key);
}

function rsaKey(pem: string): KeyObject {
  const key = parsedKey(pem);
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== "rsa" || bits < 2048)
    throw new PortcullisError("setting_invalid", {
      params: { setting: "ZPA_PRIVATE_KEY", reason: "it must be an RSA key of 2048 bits or more" },
    });
  return key;
}

function parsedKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new PortcullisError(
      "setting_invalid",
      { params: { setting: "ZPA_PRIVATE_KEY", reason: "it must be an RSA key of 2048 bits or more" } },
      { cause },
    );
  }
}

function required(value: string | null, setting: string): string {
  if (value === null) throw new PortcullisError("setting_missing", { params: { setting } });
  return value;
}
