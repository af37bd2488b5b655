import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { credentialFields, refuseOtherType, refuseUsed } from "./credential-rules.ts";
import { createdCredential, credentialOf } from "./credential-wire.ts";
import { queried } from "./list-query.ts";
import { invalidArgument, resourceNotFound } from "./refusal.ts";
import { answer, asksForAllMicrotenants, bodyOf, microtenantOf, microtenantOfCall, noContent, pageOf } from "./respond.ts";
import { type MicrotenantId, nowEpochSeconds, type StoredCredential, type Tenant } from "./tenant.ts";

/** `…/credential`. A secret is looked for and digested; no part of the tenant keeps it, and no answer repeats it. */
export function credentialRoutes(tenant: Tenant): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  routes.get("/", (context) => {
    const print = (credential: StoredCredential) => credentialOf(tenant, credential);
    const { credentials, ownershipOf } = visible(context, tenant);
    const sought = (credential: StoredCredential) => ({ ...print(credential), ownershipType: ownershipOf(credential) });
    return answer(context, 200, pageOf(context, queried(context, credentials.toSorted(byName), sought), print));
  });

  routes.post("/", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const fields = credentialFields(await bodyOf(context), microtenantId);
    const now = nowEpochSeconds(tenant);
    const id = String(tenant.nextCredentialId);
    tenant.nextCredentialId += 1;
    const credential: StoredCredential = { ...fields, id, creationTime: now, modifiedTime: null, lastCredentialResetTime: now };
    tenant.credentials.set(id, credential);
    return answer(context, 201, createdCredential(tenant, credential));
  });

  routes.get("/:id", (context) =>
    answer(context, 200, credentialOf(tenant, stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant)))),
  );

  routes.put("/:id", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const known = stored(tenant, context.req.param("id"), microtenantId);
    const fields = credentialFields(await bodyOf(context), microtenantId);
    refuseOtherType(known, fields);
    const now = nowEpochSeconds(tenant);
    tenant.credentials.set(known.id, { ...known, ...fields, modifiedTime: now, lastCredentialResetTime: now });
    return noContent(context);
  });

  routes.delete("/:id", (context) => {
    const { id } = stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant));
    refuseUsed(tenant, id);
    tenant.credentials.delete(id);
    return noContent(context);
  });

  routes.post("/:id/move", (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const known = stored(tenant, context.req.param("id"), microtenantId);
    const target = context.req.query("targetMicrotenantId");
    if (target === undefined || target === "") throw invalidArgument("targetMicrotenantId");
    const targetId = microtenantOf(tenant, target);
    if (targetId === microtenantId) throw invalidArgument("targetMicrotenantId");
    tenant.credentials.set(known.id, { ...known, microtenantId: targetId, modifiedTime: nowEpochSeconds(tenant) });
    return noContent(context);
  });

  return routes;
}

/**
 * The credentials that a list is about. A microtenant inherits those of the Default one; a list shows them only when its search asks by
 * ownership, since the vendor's page shows none without. For "null" everything is somebody's own.
 */
function visible(context: Context, tenant: Tenant) {
  const all = [...tenant.credentials.values()];
  if (asksForAllMicrotenants(context)) return { credentials: all, ownershipOf: () => "MICROTENANT_SPECIFIC" };
  const microtenantId = microtenantOfCall(context, tenant);
  const asksByOwnership = context.req.query("search")?.startsWith("ownershipType") === true;
  const isOwn = (credential: StoredCredential): boolean => credential.microtenantId === microtenantId;
  return {
    credentials: all.filter((credential) => isOwn(credential) || (asksByOwnership && credential.microtenantId === null)),
    ownershipOf: (credential: StoredCredential) => (isOwn(credential) ? "MICROTENANT_SPECIFIC" : "INHERITED"),
  };
}

/** The order that all recorded lists have. */
const byName = (one: StoredCredential, other: StoredCredential): number => one.name.localeCompare(other.name, "en");

/** A credential of another microtenant is not there. */
function stored(tenant: Tenant, id: string, microtenantId: MicrotenantId): StoredCredential {
  const credential = tenant.credentials.get(id);
  if (credential === undefined || credential.microtenantId !== microtenantId) throw resourceNotFound(id);
  return credential;
}
