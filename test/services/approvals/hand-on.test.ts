import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Approval, Holder } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { handOn } from "../../../src/services/approvals/hand-on.ts";
import { type HolderState, type Presence, presenceOf } from "../../../src/services/approvals/presence.ts";
import { holderKey } from "../../../src/services/approvals/seats.ts";
import { passTime } from "../../../src/services/approvals/timers.ts";
import { anApproval, group, person } from "./an-approval.ts";

/**
 * Contract: a seat whose holder is known to have left goes to the fallback approver, else to the next link of the chain, else to an
 * administrator, whoever is known to be here and may decide; nobody else's seat is touched; and when nobody is left, that is said once.
 */
const now = new Date("2026-11-02T12:00:00Z");
const chained = (change: Partial<Approval> = {}) =>
  anApproval([person("UBEN"), group("SSRE")], {
    config: parseApprovalConfig({
      fallbackApprover: { identityID: "UFAY" },
      escalationConfig: {
        enabled: true,
        escalationCronSchedule: "@every 24h",
        daysUntilFirstEscalation: 1,
        escalationChain: [{ identityId: "UDAN" }, { identityId: "SOPS", identityType: "GOVERNANCE_GROUP" }],
      },
    }),
    ...change,
  });
const states = (...known: (readonly [string, HolderState])[]): Presence =>
  presenceOf(new Map(known.map(([id, state]) => [`${id.startsWith("S") ? "group" : "person"}:${id}`, state])));
const hand = (approval: Approval, presence: Presence) =>
  handOn(approval, { now, presence, fallback: person("UFAY"), admins: [person("UROOT"), group("SADM")], reference: "REF1" });
const holders = ({ seats }: Approval) => seats.map(({ holder }) => holderKey(holder));

describe("the seat of somebody who has left", () => {
  it.each([
    [
      "the fallback approver",
      [
        ["UFAY", "here"],
        ["UDAN", "here"],
        ["UROOT", "here"],
      ],
      "person:UFAY",
    ],
    [
      "the next link, when the fallback has left, too",
      [
        ["UFAY", "gone"],
        ["UDAN", "here"],
        ["UROOT", "here"],
      ],
      "person:UDAN",
    ],
    [
      "a link after one that could not decide",
      [
        ["UFAY", "gone"],
        ["UDAN", "unfit"],
        ["SOPS", "here"],
      ],
      "group:SOPS",
    ],
    [
      "an administrator, when the chain is gone",
      [
        ["UFAY", "gone"],
        ["UDAN", "gone"],
        ["SOPS", "gone"],
        ["UROOT", "gone"],
        ["SADM", "here"],
      ],
      "group:SADM",
    ],
    [
      "nobody whom Slack did not tell of",
      [
        ["UFAY", "unknown"],
        ["UDAN", "unknown"],
        ["UROOT", "here"],
      ],
      "person:UROOT",
    ],
  ] as [string, [string, HolderState][], string][])("goes to %s", (_, known, to) => {
    const { approval, events } = hand(chained(), states(["UBEN", "gone"], ["SSRE", "here"], ...known));
    expect(holders(approval)).toEqual([to, "group:SSRE"]);
    expect(events).toMatchObject([
      {
        kind: "approval.reassigned",
        move: { kind: "AUTO_REASSIGNMENT", by: null, from: person("UBEN") },
        insteadOf: person("UBEN"),
        escalation: null,
      },
    ]);
  });

  it("leaves two seats with two people, and passes over who holds one, decided or would decide on their own request", () => {
    const decided = { verdict: "APPROVED", by: { teamId: "T1", userId: "UDAN" }, at: now, comment: null, capacity: "APPROVER" } as const;
    const base = chained();
    const [first, second] = base.seats;
    if (!first || !second) throw new Error("two seats");
    const approval = {
      ...base,
      seats: [first, second, { ...first, id: "3", holder: group("SDUO"), decision: decided }],
      requesterUserId: "UFAY",
    };
    const known = states(["UBEN", "gone"], ["SSRE", "gone"], ["UFAY", "here"], ["UDAN", "here"], ["SOPS", "here"], ["UROOT", "here"]);
    expect(holders(hand(approval, known).approval)).toEqual(["group:SOPS", "person:UROOT", "group:SDUO"]);
  });

  it("stays where it is while nobody knows: an outage of Slack takes no seat away", () => {
    expect(hand(chained(), states(["UBEN", "unknown"], ["SSRE", "unfit"], ["UFAY", "here"])).events).toEqual([]);
  });

  it("returns to an earlier holder only when nobody else is left", () => {
    const move = {
      seatId: "1",
      from: person("UFAY"),
      to: person("UBEN"),
      by: null,
      at: now,
      comment: null,
      commentId: null,
      kind: "MANUAL_REASSIGNMENT",
    } as const;
    const approval = chained({ reassignmentHistory: [move] });
    const known = (others: HolderState) => states(["UBEN", "gone"], ["SSRE", "here"], ["UFAY", "here"], ["UROOT", others]);
    expect(holders(hand(approval, known("here")).approval)[0]).toBe("person:UROOT");
    expect(holders(hand(approval, known("gone")).approval)[0]).toBe("person:UFAY");
  });
});

describe("a seat that will approve itself", () => {
  it("stays whose it is, and is not missed, though nobody of its group is left but who asks", () => {
    const ana = { teamId: "T1", userId: "UANA" };
    const [bens, groups] = anApproval([person("UBEN"), group("SSRE")]).seats;
    if (!bens || !groups) throw new Error("two seats");
    const two = { calculationType: "COUNT", value: 2 } as const;
    const criteria = { type: "SERIAL", approval: two, rejection: two } as const;
    const approval = chained({ beneficiaryUserId: "UZOE", criteria, seats: [bens, { ...groups, autoApproveFor: ana }] });
    expect(hand(approval, states(["SSRE", "gone"], ["UFAY", "here"], ["UROOT", "here"])).events).toEqual([]);
    expect(hand({ ...approval, criteria: { ...criteria, type: "PARALLEL" } }, states(["SSRE", "gone"])).events).toEqual([]);
  });
});

describe("an approval with nobody left", () => {
  const alone = anApproval([person("UBEN")]);
  const nobody = states(["UBEN", "gone"], ["UFAY", "gone"], ["UROOT", "gone"], ["SADM", "gone"]);

  it("says so once, and forgets it when somebody takes the seat", () => {
    const first = hand(alone, nobody);
    expect(first.events).toEqual([{ kind: "approval.stranded", at: now, reference: "REF1" }]);
    expect(hand(first.approval, nobody).events).toEqual([]);
    const back = hand(first.approval, states(["UBEN", "gone"], ["UROOT", "here"])).approval;
    expect(back.timers.stranded).toBeNull();
    expect(holders(back)).toEqual(["person:UROOT"]);
  });

  it("says nothing while those who are here suffice", () => {
    expect(hand(anApproval([person("UBEN"), person("UCHI")]), nobody).events).toEqual([]);
  });

  it("is stuck at the seat whose turn it is, in a serial chain", () => {
    const serial = (holder: Holder[]) => anApproval(holder, { criteria: { ...alone.criteria, type: "SERIAL" } });
    expect(hand(serial([person("UBEN"), person("UCHI")]), nobody).events).toMatchObject([{ kind: "approval.stranded" }]);
    expect(hand(serial([person("UCHI"), person("UBEN")]), nobody).events).toEqual([]);
  });
});

describe("a request whose requester or beneficiary has left", () => {
  it.each(["UANA", "UZOE"])("is closed by nobody: %s", (userId) => {
    const { approval, events } = hand(anApproval([person("UBEN")], { beneficiaryUserId: "UZOE" }), states([userId, "gone"]));
    expect(approval).toMatchObject({ status: "CANCELLED", settledBy: null, completedAt: now });
    expect(events).toMatchObject([{ kind: "approval.settled", by: null }]);
  });

  it("stays open when Slack cannot be asked, and when it is decided already", () => {
    expect(hand(anApproval([person("UBEN")]), states(["UANA", "unknown"])).events).toEqual([]);
    expect(hand(anApproval([person("UBEN")], { status: "EXPIRED" }), states(["UANA", "gone"])).events).toEqual([]);
  });
});

describe("an escalation", () => {
  const later = new Date("2026-11-03T08:00:00Z");
  const escalated = (presence: Presence) => passTime(chained(), later, [person("UFAY"), person("UROOT")], presence);

  it("passes over a link that has left or could not decide, and not over one that nobody could ask about", () => {
    expect(holders(escalated(states(["UDAN", "gone"])).approval)[0]).toBe("group:SOPS");
    expect(holders(escalated(states(["UDAN", "unfit"])).approval)[0]).toBe("group:SOPS");
    expect(holders(escalated(states(["UDAN", "unknown"])).approval)[0]).toBe("person:UDAN");
    expect(escalated(states(["UDAN", "gone"], ["SOPS", "gone"])).events).toMatchObject([{ kind: "approval.escalation_exhausted" }]);
  });

  it("passes over a stand-in that has left", () => {
    const forDan = passTime(chained({ requesterUserId: "UDAN" }), later, [person("UFAY"), person("UROOT")], states(["UFAY", "gone"]));
    expect(holders(forDan.approval)[0]).toBe("person:UROOT");
  });
});

describe("whoever left", () => {
  it("never leaves two seats to one holder, and never one to somebody who is not known to be here", () => {
    const ids = ["UBEN", "UCHI", "SSRE", "UFAY", "UDAN", "SOPS", "UROOT", "SADM"];
    const state = fc.constantFrom<HolderState>("here", "gone", "unfit", "unknown");
    fc.assert(
      fc.property(fc.array(state, { minLength: ids.length, maxLength: ids.length }), (known) => {
        const stateOf = new Map(
          ids.map((id, index) => [holderKey(id.startsWith("S") ? group(id) : person(id)), known[index] ?? "unknown"]),
        );
        const before = chained({ seats: anApproval([person("UBEN"), person("UCHI"), group("SSRE")]).seats });
        const { approval } = hand(before, presenceOf(stateOf));
        expect(new Set(holders(approval)).size).toBe(3);
        holders(approval).forEach((holder, index) => {
          const was = holders(before)[index] ?? "";
          if (holder === was) return;
          expect([stateOf.get(was), stateOf.get(holder)]).toEqual(["gone", "here"]);
        });
      }),
    );
  });
});
