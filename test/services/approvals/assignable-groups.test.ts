import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { assignableGroups } from "../../../src/services/approvals/assignable-groups.ts";
import { approvalOf } from "../../views/models.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
  await house.writeRules("TENANT", "", { approvers: ["UBEN", "SRULES"] });
  await house.writeRules("MICROTENANT", "77", {
    approvalConfig: {
      requiresComment: "OFF",
      escalationConfig: {
        enabled: true,
        escalationCronSchedule: "@daily",
        escalationChain: [{ identityId: "SCHAIN" }, { identityId: "UCHI" }],
      },
      fallbackApprover: { identityID: "SFALL", type: "GOVERNANCE_GROUP" },
    },
  });
});
afterAll(() => house.close());

const seat = (groupId: string) =>
  ({ id: "1", holder: { kind: "group", groupId }, decision: null, insteadOf: null, autoApproveFor: null }) as const;

describe("the groups that a seat can be handed to", () => {
  it("are those that settings and rules name, as approvers, in the escalation chain and as fallback", async () => {
    const groups = await assignableGroups({ db: house.db, settings: ["UBEN", "SSET", "SRULES"] })(null);
    expect(groups.toSorted()).toEqual(["SCHAIN", "SFALL", "SRULES", "SSET"]);
  });

  it("come from the approval first, which keeps the rules that it was opened under, without those that have a voice in it", async () => {
    const approval = approvalOf({
      seats: [seat("SSET")],
      config: parseApprovalConfig({ fallbackApprover: { identityID: "SFROZEN", type: "GOVERNANCE_GROUP" } }),
      reassignmentHistory: [
        {
          ...({ seatId: "1", from: { kind: "group", groupId: "SBEFORE" }, to: { kind: "group", groupId: "SSET" }, by: null } as const),
          ...({ at: new Date(0), comment: null, commentId: null, kind: "ESCALATION" } as const),
        },
      ],
    });
    const groups = await assignableGroups({ db: house.db, settings: ["SSET"] })(approval);
    expect(groups.slice(0, 2)).toEqual(["SFROZEN", "SBEFORE"]);
    expect(groups.slice(2).toSorted()).toEqual(["SCHAIN", "SFALL", "SRULES"]);
  });

  it("are none where nobody names any", async () => {
    await house.dropRules();
    expect(await assignableGroups({ db: house.db, settings: ["UBEN"] })(approvalOf())).toEqual([]);
  });
});
