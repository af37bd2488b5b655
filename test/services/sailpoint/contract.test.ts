import { describe, expect, it } from "vitest";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { isText } from "../../../src/services/sailpoint/filter.ts";
import { basePaths, type Operation, operations, type PathProfile, placeOf } from "../../../src/services/sailpoint/operations.ts";
import { type SailPointTenant, sailPointTenant } from "./support/sailpoint-tenant.ts";

/**
 * Contract: each of the thirteen operations of SailPoint's page reaches the tenant under each of the four profiles, says what the page says that
 * it says, and has the effect that it names. What it did is looked up in the tenant, not in the answer.
 */
const { approver, otherApprover, owner, requester } = IDENTITIES;

const accepted = (ids: readonly string[]) => [{ outcome: "accepted", ids }];

const plays: Readonly<Record<Operation, (at: SailPointTenant) => Promise<void>>> = {
  list: async ({ sailpoint, born }) => {
    const id = await born({ attributes: { console: "db-prod" } });
    await born({ name: "another" });
    const found = await sailpoint.approvals.list({ filter: isText("name", "eq", "DB-PROD for Ana"), include: ["approvers"] });
    expect(found).toMatchObject([{ id, status: "PENDING", name: "db-prod for Ana", additionalAttributes: { console: "db-prod" } }]);
    expect(found[0]?.approvers?.map((each) => each.id)).toEqual([approver.id]);
  },
  get: async ({ sailpoint, born }) => {
    const id = await born({ description: "for the migration" });
    const approval = await sailpoint.approvals.get(id);
    expect(approval).toMatchObject({ id, status: "PENDING", description: "for the migration", comments: [], reassignments: [] });
    expect(approval.requester).toMatchObject({ id: requester.id, email: requester.email });
    expect(approval.assignedTo?.map((each) => each.id)).toEqual([approver.id]);
    expect(approval.createdAt).toBeInstanceOf(Date);
  },
  approve: async ({ born, stored, as }) => {
    const id = await born();
    const asApprover = await as(approver.id);
    await asApprover.approvals.approve(id, { comment: "go", additionalAttributes: { ticket: "INC-77" } });
    expect(await stored(id)).toMatchObject({
      status: "APPROVED",
      approvedBy: [{ identityID: approver.id }],
      comments: [{ comment: "go" }],
    });
    expect((await asApprover.approvals.get(id)).additionalAttributes).toEqual({ ticket: "INC-77" });
  },
  reject: async ({ born, stored, as }) => {
    const id = await born();
    await (await as(approver.id)).approvals.reject(id, { comment: "not now" });
    expect(await stored(id)).toMatchObject({
      status: "REJECTED",
      rejectedBy: [{ identityID: approver.id }],
      comments: [{ comment: "not now" }],
    });
  },
  reassign: async ({ sailpoint, born, stored }) => {
    const id = await born();
    await sailpoint.approvals.reassign(id, { from: approver.id, to: otherApprover.id, comment: "on leave" });
    expect(await stored(id)).toMatchObject({ status: "PENDING", assignedTo: [{ identityID: otherApprover.id }] });
    const [move] = (await sailpoint.approvals.get(id)).reassignments ?? [];
    expect(move).toMatchObject({
      kind: "MANUAL_REASSIGNMENT",
      from: { id: approver.id },
      to: { id: otherApprover.id },
      by: { id: owner.id },
    });
  },
  comment: async ({ sailpoint, born }) => {
    const id = await born();
    await sailpoint.approvals.comment(id, "which replica?");
    const { comments } = await sailpoint.approvals.get(id);
    expect(comments).toMatchObject([{ text: "which replica?", author: { id: owner.id } }]);
  },
  changeAttributes: async ({ sailpoint, born }) => {
    const id = await born({ attributes: { kept: "1", gone: "2" } });
    await sailpoint.approvals.changeAttributes(id, { set: { new: "3" }, remove: ["gone"], comment: "tidied" });
    expect((await sailpoint.approvals.get(id)).additionalAttributes).toEqual({ kept: "1", new: "3" });
  },
  bulkApprove: async ({ sailpoint, born, stored, tenant }) => {
    const ids = [await born(), await born()];
    const said = { comment: "monthly", additionalAttributes: { urgency: 2 } };
    expect(await sailpoint.bulk.approve(ids, said)).toEqual(accepted(ids));
    expect(await stored(ids[0] ?? "")).toMatchObject({ status: "PENDING" });
    await tenant.control.settleBulk({});
    for (const id of ids) {
      expect(await stored(id)).toMatchObject({
        status: "APPROVED",
        additionalAttributes: '{"urgency":2}',
        comments: [{ comment: "monthly" }],
      });
    }
  },
  bulkReject: async ({ sailpoint, born, stored, tenant }) => {
    const id = await born();
    expect(await sailpoint.bulk.reject([id], { comment: "no" })).toEqual(accepted([id]));
    await tenant.control.settleBulk({});
    expect(await stored(id)).toMatchObject({ status: "REJECTED", comments: [{ comment: "no" }] });
  },
  bulkReassign: async ({ sailpoint, born, stored, tenant }) => {
    const id = await born();
    expect(await sailpoint.bulk.reassign([id], { from: approver.id, to: otherApprover.id })).toEqual(accepted([id]));
    await tenant.control.settleBulk({});
    expect(await stored(id)).toMatchObject({ assignedTo: [{ identityID: otherApprover.id }] });
  },
  bulkCancel: async ({ sailpoint, born, stored, tenant }) => {
    const id = await born();
    expect(await sailpoint.bulk.cancel([id], { comment: "over" })).toEqual(accepted([id]));
    await tenant.control.settleBulk({});
    expect(await stored(id)).toMatchObject({ status: "CANCELLED" });
  },
  getConfig: async ({ sailpoint, born }) => {
    const config = { requiresComment: "ALL", timeoutConfig: { enabled: true, daysUntilTimeout: 2, timeoutResult: "EXPIRED" } };
    const id = await born({ config });
    expect(await sailpoint.configs.get(id)).toEqual(config);
    expect(await sailpoint.approvals.get(id)).toMatchObject({ requiresComment: "ALL" });
  },
  putConfig: async ({ sailpoint, tenant }) => {
    const config = { requiresComment: "REJECTION", later: { unknown: "kept" }, serialChain: [{ tier: 1, identityType: "MANAGER_OF" }] };
    const place = { id: "ACCESS_REQUEST_APPROVAL", scope: "APPROVAL_TYPE" } as const;
    expect(await sailpoint.configs.put(place, config)).toMatchObject(config);
    expect(await sailpoint.configs.get(place.id)).toMatchObject(config);
    expect((await tenant.control.state()).configs["ACCESS_REQUEST_APPROVAL:APPROVAL_TYPE"]).toMatchObject(config);
  },
};

const profiles: readonly PathProfile[] = ["v2025-seed", "v2025", "v2026", "v1"];

describe("the thirteen operations", () => {
  it("are thirteen", () => {
    expect(operations).toHaveLength(13);
  });

  describe.each(profiles)("under %s", (paths) => {
    it.each(operations)("%s", async (operation) => {
      await using at = await sailPointTenant({ paths });
      await plays[operation](at);
    });

    it("are on paths of this profile alone", () => {
      const told = operations.map((operation) => `${basePaths[paths]}${placeOf(operation, paths).path}`);
      expect(
        told.every((path) => path.startsWith(paths === "v1" ? "/generic-approvals/v1" : `/${paths.slice(0, 5)}/generic-approvals`)),
      ).toBe(true);
    });
  });

  it.each(profiles)("work under %s also where the tenant keeps to the letter of the page", async (paths) => {
    await using at = await sailPointTenant({ paths, tenant: { quirks: "specified" } });
    const id = await at.born();
    expect(await at.sailpoint.approvals.get(id)).toMatchObject({ id, status: "UNKNOWN" });
    await at.sailpoint.approvals.reject(id);
    expect(await at.stored(id)).toMatchObject({ status: "REJECTED" });
  });
});
