import { randomBytes } from "node:crypto";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { errors, jwtVerify, SignJWT } from "jose";
import { SailPointRefusal, unauthorized } from "./refusal.ts";
import type { ApiEnvironment } from "./respond.ts";
import type { StoredClient, Tenant } from "./tenant.ts";

export interface SignIn {
  /** `POST /oauth/token`. */
  readonly routes: Hono<ApiEnvironment>;
  /** Refuses a call without a token that is alive, and says whose it is. */
  readonly requireToken: MiddlewareHandler<ApiEnvironment>;
}

export function createSignIn(tenant: Tenant): SignIn {
  const signingKey = randomBytes(32);
  const routes = new Hono<ApiEnvironment>();

  routes.post("/oauth/token", async (context) => {
    tenant.authCalls += 1;
    const form = await formOf(context);
    const client = tenant.clients.get(form.get("client_id") ?? "");
    if (client === undefined || client.secret !== form.get("client_secret") || form.get("grant_type") !== "client_credentials")
      throw new SailPointRefusal(401, { error: "invalid_client", error_description: "The client could not be authenticated." });
    const token = await issue(client);
    return context.json({
      access_token: token,
      token_type: "bearer",
      expires_in: tenant.tokenSeconds,
      scope: "sp:scopes:all",
      tenant_id: tenant.id,
      pod: "sandbox",
      org: "harbour",
      identity_id: client.identityId,
      strong_auth_supported: false,
      jti: crypto.randomUUID(),
    });
  });

  const issue = ({ id, identityId }: StoredClient): Promise<string> =>
    new SignJWT({
      client_id: id,
      identity_id: identityId,
      tenant_id: tenant.id,
      authorities: tenant.identities.get(identityId)?.level === "ORG_ADMIN" ? ["ORG_ADMIN"] : [],
      generation: tenant.tokenGeneration,
    })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setExpirationTime(Math.floor(tenant.now().getTime() / 1000) + tenant.tokenSeconds)
      .sign(signingKey);

  const requireToken: MiddlewareHandler<ApiEnvironment> = async (context, next) => {
    const token = context.req.header("authorization")?.match(/^Bearer (.+)$/i)?.[1];
    if (token === undefined) throw unauthorized("JWT is missing");
    const { identity_id: identityId, client_id: clientId, generation } = await payloadOf(token);
    const caller = tenant.identities.get(String(identityId));
    if (caller === undefined || generation !== tenant.tokenGeneration) throw unauthorized("JWT is expired");
    context.set("caller", caller);
    context.set("clientId", String(clientId));
    return next();
  };

  const payloadOf = async (token: string) => {
    try {
      return (await jwtVerify(token, signingKey, { currentDate: tenant.now() })).payload;
    } catch (error) {
      throw unauthorized(error instanceof errors.JWTExpired ? "JWT is expired" : "JWT is invalid");
    }
  };

  return { routes, requireToken };
}

/** Multipart, form-encoded, or in the query: SailPoint documents all three. */
async function formOf(context: Context): Promise<URLSearchParams> {
  const type = context.req.header("content-type") ?? "";
  if (type.startsWith("multipart/form-data")) {
    const fields = [...(await context.req.formData())].flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    );
    return new URLSearchParams(fields);
  }
  const body = await context.req.text();
  return new URLSearchParams(body === "" ? context.req.query() : body);
}
