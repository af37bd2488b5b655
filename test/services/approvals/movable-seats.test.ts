import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { movableSeats } from "../../../src/services/approvals/movable-seats.ts";
import { aHouse, type House } from "../access/a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (!ben) throw new Error("Ben left");
  for (const userId of ["UROOT", "UMALLORY"])
    house.known.set(userId, { ...ben, userId, name: userId, email: `${userId}@example.com`, zpaUser: `${userId}@example.com` });
});
afterAll(() => house.close());

const actor = (userId: string) => ({ teamId: "T1", userId });
const holders = [
  { kind: "person", userId: "UBEN" },
  { kind: "person", userId: "UCHI" },
];
const asked = async () => {
  const { id: requestId } = await house.ask();
  const { id, version } = await house.approvalOf(requestId);
  return { requestId, id, version, movable: (by: string, at = version) => movableSeats(house.ports)(id, at, actor(by)) };
};

/** Who may open the form that hands a seat over, and whose seats they may choose from. */
describe("the seats that a person may hand over", () => {
  it.each([
    ["an approver: their own, without a choice", "UBEN", null],
    ["an administrator without a seat: anyone's, or one more", "UROOT", { holders, own: null, canAdd: true }],
  ])("are, for %s", async (_, by, choice) => {
    const { movable } = await asked();
    expect((await movable(by)).choice).toEqual(choice);
  });

  it("are, for an administrator with a seat, theirs first, and none more", async () => {
    const { id, version, requestId } = await asked();
    const to = { kind: "person", userId: "UROOT" } as const;
    await house.decide(id, { kind: "reassign", by: actor("UBEN"), version, from: null, to, comment: "yours" });
    const { version: next } = await house.approvalOf(requestId);
    const { choice } = await movableSeats(house.ports)(id, next, actor("UROOT"));
    expect(choice).toEqual({ holders: [to, holders[1]], own: to, canAdd: false });
  });

  it.each([
    ["the requester, who holds no seat", "UANA", "not_allowed"],
    ["a stranger", "UMALLORY", "not_allowed"],
    ["who left Slack", "UGONE", "person_deactivated"],
  ])("are none for %s", async (_, by, code) => {
    const { movable } = await asked();
    await expect(movable(by)).rejects.toMatchObject({ code });
  });

  it("are none on a card that is out of date, and none after the decision", async () => {
    const { movable, version, requestId } = await asked();
    await expect(movable("UBEN", version + 1)).rejects.toMatchObject({ code: "card_stale" });
    await house.approve(requestId);
    for (const by of ["UBEN", "UROOT"]) await expect(movable(by)).rejects.toMatchObject({ code: "already_decided" });
  });

  it("move as chosen: an administrator takes Chiyo's, or adds one", async () => {
    for (const [from, expected] of [
      [holders[1], ["UBEN", "UMALLORY"]],
      [null, ["UBEN", "UCHI", "UMALLORY"]],
    ] as const) {
      const { id, version, requestId } = await asked();
      const to = { kind: "person", userId: "UMALLORY" } as const;
      const named = from === null || from === undefined ? null : ({ kind: "person", userId: from.userId } as const);
      await house.decide(id, { kind: "reassign", by: actor("UROOT"), version, from: named, to, comment: "on leave" });
      expect((await house.approvalOf(requestId)).holder_keys).toEqual(expected.map((userId) => `person:${userId}`));
    }
  });
});
