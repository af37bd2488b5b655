import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { type ConsoleFields, consoleFields, refuseUsed } from "./console-rules.ts";
import { queried } from "./list-query.ts";
import { invalidArgument, resourceNotFound } from "./refusal.ts";
import { answer, asksForAllMicrotenants, bodyOf, microtenantOfCall, noContent, pageOf } from "./respond.ts";
import { type MicrotenantId, nowEpochSeconds, type StoredConsole, type Tenant } from "./tenant.ts";
import { consoleOf, createdConsole } from "./wire.ts";

/** `…/praConsole`. */
export function consoleRoutes(tenant: Tenant): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  const page = (context: Context, consoles: readonly StoredConsole[]) => {
    const print = (item: StoredConsole) => consoleOf(tenant, item);
    return answer(context, 200, pageOf(context, queried(context, consoles, print), print));
  };
  const visible = (context: Context): readonly StoredConsole[] => {
    const all = [...tenant.objects.consoles.values()];
    if (asksForAllMicrotenants(context)) return all;
    const microtenantId = microtenantOfCall(context, tenant);
    return all.filter((item) => item.microtenantId === microtenantId);
  };

  routes.get("/", (context) => page(context, visible(context)));

  routes.get("/praPortal/:portalId", (context) => {
    const portalId = context.req.param("portalId");
    if (!tenant.objects.portals.has(portalId)) throw resourceNotFound(portalId);
    return page(
      context,
      visible(context).filter(({ portalIds }) => portalIds.includes(portalId)),
    );
  });

  routes.post("/", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const body = await bodyOf(context);
    // One of the vendor's examples sends, and gets, a list of one.
    const sent = Array.isArray(body) ? body : [body];
    if (sent.length !== 1) throw invalidArgument("body");
    const [made] = addAll(tenant, sent, microtenantId);
    return answer(context, 201, Array.isArray(body) ? [made] : made);
  });

  routes.post("/bulk", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const body = await bodyOf(context);
    if (!Array.isArray(body) || body.length === 0) throw invalidArgument("body");
    return answer(context, 201, addAll(tenant, body, microtenantId));
  });

  routes.get("/:id", (context) =>
    answer(context, 200, consoleOf(tenant, stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant)))),
  );

  routes.put("/:id", async (context) => {
    const microtenantId = microtenantOfCall(context, tenant);
    const known = stored(tenant, context.req.param("id"), microtenantId);
    const fields = consoleFields(tenant, await bodyOf(context), microtenantId);
    tenant.objects.consoles.set(known.id, { ...known, ...fields, modifiedTime: nowEpochSeconds(tenant) });
    return noContent(context);
  });

  routes.delete("/:id", (context) => {
    const { id } = stored(tenant, context.req.param("id"), microtenantOfCall(context, tenant));
    refuseUsed(tenant, id);
    tenant.objects.consoles.delete(id);
    return noContent(context);
  });

  return routes;
}

/** All of them, or none when one is refused. */
function addAll(tenant: Tenant, sent: readonly unknown[], microtenantId: MicrotenantId) {
  const checked = sent.map((body) => consoleFields(tenant, body, microtenantId));
  return checked.map((fields) => createdConsole(tenant, add(tenant, fields)));
}

function add(tenant: Tenant, fields: ConsoleFields): StoredConsole {
  const now = nowEpochSeconds(tenant);
  const made: StoredConsole = { ...fields, id: String(tenant.nextConsoleId), creationTime: now, modifiedTime: now };
  tenant.nextConsoleId += 1n;
  tenant.objects.consoles.set(made.id, made);
  return made;
}

/** A console of another microtenant is not there. */
function stored(tenant: Tenant, id: string, microtenantId: MicrotenantId): StoredConsole {
  const known = tenant.objects.consoles.get(id);
  if (known === undefined || known.microtenantId !== microtenantId) throw resourceNotFound(id);
  return known;
}
