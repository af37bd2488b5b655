import type { z } from "zod";
import type { Api } from "./api.ts";
import { inMicrotenant } from "./approvals-api.ts";
import { applicationOnWire, microtenantOnWire, portalOnWire, segmentOnWire } from "./catalog-wire.ts";
import { allPages, understood } from "./pages.ts";
import type { Microtenant, ZpaClient } from "./zpa-client.ts";

/** What a tenant without microtenants consists of. */
const onlyDefault: readonly Microtenant[] = [{ id: "0", name: "Default", enabled: true, privilegedApprovalsEnabled: true }];

/** What can be asked for: PRA applications (which name the segments), consoles, portals, microtenants. */
export const catalogApi = (
  api: Api,
  settings: { readonly microtenants: boolean },
): Pick<ZpaClient, "applications" | "segments" | "portals" | "microtenants"> => ({
  applications: {
    list: (options) => {
      const query = { applicationType: "SECURE_REMOTE_ACCESS", expandAll: "false", ...inMicrotenant(options) };
      return allPages(api, { path: "application/getAppsByType", query, item: applicationOnWire, priority: "read" });
    },
  },
  segments: {
    list: (options) => allPages(api, { path: "application", query: inMicrotenant(options), item: segmentOnWire, priority: "read" }),
    get: (id, options) => one(api, `application/${encodeURIComponent(id)}`, inMicrotenant(options), segmentOnWire),
  },
  portals: {
    list: (options) => allPages(api, { path: "praPortal", query: inMicrotenant(options), item: portalOnWire, priority: "read" }),
    get: (id, options) => one(api, `praPortal/${encodeURIComponent(id)}`, inMicrotenant(options), portalOnWire),
  },
  microtenants: {
    list: async () => {
      if (!settings.microtenants) return onlyDefault;
      return allPages(api, { path: "microtenants", query: {}, item: microtenantOnWire, priority: "read" });
    },
    get: (id) => one(api, `microtenants/${encodeURIComponent(id)}`, {}, microtenantOnWire),
  },
});

async function one<Item>(api: Api, path: string, query: Readonly<Record<string, string>>, item: z.ZodType<Item>): Promise<Item> {
  const { body } = await api.send({ method: "GET", path, query, priority: "read" });
  return understood(item, body, path);
}
