import { describe, expect, it } from "vitest";
import { basePaths, type Operation, operations, type PathProfile, placeOf } from "../../../src/services/sailpoint/operations.ts";
import { projectFile } from "../../cli/pra.ts";
import { sailPointTenant } from "./support/sailpoint-tenant.ts";

/** The operations of SailPoint's page, by its own names. */
const onThePage: Readonly<Record<Operation, string>> = {
  list: "get-approvals",
  get: "get-approval",
  approve: "approve-approval",
  reject: "reject-approval",
  reassign: "update-approvals-reassign",
  comment: "update-approvals-comments",
  changeAttributes: "update-approvals-attributes",
  bulkApprove: "approve-approval-in-bulk",
  bulkReject: "reject-approval-in-bulk",
  bulkReassign: "move-approval",
  bulkCancel: "cancel-approval",
  getConfig: "get-approvals-config",
  putConfig: "put-approvals-config",
};

const profiles: readonly PathProfile[] = ["v1", "v2026", "v2025", "v2025-seed"];

function place(operation: Operation, profile: PathProfile): string {
  const { method, path, query = [] } = placeOf(operation, profile);
  const asked = query.map((name) => `${name}={${name}}`).join("&");
  return `\`${method} ${basePaths[profile]}${path}${asked === "" ? "" : `?${asked}`}\``;
}

describe("docs/reference/sailpoint-operations.md", () => {
  const table = projectFile("docs/reference/sailpoint-operations.md")
    .split("\n")
    .filter((line) => /^\| `[a-zA-Z]+` \| `(?:GET|POST|PUT) /.test(line))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

  it("has a row for each operation, in order, and no cell that is empty", () => {
    expect(table.map(([name]) => name)).toEqual(operations.map((operation) => `\`${operation}\``));
    expect(table.flat().filter((cell) => cell === "")).toEqual([]);
    expect(new Set(table.map((row) => row.length))).toEqual(new Set([8]));
  });

  it.each(operations)("says where %s is under each profile, and what the page calls it", (operation) => {
    const row = table[operations.indexOf(operation)] ?? [];
    expect(row.slice(1, 5)).toEqual(profiles.map((profile) => place(operation, profile)));
    expect(row[5]).toBe(onThePage[operation]);
  });

  it("names functions that the client has, and all of them", async () => {
    await using at = await sailPointTenant();
    const { approvals, bulk, configs } = at.sailpoint;
    const own = Object.entries({ approvals, bulk, configs }).flatMap(([room, api]) => Object.keys(api).map((name) => `${room}.${name}`));
    const named = table.flatMap((row) => [...(row[6] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name));
    expect(named.toSorted()).toEqual(own.toSorted());
  });
});
