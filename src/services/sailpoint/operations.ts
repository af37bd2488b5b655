import { PortcullisError } from "../../errors.ts";
import type { Method } from "../http-client/transport.ts";

/**
 * Which of SailPoint's contracts is spoken. `v1` is the current one, without a year; the yearly ones are supported until 2028.
 * `v2025-seed` is v2025 as it was from November 2025 to February 2026, which tenants behind may still answer.
 */
export type PathProfile = "v2025-seed" | "v2025" | "v2026" | "v1";

export type Operation =
  | "list"
  | "get"
  | "approve"
  | "reject"
  | "reassign"
  | "comment"
  | "changeAttributes"
  | "bulkApprove"
  | "bulkReject"
  | "bulkReassign"
  | "bulkCancel"
  | "getConfig"
  | "putConfig";

interface Place {
  readonly method: Method;
  /** Below the profile's base. `{id}` and `{scope}` stand for parts of the path. */
  readonly path: string;
  /** What goes into the query instead. */
  readonly query?: readonly ("id" | "scope")[];
}

export const basePaths: Readonly<Record<PathProfile, string>> = {
  "v2025-seed": "/v2025/generic-approvals",
  v2025: "/v2025/generic-approvals",
  v2026: "/v2026/generic-approvals",
  v1: "/generic-approvals/v1",
};

const places: Readonly<Record<Operation, Place>> = {
  list: { method: "GET", path: "" },
  get: { method: "GET", path: "/{id}" },
  approve: { method: "POST", path: "/{id}/approve" },
  reject: { method: "POST", path: "/{id}/reject" },
  reassign: { method: "POST", path: "/{id}/reassign" },
  comment: { method: "POST", path: "/{id}/comments" },
  changeAttributes: { method: "POST", path: "/{id}/attributes" },
  bulkApprove: { method: "POST", path: "/bulk-approve" },
  bulkReject: { method: "POST", path: "/bulk-reject" },
  bulkReassign: { method: "POST", path: "/bulk-reassign" },
  bulkCancel: { method: "POST", path: "/bulk-cancel" },
  getConfig: { method: "GET", path: "/config/{id}" },
  putConfig: { method: "PUT", path: "/config/{id}/{scope}" },
};

/** Until 2026-02-13 a configuration's place was said in the query. */
const seedPutConfig: Place = { method: "PUT", path: "/config", query: ["id", "scope"] };

/** Every operation, in the order of the docs. */
export const operations = Object.keys(places).filter((name): name is Operation => name in places);

export const placeOf = (operation: Operation, profile: PathProfile): Place =>
  operation === "putConfig" && profile === "v2025-seed" ? seedPutConfig : places[operation];

export interface Located {
  readonly method: Method;
  /** From the host on. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Where an operation is under a profile.
 * @throws PortcullisError `invalid_input` for an id that cannot be a part of a path
 */
export function locate(operation: Operation, profile: PathProfile, names: { readonly id?: string; readonly scope?: string } = {}): Located {
  const { method, path, query = [] } = placeOf(operation, profile);
  const filled = path.replace(/\{(id|scope)\}/g, (_whole, name: "id" | "scope") => pathPart(names[name] ?? ""));
  return {
    method,
    path: `${basePaths[profile]}${filled}`,
    query: Object.fromEntries(query.map((name) => [name, names[name] ?? ""])),
    headers: operation === "get" && profile === "v2025-seed" ? { "x-sailpoint-experimental": "true" } : {},
  };
}

/** `.` and `..` would climb out of the path: they are no ids of SailPoint's. */
function pathPart(text: string): string {
  if (/^\.{0,2}$/.test(text) || !text.isWellFormed())
    throw new PortcullisError("invalid_input", { params: { problem: "that is no id of SailPoint's" } });
  return encodeURIComponent(text);
}
