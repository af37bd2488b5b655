import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GROUPS, IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { PortcullisError } from "../../../src/errors.ts";
import { anInbox, type Inbox, USERS } from "./an-inbox.ts";

const { approver: ben, otherApprover: chiyo, owner } = IDENTITIES;
const twoOfTwo = {
  type: "PARALLEL",
  approval: { calculationType: "COUNT", value: 2 },
  rejection: { calculationType: "COUNT", value: 1 },
} as const;

/**
 * Contract: a click counts only if SailPoint names whoever clicked among those it waits for now, is sent once, and is believed when a re-read
 * shows it. Answers that are lost, refusals for now, crashes and decisions in both places at once decide nothing twice and lose nothing, and
 * whoever clicked in vain is told once.
 */
describe("a decision on an approval of SailPoint's", () => {
  let house: Inbox;
  beforeEach(async () => {
    house = await anInbox({ totalMilliseconds: 1_500 });
    await house.poll();
  });
  afterEach(() => house.close());

  it("is approved in SailPoint with the name of whoever decided, and the card says so once a re-read shows it", async () => {
    const id = await house.shown();
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.statusOf(id)).toBe("APPROVED");
    expect(await house.commentsOf(id)).toEqual([
      expect.stringMatching(/^Approved, decided in Slack by UBEN \(ben\.okafor@harbour\.example\) \[Portcullis [0-9a-f-]{36}\]$/),
    ]);
    expect(await house.states()).toEqual([{ userId: USERS.ben, state: "CONFIRMED" }]);
    const [card] = house.cards(USERS.ben);
    expect(card?.approval.status).toBe("APPROVED");
    expect(card?.decisions).toMatchObject([{ state: "CONFIRMED", deed: { kind: "approve" } }]);
    expect(await house.ledger()).toEqual(["sailpoint.decision.recorded", "sailpoint.settled", "sailpoint.decision.settled"]);
    expect(house.told).toEqual([]);
  });

  it("is rejected with the person's reason, handed on, commented on, and given attributes", async () => {
    const rejected = await house.shown();
    await house.click(USERS.ben, rejected, { kind: "reject", comment: "not this week" });
    await house.drain();
    expect(await house.statusOf(rejected)).toBe("REJECTED");
    expect((await house.commentsOf(rejected))[0]).toMatch(/^not this week – Rejected, decided in Slack/);

    await house.shown({ approverIds: [chiyo.id] }); // so that Chiyo's identity is known
    const id = await house.shown();
    await house.click(USERS.ben, id, { kind: "comment", comment: "looking" });
    await house.drain();
    await house.click(USERS.ben, id, { kind: "attributes", comment: null, set: { ticket: "INC-1" }, remove: [] });
    await house.drain();
    await house.click(USERS.ben, id, { kind: "reassign", comment: "yours", toUserId: USERS.chiyo });
    await house.drain();
    const stored = await house.at.stored(id);
    expect(stored.additionalAttributes).toBe('{"ticket":"INC-1"}');
    expect(stored.assignedTo).toMatchObject([{ identityID: chiyo.id }]);
    expect((await house.states()).map(({ state }) => state)).toEqual(Array(4).fill("CONFIRMED"));
    await house.poll();
    expect(house.cards(USERS.chiyo).filter(({ approval }) => approval.id === id)).toMatchObject([{ isAsked: true }]);
  });

  it.each(["reset-after-effect", "500"] as const)(
    "is found by a re-read, and sent no second time, when its answer is lost (%s)",
    async (kind) => {
      const id = await house.shown();
      await house.at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind, times: 1 });
      const before = await house.at.calls("POST");
      await house.click(USERS.ben, id);
      await house.drain();
      expect((await house.at.calls("POST")) - before).toBe(1);
      if (kind === "500") {
        // SailPoint never did it: that is said, and nothing is tried again.
        expect(await house.statusOf(id)).toBe("PENDING");
        expect(await house.states()).toEqual([{ userId: USERS.ben, state: "UNPROVEN" }]);
        expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_unproven" }]);
      } else {
        expect(await house.decided(id)).toBe(1);
        expect(await house.states()).toEqual([{ userId: USERS.ben, state: "CONFIRMED" }]);
        expect(house.told).toEqual([]);
      }
    },
  );

  it("sends nothing beside what may still come about, and decides anew when that is ruled out", async () => {
    const id = await house.shown();
    await house.at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind: "500", times: 1 });
    await house.click(USERS.ben, id);
    await house.drain();
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.statusOf(id)).toBe("PENDING");
    house.clock.at = new Date(house.clock.at.getTime() + 11 * 60_000);
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.decided(id)).toBe(1);
    expect((await house.states()).map(({ state }) => state)).toEqual(["UNPROVEN", "REFUSED", "CONFIRMED"]);
  });

  it("waits 429s out, and goes on when SailPoint is back", async () => {
    const id = await house.shown();
    await house.at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind: "429", times: 12 });
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.decided(id)).toBe(1);
    expect(house.told).toEqual([]);
  });

  it("goes on with a new token when the old one ends between the look and the decision", async () => {
    const ids = [await house.shown(), await house.shown(), await house.shown()];
    await house.at.tenant.control.fault({ method: "POST", pathContains: "/approve", kind: "401", after: 1, times: 1 });
    await house.inbox.record({
      items: ids.map((sailpointId) => ({ sailpointId, version: 1 })),
      deed: { kind: "approve", comment: "all of them" },
      by: { teamId: "T1", userId: USERS.ben },
      place: { channelId: null, messageTs: null },
    });
    await house.at.tenant.control.expireTokens({});
    await house.drain();
    for (const id of ids) expect(await house.decided(id)).toBe(1);
    expect((await house.states()).map(({ state }) => state)).toEqual(["CONFIRMED", "CONFIRMED", "CONFIRMED"]);
  });

  it("counts for nothing when somebody decided in SailPoint first, and whoever clicked is told so once", async () => {
    const id = await house.shown();
    await house.click(USERS.ben, id);
    await house.at.tenant.control.decide({ id, by: ben.id, verdict: "REJECTED" });
    await house.drain();
    await house.drain();
    expect(await house.statusOf(id)).toBe("REJECTED");
    expect(await house.states()).toEqual([{ userId: USERS.ben, state: "ELSEWHERE" }]);
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_decided" }]);
    expect(house.cards(USERS.ben)[0]?.approval.status).toBe("REJECTED");
  });

  it("counts for nothing when SailPoint decides between the look and the decision", async () => {
    const id = await house.shown();
    const late = house.replica({
      ...house.at.sailpoint,
      approvals: {
        ...house.at.sailpoint.approvals,
        approve: async (...said) => {
          await house.at.tenant.control.decide({ id, by: ben.id, verdict: "REJECTED" });
          return house.at.sailpoint.approvals.approve(...said);
        },
      },
    });
    await late.click(USERS.ben, id);
    await late.drain();
    expect(await house.states()).toEqual([{ userId: USERS.ben, state: "ELSEWHERE" }]);
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_decided" }]);
  });

  it("is one, when two members of a group click at once on two replicas", async () => {
    const id = await house.shown({ approverIds: [GROUPS.databaseOwners.id] });
    const other = house.replica();
    await Promise.all([house.click(USERS.ben, id), other.click(USERS.chiyo, id, { kind: "reject", comment: "no" })]);
    await Promise.all([house.drain(), other.drain()]);
    await house.drain();
    await other.drain();
    expect(await house.decided(id)).toBe(1);
    expect((await house.states()).map(({ state }) => state).toSorted()).toEqual(["CONFIRMED", "ELSEWHERE"]);
    expect(house.told).toHaveLength(1);
  });

  it("is one, however often the same person clicks", async () => {
    const id = await house.shown();
    await Promise.all([house.click(USERS.ben, id), house.click(USERS.ben, id), house.click(USERS.ben, id)]);
    await house.drain();
    expect(await house.decided(id)).toBe(1);
    expect(await house.states()).toHaveLength(1);
  });

  it("counts in the place of whoever clicked, and in no other's", async () => {
    const id = await house.shown({ approverIds: [chiyo.id, ben.id], criteria: twoOfTwo });
    await house.click(USERS.ben, id);
    await house.drain();
    const stored = await house.at.stored(id);
    expect(stored.status).toBe("PENDING");
    expect(stored.assignedTo).toMatchObject([{ identityID: chiyo.id }]);
    expect(stored.approvedBy).toMatchObject([{ identityID: owner.id }]);
    await house.click(USERS.ben, id); // his voice has counted
    await house.drain();
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_not_assigned" }]);
    await house.click(USERS.chiyo, id);
    await house.drain();
    expect(await house.statusOf(id)).toBe("APPROVED");
    expect(await house.decided(id)).toBe(2);
  });

  it("goes on in the place that was taken over when the answer to that is lost", async () => {
    const id = await house.shown({ approverIds: [chiyo.id, ben.id], criteria: twoOfTwo });
    await house.at.tenant.control.fault({ method: "POST", pathContains: "/reassign", kind: "reset-after-effect", times: 1 });
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.decided(id)).toBe(1);
    expect((await house.at.stored(id)).assignedTo).toMatchObject([{ identityID: chiyo.id }]);
  });

  it("is left to SailPoint itself where the token's owner is an approver, too: it might count in the owner's place", async () => {
    const id = await house.shown({ approverIds: [owner.id, ben.id], criteria: twoOfTwo });
    await house.click(USERS.ben, id);
    await house.drain();
    expect((await house.at.stored(id)).assignedTo).toHaveLength(2);
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_decide_there" }]);
  });

  it("gives the place back when SailPoint then refuses the decision", async () => {
    const id = await house.shown({ approverIds: [chiyo.id, ben.id], criteria: twoOfTwo });
    const refusing = house.replica({
      ...house.at.sailpoint,
      approvals: {
        ...house.at.sailpoint.approvals,
        approve: async () => {
          throw new PortcullisError("sailpoint_refused", { params: { status: 400 } });
        },
      },
    });
    await refusing.click(USERS.ben, id);
    await refusing.drain();
    const assigned = (await house.at.stored(id)).assignedTo as { readonly identityID: string }[];
    expect(assigned.map(({ identityID }) => identityID).toSorted()).toEqual([ben.id, chiyo.id].toSorted());
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_refused" }]);
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.decided(id)).toBe(1);
  });
});
