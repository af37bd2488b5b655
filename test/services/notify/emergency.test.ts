import { describe, expect, it } from "vitest";
import { approverAudiences, readerAudiences } from "../../../src/services/notify/audiences.ts";
import { dueNotices } from "../../../src/services/notify/due-notices.ts";
import { ana, approvalOf, ben, overviewOf, requestOf } from "../../views/models.ts";

/**
 * Contract: whoever would have decided and was skipped gets a card in person, beside the channel's, whether they were named as a person
 * or through a group; whoever gave, took or received the access has their own.
 */
const groupMembers = async (groupId: string) => (groupId === "SOPS" ? ["UMO", ben.userId, ana.userId] : []);
const ports = { groupMembers, admins: [] };
const settled = approvalOf({
  status: "PASSED",
  seats: [],
  requesterUserId: ben.userId,
  beneficiaryUserId: ana.userId,
  rules: { ...approvalOf({}).rules, skipped: ["UCHI", "SOPS"], notify: ["UCHI", "UREADER"] },
});
const given = overviewOf({ request: requestOf({ origin: "ON_CALL", requester: ben, beneficiary: ana }), approval: settled });

describe("who hears of access past the approvers", () => {
  it("is everybody who was skipped, in person, and the channel", async () => {
    const inPerson = [
      { kind: "approver", userId: "UCHI" },
      { kind: "approver", userId: "UMO" },
    ];
    expect(await approverAudiences(given, { ...ports, approvalsChannel: null })).toEqual(inPerson);
    expect(await approverAudiences(given, { ...ports, approvalsChannel: "C1" })).toEqual([
      { kind: "channel", channelId: "C1" },
      ...inPerson,
    ]);
  });

  it("has one card each, also where the rules name somebody as a reader", async () => {
    const otherCards = ["approver:UCHI", "approver:UMO"];
    expect(await readerAudiences(given, { groupMembers, approvalsChannel: null, otherCards })).toEqual([
      { kind: "reader", userId: "UREADER" },
    ]);
  });

  it("is told how the access came about, and never that it is with the approvers", () => {
    const first = (origin: "ON_CALL" | "BREAK_GLASS") =>
      dueNotices({ ...given, request: { ...given.request, origin } }).map(({ step }) => step.notice);
    expect(first("ON_CALL")[0]).toBe("given_on_call");
    expect(first("BREAK_GLASS")[0]).toBe("broke_glass");
    const approved = { ...given, approval: approvalOf({ status: "APPROVED" }) };
    expect(dueNotices(approved).map(({ step }) => step.notice)).not.toContain("approved");
  });
});
