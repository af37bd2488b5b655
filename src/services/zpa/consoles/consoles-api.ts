import { PortcullisError } from "../../../errors.ts";
import type { Api } from "../api.ts";
import { inMicrotenant } from "../approvals-api.ts";
import { createdId, createdIds } from "../created-id.ts";
import { deleteObject } from "../delete-object.ts";
import { allPages, understood } from "../pages.ts";
import type { ConsoleListOptions, ConsolesApi } from "./console.ts";
import { consoleOnWire, createBody, updateBody } from "./console-wire.ts";

/** `/praConsole`. What people do with consoles waits behind ends and grants, as all reading does. */
export const consolesApi = (api: Api): ConsolesApi => ({
  list: (options) => allPages(api, { path: "praConsole", query: listQuery(options), item: consoleOnWire, priority: "read" }),
  listByPortal: (portalId, options) => {
    const path = `praConsole/praPortal/${encodeURIComponent(portalId)}`;
    return allPages(api, { path, query: listQuery(options), item: consoleOnWire, priority: "read" });
  },
  get: async (id, options) => {
    const path = consolePath(id);
    const { body } = await api.send({ method: "GET", path, query: inMicrotenant(options), priority: "read" });
    return understood(consoleOnWire, body, path);
  },
  create: async (draft) => {
    const path = "praConsole";
    const done = await api.send({ method: "POST", path, query: inMicrotenant(draft), body: createBody(draft), priority: "read" });
    return { id: createdId(done, path) };
  },
  createMany: async (drafts) => {
    const [first] = drafts;
    if (first === undefined) return [];
    if (drafts.some(({ microtenantId }) => microtenantId !== first.microtenantId))
      throw new PortcullisError("invalid_input", { params: { problem: "the consoles belong to several microtenants" } });
    const path = "praConsole/bulk";
    const done = await api.send({ method: "POST", path, query: inMicrotenant(first), body: drafts.map(createBody), priority: "read" });
    return createdIds(done, path, drafts.length);
  },
  update: async (current, draft) => {
    const query = inMicrotenant({ microtenantId: current.microtenantId });
    await api.send({ method: "PUT", path: consolePath(current.id), query, body: updateBody(current, draft), priority: "read" });
  },
  delete: (id, options) => deleteObject(api, { path: consolePath(id), query: inMicrotenant(options), priority: "read" }),
});

const listQuery = (options: ConsoleListOptions = {}): Record<string, string> => ({
  ...inMicrotenant(options),
  ...(options.search === undefined ? {} : { search: options.search }),
});

const consolePath = (id: string): string => `praConsole/${encodeURIComponent(id)}`;
