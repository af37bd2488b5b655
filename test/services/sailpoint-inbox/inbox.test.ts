import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GROUPS, IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { PortcullisError } from "../../../src/errors.ts";
import { anInbox, type Inbox, USERS } from "./an-inbox.ts";

/**
 * Contract: what waits in SailPoint is told in Slack to each person once: all that was there at the start by one message, later ones by a
 * card each, many at once by one message. What becomes of it elsewhere is on the card one poll later.
 */
describe("the SailPoint inbox", () => {
  let house: Inbox;
  beforeEach(async () => {
    house = await anInbox();
  });
  afterEach(() => house.close());

  it("tells what was there at the start by one message, and each later one by a card", async () => {
    for (const name of ["one", "two", "three"]) await house.at.born({ name });
    await house.poll();
    expect(house.of(USERS.ben)).toEqual([{ kind: "digest", count: 3, isFirst: true, names: ["one", "two", "three"] }]);
    await house.at.born({ name: "four" });
    await house.poll();
    await house.poll();
    expect(house.cards(USERS.ben).map(({ approval, isAsked }) => [approval.name, isAsked])).toEqual([["four", true]]);
    expect(house.posts).toHaveLength(2);
  });

  it("tells many that come at once by one message", async () => {
    await house.poll();
    for (let n = 0; n < 7; n += 1) await house.at.born({ name: `late ${n}` });
    await house.poll();
    expect(house.of(USERS.ben)).toMatchObject([{ kind: "digest", count: 7, isFirst: false }]);
  });

  it("tells every listed member of a governance group", async () => {
    await house.poll();
    await house.at.born({ approverIds: [GROUPS.databaseOwners.id] });
    await house.poll();
    expect(house.cards(USERS.ben)).toHaveLength(1);
    expect(house.cards(USERS.chiyo)).toHaveLength(1);
  });

  it("shows one poll later what was decided in SailPoint, and who did", async () => {
    await house.poll();
    const id = await house.at.born();
    await house.poll();
    await house.at.tenant.control.decide({ id, by: IDENTITIES.approver.id, verdict: "REJECTED", comment: "no" });
    await house.poll();
    const [card] = house.cards(USERS.ben);
    expect(card?.approval.status).toBe("REJECTED");
    expect(card?.approval.rejectedBy?.map(({ identity }) => identity.name)).toEqual([IDENTITIES.approver.name]);
    expect(await house.ledger()).toEqual(["sailpoint.settled"]);
  });

  it("takes the buttons from whoever is not asked any more, and asks the other", async () => {
    await house.poll();
    const id = await house.at.born();
    await house.poll();
    await house.at.tenant.control.reassign({ id, by: IDENTITIES.approver.id, to: IDENTITIES.otherApprover.id });
    await house.poll();
    expect(house.cards(USERS.ben).map(({ isAsked }) => isAsked)).toEqual([false]);
    expect(house.cards(USERS.chiyo).map(({ isAsked }) => isAsked)).toEqual([true]);
  });

  it("tells administrators once of an approver whom nobody in Slack stands for", async () => {
    await house.at.born({ approverIds: [IDENTITIES.withoutSlack.id] });
    await house.at.born({ approverIds: [IDENTITIES.withoutSlack.id, IDENTITIES.approver.id] });
    await house.poll();
    house.clock.at = new Date(house.clock.at.getTime() + 2 * 3_600_000);
    await house.poll();
    expect(house.of(USERS.dora)).toMatchObject([
      { kind: "unmapped", identities: [{ id: IDENTITIES.withoutSlack.id, problem: "no_slack_user" }] },
    ]);
    expect(house.of(USERS.ben)).toMatchObject([{ kind: "digest", count: 1 }]);
  });

  it("tells nobody of whom two Slack users have the email, and one whose email is confirmed later", async () => {
    await house.poll();
    house.emails.set("UTWIN", IDENTITIES.approver.email);
    await house.at.born();
    await house.poll();
    expect(house.of(USERS.ben)).toEqual([]);
    expect(house.of(USERS.dora)).toMatchObject([{ kind: "unmapped", identities: [{ problem: "several_slack_users" }] }]);
    house.emails.delete("UTWIN");
    house.clock.at = new Date(house.clock.at.getTime() + 2 * 3_600_000);
    await house.poll();
    expect(house.cards(USERS.ben)).toHaveLength(1);
    expect(house.of(USERS.dora)).toHaveLength(1);
  });

  it("polls once when two replicas poll at once, and tells each person once", async () => {
    for (let n = 0; n < 4; n += 1) await house.at.born({ name: `n${n}`, approverIds: [GROUPS.databaseOwners.id] });
    const other = house.replica();
    const outcomes = await Promise.all([house.poll(), other.poll(), house.poll()]);
    expect(outcomes.filter((outcome) => outcome === "polled").length).toBeGreaterThanOrEqual(1);
    await house.poll();
    expect(house.of(USERS.ben)).toHaveLength(1);
    expect(house.of(USERS.chiyo)).toHaveLength(1);
  });

  it("loses and repeats nothing when a poll goes on whose claim another took over", async () => {
    for (let n = 0; n < 4; n += 1) await house.at.born({ name: `n${n}` });
    const gate = Promise.withResolvers<void>();
    const reading = Promise.withResolvers<void>();
    const slow = house.replica({
      ...house.at.sailpoint,
      approvals: {
        ...house.at.sailpoint.approvals,
        list: async (...asked) => {
          const listed = await house.at.sailpoint.approvals.list(...asked);
          reading.resolve();
          await gate.promise;
          return listed;
        },
      },
    });
    const first = slow.poll();
    await reading.promise;
    await house.db.updateTable("sailpoint_poll").set({ claimed_by: null }).execute(); // it ran out
    await house.at.tenant.control.decide({
      id: (await house.at.tenant.control.state()).approvals[0]?.id as string,
      by: IDENTITIES.approver.id,
      verdict: "APPROVED",
    });
    await house.poll();
    gate.resolve();
    await first;
    await house.poll();
    const stored = await house.db.selectFrom("sailpoint_approval").select("status").orderBy("id").execute();
    expect(stored.map(({ status }) => status)).toEqual(["APPROVED", "PENDING", "PENDING", "PENDING"]);
    expect(house.of(USERS.ben).filter(({ kind }) => kind === "digest")).toHaveLength(1);
  });

  it("leaves what is stored as it is while SailPoint is away, and says how old it is", async () => {
    await house.at.born();
    await house.poll();
    await house.at.tenant.control.fault({ method: "GET", kind: "500", times: 50 });
    await house.pollAsJob();
    house.clock.at = new Date(house.clock.at.getTime() + 600_000);
    const queue = await house.inbox.queue({ by: { teamId: "T1", userId: USERS.ben }, words: "", filter: "ALL", limit: 5, offset: 0 });
    expect(queue).toMatchObject({ waiting: 1, isOld: true });
    expect(house.waiting.map(({ queue: name }) => name)).toEqual(["poll-sailpoint"]);
    const poll = await house.db.selectFrom("sailpoint_poll").selectAll().executeTakeFirstOrThrow();
    expect(poll.failure).toBe("sailpoint_busy");
  });

  it("asks singly for a row that does not say whom it waits for", async () => {
    await house.poll();
    await house.at.born();
    const { approvals } = house.at.sailpoint;
    const list: typeof approvals.list = async (...asked) =>
      (await approvals.list(...asked)).map(({ raw: { assignedTo: _hidden, ...raw }, ...row }) => ({ ...row, assignedTo: null, raw }));
    await house.replica({ ...house.at.sailpoint, approvals: { ...approvals, list } }).poll();
    expect(house.cards(USERS.ben)).toHaveLength(1);
  });

  it("takes out of the queue what SailPoint does not have any more, and back in what comes again", async () => {
    const by = { teamId: "T1", userId: USERS.ben };
    const waiting = async () => (await house.inbox.queue({ by, words: "", filter: "ALL", limit: 5, offset: 0 })).waiting;
    await house.poll();
    await house.at.born({ name: "root on db-prod", description: "100%" });
    await house.poll();
    expect(await waiting()).toBe(1);
    expect(await house.inbox.queue({ by, words: "DB-PROD 100%", filter: "ALL", limit: 5, offset: 0 })).toMatchObject({ waiting: 1 });
    expect(await house.inbox.queue({ by, words: "db_prod", filter: "ALL", limit: 5, offset: 0 })).toMatchObject({ waiting: 0 });
    const gone = house.replica({
      ...house.at.sailpoint,
      approvals: {
        ...house.at.sailpoint.approvals,
        list: async () => [],
        get: async () => {
          throw new PortcullisError("sailpoint_not_found");
        },
      },
    });
    await gone.poll();
    expect(await waiting()).toBe(0);
    await house.poll();
    expect(await waiting()).toBe(1);
    expect(house.cards(USERS.ben)).toHaveLength(1);
  });

  it("finds a message that was posted and not recorded, and posts it no second time", async () => {
    await house.poll();
    await house.at.born({ name: "earlier" });
    await house.poll();
    await house.at.born({ name: "crashed" });
    await house.poll();
    const [message] = await house.db.selectFrom("sailpoint_message").select("id").where("ts", "=", "2").execute();
    await house.db
      .updateTable("sailpoint_message")
      .set({ ts: null, channel_id: null, shown: null, posting_since: house.clock.at })
      .where("id", "=", message?.id ?? "")
      .execute();
    await house.show({ messageId: message?.id ?? "" });
    expect(house.posts).toHaveLength(2);
  });

  it("has what approving opens on the card and in the queue, as if by whoever reads it", async () => {
    await house.close();
    const deciders: (string | undefined)[] = [];
    house = await anInbox({
      foretell: async (_approval, decider) => {
        deciders.push(decider?.id);
        return { kind: "unknown" };
      },
    });
    await house.poll();
    await house.at.born({ name: "one" });
    await house.poll();
    expect(house.cards(USERS.ben)).toMatchObject([{ governed: { kind: "unknown" } }]);
    const by = { teamId: "T1", userId: USERS.ben };
    const { rows } = await house.inbox.queue({ by, words: "", filter: "ALL", limit: 10, offset: 0 });
    expect(rows).toMatchObject([{ governed: { kind: "unknown" } }]);
    expect(new Set(deciders)).toEqual(new Set([IDENTITIES.approver.id]));
  });
});
