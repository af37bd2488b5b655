import type { HttpBindings } from "@hono/node-server";
import { type Context, Hono } from "hono";
import { resourceNotFound } from "./refusal.ts";
import { answer, asksForAllMicrotenants, microtenantOfCall, pageOf } from "./respond.ts";
import type { MicrotenantId, Tenant } from "./tenant.ts";
import { applicationOf, microtenantOf, portalOf, segmentOf } from "./wire.ts";

/** What the catalog is read from: applications by type, application segments with their groups, portals, microtenants. */
export function catalogRoutes(tenant: Tenant): Hono<{ Bindings: HttpBindings }> {
  const routes = new Hono<{ Bindings: HttpBindings }>();

  const visible = <Item extends { readonly microtenantId: MicrotenantId }>(context: Context, items: ReadonlyMap<string, Item>) => {
    if (asksForAllMicrotenants(context)) return [...items.values()];
    const microtenantId = microtenantOfCall(context, tenant);
    return [...items.values()].filter((item) => item.microtenantId === microtenantId);
  };

  routes.get("/application/getAppsByType", (context) => {
    const wanted = context.req.query("applicationType") === "SECURE_REMOTE_ACCESS" ? visible(context, tenant.objects.applications) : [];
    const page = pageOf(context, wanted, ({ id }) => applicationOf(tenant, id));
    return answer(context, 200, { ...page, totalCount: "0" }); // so it is recorded, however long the list
  });

  routes.get("/application", (context) =>
    answer(
      context,
      200,
      pageOf(context, visible(context, tenant.objects.segments), ({ id }) => segmentOf(tenant, id)),
    ),
  );

  routes.get("/praPortal", (context) =>
    answer(
      context,
      200,
      pageOf(context, visible(context, tenant.objects.portals), (item) => portalOf(tenant, item)),
    ),
  );

  routes.get("/microtenants", (context) => answer(context, 200, pageOf(context, [...tenant.objects.microtenants.values()], microtenantOf)));

  const own = <Item extends { readonly microtenantId: MicrotenantId }>(context: Context, items: ReadonlyMap<string, Item>): Item => {
    const id = context.req.param("id") ?? "";
    const item = items.get(id);
    if (item === undefined || item.microtenantId !== microtenantOfCall(context, tenant)) throw resourceNotFound(id);
    return item;
  };

  routes.get("/application/:id", (context) => answer(context, 200, segmentOf(tenant, own(context, tenant.objects.segments).id)));

  routes.get("/praPortal/:id", (context) => answer(context, 200, portalOf(tenant, own(context, tenant.objects.portals))));

  routes.get("/microtenants/:id", (context) => {
    const id = context.req.param("id");
    const microtenant = tenant.objects.microtenants.get(id);
    if (microtenant === undefined) throw resourceNotFound(id);
    return answer(context, 200, microtenantOf(microtenant));
  });

  return routes;
}
