import { describe, expect, it } from "vitest";
import { isAssigned, type SailPointApproval } from "../../../src/services/sailpoint/approval.ts";
import { approvalOnWire } from "../../../src/services/sailpoint/approval-wire.ts";

/** In the shape of the page's example; the values are ours. */
const whole = {
  id: "0f1e2d3c-0000-4000-8000-000000000001",
  tenantId: "0f1e2d3c-0000-4000-8000-00000000000f",
  type: "ENTITLEMENT_DESCRIPTIONS",
  status: "PENDING",
  name: [{ value: "Pending approval", locale: "en_US" }],
  description: [{ value: "", locale: "en_US" }],
  priority: "HIGH",
  requester: { identityID: "r1", type: "IDENTITY", name: "Ana", email: "ana@harbour.example", serialOrder: 0, ownerOf: [] },
  requestee: { identityID: "r2", type: "IDENTITY", name: "Bo", email: "" },
  assignedTo: [
    { identityID: "a1", type: "IDENTITY", name: "Ben", email: "ben@harbour.example", serialOrder: 1 },
    {
      identityID: "g1",
      type: "GOVERNANCE_GROUP",
      name: "Owners",
      members: [{ id: "m1", name: "Chiyo", email: "c@harbour.example", type: "IDENTITY" }],
    },
  ],
  approvedBy: [{ identityID: "a0", type: "IDENTITY", name: "Dora", decisionDate: "2026-03-01T09:00:00.123456789Z", actionedAs: [] }],
  comments: [{ commentId: "c1", comment: "why?", createdDate: "2026-03-01T08:00:00Z", author: { identityID: "a1", type: "IDENTITY" } }],
  additionalAttributes: '{"console":"db-prod","hours":8}',
  requestedTarget: [{ id: "t1", name: "Role", targetType: "ROLE", requestType: "GRANT_ACCESS", reauthRequired: true }],
  referenceData: [{ id: "ar1", type: "accessRequestId", name: "", email: "", serialOrder: 0 }],
  reassignmentHistory: [
    {
      commentID: "c2",
      reassignedFrom: { identityID: "a9", type: "IDENTITY" },
      reassignedTo: { identityID: "a1", type: "IDENTITY" },
      reassigner: null,
      reassignmentDate: "2026-03-01T07:00:00Z",
      reassignmentType: "ESCALATION",
    },
  ],
  approvalConfig: { requiresComment: "REJECTION", tier: 3 },
  createdDate: "2026-03-01T06:00:00.000Z",
  dueDate: "2026-05-30T06:00:00Z",
  completedDate: "0001-01-01T00:00:00Z",
  aFieldOfLater: { kept: true },
};

const read = (wire: unknown): SailPointApproval => approvalOnWire.parse(wire);

describe("an approval of SailPoint's", () => {
  it("is read whole, with what is not known kept", () => {
    const approval = read(whole);
    expect(approval).toMatchObject({
      status: "PENDING",
      name: "Pending approval",
      description: null,
      requester: { id: "r1", email: "ana@harbour.example" },
      requestee: { id: "r2", email: null },
      approvedBy: [{ identity: { id: "a0", name: "Dora" }, at: new Date("2026-03-01T09:00:00.123Z") }],
      comments: [{ id: "c1", text: "why?", author: { id: "a1" } }],
      additionalAttributes: { console: "db-prod", hours: 8 },
      targets: [{ id: "t1", type: "ROLE", needsReauthentication: true }],
      references: [{ id: "ar1", type: "accessRequestId", name: null }],
      reassignments: [{ kind: "ESCALATION", from: { id: "a9" }, to: { id: "a1" }, by: null }],
      requiresComment: "REJECTION",
      dueAt: new Date("2026-05-30T06:00:00Z"),
      completedAt: null,
      approvers: null,
      rejectedBy: null,
    });
    expect(approval.raw).toEqual(whole);
  });

  it("needs nothing but its id", () => {
    expect(read({ id: "x" })).toMatchObject({ id: "x", status: "UNKNOWN", assignedTo: null, additionalAttributes: {}, targets: null });
    expect(() => read({ status: "PENDING" })).toThrow();
    expect(() => read({ id: "" })).toThrow();
  });

  it.each([
    ["PENDING", "PENDING"],
    ["approved", "APPROVED"],
    ["CANCELED", "CANCELLED"],
    ["PASSED", "PASSED"],
    ["AUTO_APPROVED", "UNKNOWN"],
    [7, "UNKNOWN"],
    [undefined, "UNKNOWN"],
  ])("with the status %j is %s, and nothing unknown is approved", (status, expected) => {
    expect(read({ id: "x", status }).status).toBe(expected);
  });

  it.each([
    ['{"a":"1"}', { a: "1" }],
    [{ a: "1" }, { a: "1" }],
    ["", {}],
    [null, {}],
    ["{not json", null],
    ['["a"]', null],
    [7, null],
  ])("with the additional attributes %j has %j: unreadable is not the same as none", (additionalAttributes, expected) => {
    expect(read({ id: "x", additionalAttributes }).additionalAttributes).toEqual(expected);
  });

  it("has one target also where it comes without a list, and a flag that cannot be read asks for the safe way", () => {
    expect(read({ id: "x", requestedTarget: { id: "t", reauthRequired: "yes" } }).targets).toMatchObject([
      { id: "t", needsReauthentication: true },
    ]);
    expect(read({ id: "x", requestedTarget: { id: "t" } }).targets).toMatchObject([{ needsReauthentication: false }]);
  });

  it("with a part that cannot be read does not say that part, and hides nothing else", () => {
    const odd = read({ ...whole, assignedTo: [{ name: "nobody's id" }], createdDate: "soon", comments: "none" });
    expect(odd).toMatchObject({ assignedTo: null, createdAt: null, comments: null, requester: { id: "r1" } });
  });
});

describe("who is assigned", () => {
  it.each([
    ["the person", "a1", true],
    ["a member of the group", "m1", true],
    ["the group's own id", "g1", true],
    ["who decided before", "a0", false],
    ["the requester", "r1", false],
  ])("%s: %s is %s", (_who, id, expected) => {
    expect(isAssigned(read(whole), id)).toBe(expected);
  });

  it("is nobody where the answer does not say", () => {
    expect(isAssigned(read({ ...whole, assignedTo: undefined }), "a1")).toBe(false);
  });
});
