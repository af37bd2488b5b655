/** Contract: a seat that was handed over can be decided by at least one person, or the handover is refused where it was asked for. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { decideApproval } from "../../../src/services/approvals/decide-approval.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (!ben) throw new Error("Ben left");
  house.known.set("UDAN", { ...ben, userId: "UDAN", name: "Dan", email: "dan@example.com", zpaUser: "dan@example.com" });
  house.known.set("UANA2", { ...ben, userId: "UANA2", name: "Ana", email: "ana2@example.com", zpaUser: "ana@example.com" });
  house.groups
    .set("SEMPTY", [])
    .set("SANA", ["UANA"])
    .set("SGONE", ["UGONE"])
    .set("SANA2", ["UANA2"])
    .set("SDAN", ["UANA", "UGONE", "UDAN"]);
});
afterAll(() => house.close());

const handTo = async (to: Holder) => {
  const { id: requestId } = await house.ask();
  const { id, version } = await house.approvalOf(requestId);
  return house.decide(id, { kind: "reassign", by: { teamId: "T1", userId: "UBEN" }, version, from: null, to, comment: "on leave" });
};

describe("handing a seat over", () => {
  it("goes to a trusted person, and to a group with one member who may decide", async () => {
    expect((await handTo({ kind: "person", userId: "UDAN" })).seats[0]?.holder).toEqual({ kind: "person", userId: "UDAN" });
    const approval = await handTo({ kind: "group", groupId: "SDAN" });
    expect(approval.seats[0]?.holder).toEqual({ kind: "group", groupId: "SDAN" });
    const decided = { kind: "approve", by: { teamId: "T1", userId: "UDAN" }, version: approval.version, comment: null } as const;
    expect(await house.decide(approval.id, decided)).toMatchObject({ status: "APPROVED" });
  });

  it.each([
    ["an empty, disabled or unknown group", { kind: "group", groupId: "SEMPTY" }],
    ["a group of the requester alone", { kind: "group", groupId: "SANA" }],
    ["a group whose only member has left", { kind: "group", groupId: "SGONE" }],
    ["a group of the requester's other account", { kind: "group", groupId: "SANA2" }],
    ["the requester's other account", { kind: "person", userId: "UANA2" }],
  ] as const)("is refused at the field for %s", async (_, to) => {
    await expect(handTo(to)).rejects.toMatchObject({ code: "reassign_not_possible", details: { field: "assignee" } });
  });

  it("is refused at the field for the requester, as deciding would be", async () => {
    await expect(handTo({ kind: "person", userId: "UANA" })).rejects.toMatchObject({
      code: "self_approval",
      details: { field: "assignee" },
    });
  });

  it("says at the field what speaks against a person", async () => {
    await expect(handTo({ kind: "person", userId: "UGONE" })).rejects.toMatchObject({
      code: "person_deactivated",
      details: { field: "assignee" },
    });
  });

  it("is neither refused nor done when Slack cannot be asked about the only member", async () => {
    const { id: requestId } = await house.ask();
    const { id, version } = await house.approvalOf(requestId);
    const { people } = house.ports;
    const unreachable = new PortcullisError("slack_unreachable");
    const trusted: typeof people.trusted = (actor) => (actor.userId === "UDAN" ? Promise.reject(unreachable) : people.trusted(actor));
    const decide = decideApproval({ ...house.ports, people: { ...people, trusted }, onSettled: house.onSettled, admins: house.admins });
    const to = { kind: "group", groupId: "SDAN" } as const;
    const handover = decide(id, { kind: "reassign", by: { teamId: "T1", userId: "UBEN" }, version, from: null, to, comment: "on leave" });
    await expect(handover).rejects.toBe(unreachable);
    expect(await house.approvalOf(requestId)).toMatchObject({ version });
  });
});
