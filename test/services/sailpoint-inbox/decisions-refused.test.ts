import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { anInbox, type Inbox, USERS } from "./an-inbox.ts";

const { approver: ben, otherApprover: chiyo } = IDENTITIES;

/**
 * Contract: a click that may not count sends nothing to SailPoint, says why, and is told once to whoever clicked.
 */
describe("a decision that may not count", () => {
  let house: Inbox;
  beforeEach(async () => {
    house = await anInbox({ totalMilliseconds: 1_500 });
    await house.poll();
  });
  afterEach(() => house.close());

  it("is refused to whoever is not asked, or not any more, whatever their card says", async () => {
    const id = await house.shown();
    await house.click(USERS.chiyo, id);
    await house.drain();
    await house.at.tenant.control.reassign({ id, by: ben.id, to: chiyo.id });
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.statusOf(id)).toBe("PENDING");
    expect(house.told).toEqual([
      { userId: USERS.chiyo, code: "sailpoint_not_assigned" },
      { userId: USERS.ben, code: "sailpoint_not_assigned" },
    ]);
  });

  it("is refused when what it is about has changed since the card was drawn", async () => {
    const id = await house.shown({ attributes: { hours: "2" } });
    await house.at.tenant.control.setAttributes({ id, attributes: { hours: "200" } });
    await house.click(USERS.ben, id);
    await house.drain();
    expect(await house.statusOf(id)).toBe("PENDING");
    expect(house.told).toEqual([{ userId: USERS.ben, code: "card_stale" }]);
    expect(house.cards(USERS.ben)[0]).toMatchObject({ version: 2, approval: { additionalAttributes: { hours: "200" } } });
    await house.click(USERS.ben, id, { kind: "approve", comment: null }, 2);
    await house.drain();
    expect(await house.statusOf(id)).toBe("APPROVED");
  });

  it("is not taken from a button where SailPoint wants a new sign-in, nor without the comment that it wants", async () => {
    const secured = await house.shown({ targets: [{ id: "r1", name: "root", targetType: "ROLE", reauthRequired: true }] });
    await house.click(USERS.ben, secured);
    const commented = await house.shown({ config: { requiresComment: "ALL" } });
    await house.click(USERS.ben, commented);
    await house.drain();
    expect([await house.statusOf(secured), await house.statusOf(commented)]).toEqual(["PENDING", "PENDING"]);
    expect(house.told.map(({ code }) => code)).toEqual(["sailpoint_decide_there", "comment_required"]);
  });

  it("is refused when the email is another's by now", async () => {
    const id = await house.shown();
    await house.click(USERS.ben, id);
    house.emails.set(USERS.ben, "somebody.else@harbour.example");
    await house.drain();
    expect(await house.statusOf(id)).toBe("PENDING");
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_not_assigned" }]);
  });

  it.each([
    ["before it was sent", false],
    ["after it was sent", true],
  ])("is sent once when the process dies %s", async (_when, isSent) => {
    const id = await house.shown();
    await house.click(USERS.ben, id);
    const dying = house.replica({
      ...house.at.sailpoint,
      approvals: {
        ...house.at.sailpoint.approvals,
        approve: async (...said) => {
          if (isSent) await house.at.sailpoint.approvals.approve(...said);
          return new Promise(() => {}); // nobody will ever hear of it
        },
      },
    });
    const [decision] = await house.db.selectFrom("sailpoint_decision").select("id").execute();
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    void dying.decide({ decisionId: decision?.id ?? "" }, attempt);
    await expect.poll(() => house.states()).toEqual([{ userId: USERS.ben, state: "SENDING" }]);
    await expect.poll(() => house.decided(id)).toBe(isSent ? 1 : 0);
    await house.drain();
    expect(await house.decided(id)).toBe(isSent ? 1 : 0);
    expect((await house.states()).map(({ state }) => state)).toEqual([isSent ? "CONFIRMED" : "UNPROVEN"]);
  });

  it("lets nobody hand on to whom SailPoint does not know", async () => {
    const id = await house.shown();
    await expect(house.click(USERS.ben, id, { kind: "reassign", comment: null, toUserId: "UNOBODY" })).rejects.toMatchObject({
      code: "sailpoint_assignee_unknown",
      details: { field: "assignee" },
    });
    expect(await house.states()).toEqual([]);
  });

  it("is handed on to nobody who has another email by now than the identity", async () => {
    await house.shown({ approverIds: [chiyo.id] });
    const id = await house.shown();
    house.emails.set(USERS.chiyo, "chiyo.new@harbour.example");
    await house.click(USERS.ben, id, { kind: "reassign", comment: null, toUserId: USERS.chiyo });
    await house.drain();
    expect((await house.at.stored(id)).assignedTo).toMatchObject([{ identityID: ben.id }]);
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_assignee_unknown" }]);
  });

  it("tells what it has to tell when Slack is back", async () => {
    const id = await house.shown();
    await house.at.tenant.control.decide({ id, by: ben.id, verdict: "APPROVED" });
    await house.click(USERS.ben, id);
    const [decision] = await house.db.selectFrom("sailpoint_decision").select("id").execute();
    house.slack.isAway = true;
    const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
    await expect(house.decide({ decisionId: decision?.id ?? "" }, attempt)).rejects.toMatchObject({ code: "slack_unreachable" });
    house.slack.isAway = false;
    await house.drain();
    expect(house.told).toEqual([{ userId: USERS.ben, code: "sailpoint_decided" }]);
  });
});
