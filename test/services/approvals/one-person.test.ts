/**
 * Contract: who is one user of ZPA is one person, whatever accounts they have in Slack: another account of the requester sits on no
 * seat, and another account of somebody who has decided is no second voice.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Holder } from "../../../src/services/approvals/approval.ts";
import { candidatesOf } from "../../../src/services/approvals/candidates.ts";
import { decide } from "../../../src/services/approvals/decide.ts";
import { openApproval } from "../../../src/services/approvals/open-approval.ts";
import { aHouse, type House } from "../access/a-house.ts";
import { anApproval, decider, group, person } from "./an-approval.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
  const ben = house.known.get("UBEN");
  if (!ben) throw new Error("Ben left");
  house.known.set("UANA2", { ...ben, userId: "UANA2", name: "Ana", email: "ana.admin@example.com", zpaUser: "ana@example.com" });
  house.groups.set("SANAS", ["UANA", "UANA2"]).set("SOPS", ["UANA2", "UCHI"]);
});
afterAll(() => house.close());

const two = { calculationType: "COUNT", value: 2 } as const;
const criteria = { type: "PARALLEL", approval: two, rejection: two } as const;

describe("the requester's other account", () => {
  const seatsFor = async (...holders: readonly Holder[]) => {
    const lookUp = (these: readonly Holder[]) =>
      candidatesOf(house.ports.people, {
        ...{ teamId: "T1", holders: these, barred: ["ana@example.com"] },
        seated: holders.flatMap((each) => (each.kind === "person" ? [each.userId] : [])),
      });
    const { approval } = openApproval(
      {
        ...anApproval([]),
        ...{ requester: { teamId: "T1", userId: "UANA" }, beneficiaryUserId: "UANA" },
        ...{ approvers: await lookUp(holders), standIns: await lookUp([person("UANA2"), person("UCHI")]) },
      },
      new Date("2026-11-02T09:00:00Z"),
    );
    return approval.seats.map(({ holder }) => holder);
  };

  it("sits on no seat, and stands in for nobody", async () => {
    expect(await seatsFor(person("UANA2"), person("UBEN"))).toEqual([person("UCHI"), person("UBEN")]);
    expect(await seatsFor(person("UANA"), person("UBEN"))).toEqual([person("UCHI"), person("UBEN")]);
  });

  it("is not what a group is there for", async () => {
    expect(await seatsFor(group("SANAS"), person("UBEN"))).toEqual([person("UCHI"), person("UBEN")]);
    expect(await seatsFor(group("SOPS"), person("UBEN"))).toEqual([group("SOPS"), person("UBEN")]);
  });

  it("leaves a group without anybody whose other members have seats of their own, or have left", async () => {
    house.groups.set("SDUO", ["UANA2", "UBEN", "UGONE"]);
    expect(await seatsFor(group("SDUO"), person("UBEN"))).toEqual([person("UCHI"), person("UBEN")]);
  });
});

describe("an approver's other account", () => {
  const now = new Date("2026-11-02T09:00:00Z");
  const ben = decider("UBEN");
  const benToo = { ...decider("UBEN2", "SOPS"), zpaUser: ben.zpaUser };

  it.each([
    ["on a seat of its own", person("UBEN2")],
    ["through a group", group("SOPS")],
  ])("is no second voice %s", (_, second) => {
    const approve = { kind: "approve", version: null, comment: null } as const;
    const { approval } = decide(anApproval([person("UBEN"), second], { criteria }), { ...approve, by: ben }, now);
    expect(approval.status).toBe("PENDING");
    expect(() => decide(approval, { ...approve, by: benToo }, now)).toThrow(expect.objectContaining({ code: "already_decided" }));
    expect(decide(approval, { ...approve, by: decider(second.kind === "person" ? "UROOT" : "UCHI", "SOPS") }, now).approval.status).toBe(
      "APPROVED",
    );
  });
});
