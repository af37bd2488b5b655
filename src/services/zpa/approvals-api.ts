import type { Api } from "./api.ts";
import { approvalOnWire, createBody, updateBody } from "./approval-wire.ts";
import { createdId } from "./created-id.ts";
import { deleteObject } from "./delete-object.ts";
import { allPages, onePage, understood } from "./pages.ts";
import type { MicrotenantOption, PageRequest, SortOption, ZpaClient } from "./zpa-client.ts";

/** `/approval` ("Configuring Privileged Approvals Using API"). */
export const approvalsApi = (api: Api): ZpaClient["approvals"] => ({
  create: async (draft, { priority = "grant", beforeSending } = {}) => {
    const done = await api.send({
      method: "POST",
      path: "approval",
      query: inMicrotenant(draft),
      body: createBody(draft),
      priority,
      ...(beforeSending === undefined ? {} : { beforeSending }),
    });
    return { id: createdId(done, "approval") };
  },
  get: async (id, options) => {
    const path = approvalPath(id);
    const { body } = await api.send({ method: "GET", path, query: inMicrotenant(options), priority: options?.priority ?? "grant" });
    return understood(approvalOnWire, body, path);
  },
  list: (options) =>
    allPages(api, { path: "approval", query: inMicrotenant(options), item: approvalOnWire, priority: options?.priority ?? "grant" }),
  page: (request) => onePage(api, { path: "approval", query: pageQuery(request), item: approvalOnWire, priority: "read" }),
  update: async (current, draft, { priority = "grant" } = {}) => {
    const query = inMicrotenant({ microtenantId: current.microtenantId });
    await api.send({ method: "PUT", path: approvalPath(current.id), query, body: updateBody(current, draft), priority });
  },
  delete: (id, options) =>
    deleteObject(api, { path: approvalPath(id), query: inMicrotenant(options), priority: options?.priority ?? "end" }),
  deleteExpired: async (options) => {
    const { status } = await api.send({ method: "DELETE", path: "approval/expired", query: inMicrotenant(options), priority: "read" });
    return status === 204; // 200 comes with the sentence "No records found"
  },
});

/** Left out, ZPA takes the Default microtenant. */
export function inMicrotenant({ microtenantId }: MicrotenantOption = {}): Record<string, string> {
  return microtenantId === undefined || microtenantId === null ? {} : { microtenantId };
}

/**
 * As the page on approvals spells it ("Configuring Privileged Approvals Using API"): `pagesize` and `sortdir` in lower case, and of
 * `sortdir` the two values of its table of fields, `ASC` and `DSC`. The vendor's SDKs sort by other parameters, `sortOrder` and `sortDir`
 * with `DESC`, which proves nothing about this one. What is left out ZPA decides: the first page, twenty objects, its own order.
 */
const pageQuery = ({ page, pageSize, search, microtenantId, ...sort }: PageRequest): Record<string, string> => ({
  ...inMicrotenant({ microtenantId: microtenantId ?? null }),
  ...(page === undefined ? {} : { page: String(page) }),
  ...(pageSize === undefined ? {} : { pagesize: String(pageSize) }),
  ...(search === undefined ? {} : { search }),
  ...sortQuery(sort),
});

/** Ascending unless it is said. Nothing where no field is named. */
export const sortQuery = ({ sortBy, sortDirection }: SortOption): Record<string, string> =>
  sortBy === undefined ? {} : { sortBy, sortdir: sortDirection === "descending" ? "DSC" : "ASC" };

const approvalPath = (id: string): string => `approval/${encodeURIComponent(id)}`;
