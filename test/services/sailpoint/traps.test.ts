import { describe, expect, it } from "vitest";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { sailPointTenant } from "./support/sailpoint-tenant.ts";

const { approver, otherApprover, owner } = IDENTITIES;

describe("the traps of the real tenant", () => {
  it("rows of a list leave out the deciders, and the assignees beside comments: the client does not take that for nobody", async () => {
    await using at = await sailPointTenant();
    await at.born({ approverIds: [approver.id, otherApprover.id] });
    const [row] = await at.sailpoint.approvals.list();
    expect(row).toMatchObject({
      assignedTo: [{ id: approver.id }, { id: otherApprover.id }],
      approvedBy: null,
      rejectedBy: null,
      comments: null,
    });
    const [withComments] = await at.sailpoint.approvals.list({ include: ["comments"] });
    expect(withComments).toMatchObject({ assignedTo: null, comments: [] });
  });

  it("an administrator's decision takes somebody's place, and the history says whose", async () => {
    await using at = await sailPointTenant();
    const id = await at.born({ approverIds: [approver.id] });
    await at.sailpoint.approvals.approve(id);
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({
      status: "APPROVED",
      approvedBy: [{ identity: { id: owner.id } }],
      reassignments: [{ kind: "MANUAL_REASSIGNMENT", from: { id: approver.id }, to: { id: owner.id } }],
    });
  });

  it.each(["live", "specified"] as const)("reject answers with a body or without one (%s), and both are a success", async (quirks) => {
    await using at = await sailPointTenant({ tenant: { quirks } });
    const id = await at.born();
    await at.sailpoint.approvals.reject(id);
    expect(await at.stored(id)).toMatchObject({ status: "REJECTED" });
  });

  it("v2025 of now and of before do not know one another's place of a configuration", async () => {
    await using now = await sailPointTenant({ paths: "v2025-seed", tenant: { v2025: "current" } });
    await using before = await sailPointTenant({ paths: "v2025", tenant: { v2025: "seed" } });
    const place = { id: "GENERIC_APPROVAL", scope: "APPROVAL_TYPE" } as const;
    await expect(now.sailpoint.configs.put(place, {})).rejects.toMatchObject({ code: "sailpoint_not_found" });
    await expect(before.sailpoint.configs.put(place, {})).rejects.toMatchObject({ code: "sailpoint_not_found" });
  });

  it.each([
    ["v2025-seed", "SOURCE", null],
    ["v2025-seed", "ACCOUNT", "sailpoint_refused"],
    ["v1", "SOURCE", "sailpoint_refused"],
    ["v1", "ACCOUNT", null],
  ] as const)("under %s the scope %s ends as %s", async (paths, scope, code) => {
    await using at = await sailPointTenant({ paths });
    const written = at.sailpoint.configs.put({ id: "some-object", scope }, { requiresComment: "OFF" });
    if (code === null) await expect(written).resolves.toMatchObject({ requiresComment: "OFF" });
    else await expect(written).rejects.toMatchObject({ code });
  });
});
