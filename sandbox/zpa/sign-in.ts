import { randomBytes } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { importSPKI, jwtVerify, SignJWT } from "jose";
import { TenantRefusal, unauthorized } from "./refusal.ts";
import { refusal } from "./respond.ts";
import { nowEpochSeconds, type Tenant } from "./tenant.ts";

export interface TenantCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM (SPKI) of the RSA key that may sign assertions, or null: only the secret signs in. */
  readonly assertionPublicKey: string | null;
}

/** Which sign-in a token came from: each opens its own prefix only. */
type Door = "legacy" | "oneapi";

export interface SignIn {
  /** `POST /signin` and `POST /oauth2/v1/token`. */
  readonly routes: Hono;
  /** Refuses a call without a token that is alive and came through this door. */
  readonly requireToken: (door: Door) => MiddlewareHandler;
}

const oneApiAudience = "https://api.zscaler.com";
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
const lifeSeconds: Readonly<Record<Door, number>> = { legacy: 3_600, oneapi: 83_999 };

export function createSignIn(tenant: Tenant, credentials: TenantCredentials): SignIn {
  const signingKey = randomBytes(32);
  const routes = new Hono();

  const issue = (door: Door): Promise<string> =>
    new SignJWT({ door })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setExpirationTime(nowEpochSeconds(tenant) + lifeSeconds[door])
      .sign(signingKey);

  routes.post("/signin", async (context) => {
    tenant.authCalls += 1;
    const form = await formOf(context);
    if (!secretFits(form, credentials)) return refusal(context, denied(401));
    return context.json({ token_type: "Bearer", access_token: await issue("legacy"), expires_in: String(lifeSeconds.legacy) });
  });

  routes.post("/oauth2/v1/token", async (context) => {
    tenant.authCalls += 1;
    const form = await formOf(context);
    const proven = form.get("client_assertion") === null ? secretFits(form, credentials) : await assertionFits(tenant, form, credentials);
    if (!proven || form.get("grant_type") !== "client_credentials" || form.get("audience") !== oneApiAudience) {
      return context.json({ error: "invalid_client", error_description: "Client authentication failed." }, 400);
    }
    return context.json({ access_token: await issue("oneapi"), token_type: "Bearer", expires_in: lifeSeconds.oneapi });
  });

  const requireToken =
    (door: Door): MiddlewareHandler =>
    async (context, next) => {
      const token = context.req.header("authorization")?.match(/^Bearer (.+)$/)?.[1];
      if (token === undefined || !(await opens(token, door))) throw door === "legacy" ? denied(401) : unauthorized();
      return next();
    };

  const opens = async (token: string, door: Door): Promise<boolean> => {
    try {
      const { payload } = await jwtVerify(token, signingKey, { currentDate: tenant.now() });
      return payload.door === door;
    } catch {
      return false; // expired, forged or no token at all: the answer is the same
    }
  };

  return { routes, requireToken };
}

const denied = (status: 401): TenantRefusal => new TenantRefusal(status, { id: "access.denied", reason: "Access denied" });

const formOf = async (context: Context): Promise<URLSearchParams> => new URLSearchParams(await context.req.text());

const secretFits = (form: URLSearchParams, { clientId, clientSecret }: TenantCredentials): boolean =>
  form.get("client_id") === clientId && form.get("client_secret") === clientSecret;

/** RS256 over `iss = sub = client_id` for the OneAPI audience, not yet expired and not for longer than the SDKs ask. */
async function assertionFits(tenant: Tenant, form: URLSearchParams, { clientId, assertionPublicKey }: TenantCredentials): Promise<boolean> {
  const assertion = form.get("client_assertion");
  if (assertionPublicKey === null || assertion === null || form.get("client_assertion_type") !== assertionType) return false;
  if (form.get("client_id") !== clientId) return false;
  try {
    const { payload } = await jwtVerify(assertion, await importSPKI(assertionPublicKey, "RS256"), {
      algorithms: ["RS256"],
      issuer: clientId,
      subject: clientId,
      audience: oneApiAudience,
      currentDate: tenant.now(),
      requiredClaims: ["exp"],
    });
    return (payload.exp ?? 0) <= nowEpochSeconds(tenant) + 660;
  } catch {
    return false;
  }
}
