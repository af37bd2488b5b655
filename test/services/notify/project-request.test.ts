import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { noticesSaid, wholeKey } from "../../../src/services/notify/card-rows.ts";
import { createHandTimers } from "../../support/timers.ts";
import { ana, approvalOf, ben, requestOf } from "../../views/models.ts";
import { aProjection, aSlack, face } from "./a-projection.ts";

/**
 * Contract: whatever happened before (crashes, refusals, several workers at once, several steps since the last time), one run
 * without faults leaves every card in Slack at the request's present state, and every step said at most once to each person, unless
 * Slack took it and its answer was lost. Those who may decide hear of a request even where the approvals channel refuses it.
 */
let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());

const approved = { status: "APPROVED" as const };

describe("projecting a request onto Slack", () => {
  it("posts a card to the requester and to each approver, says that it was submitted, and has their homes drawn anew", async () => {
    const slack = aSlack();
    const id = await house.ask();
    house.enqueued.length = 0;
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(slack.said).toEqual(["D-U1ANA submitted"]);
    expect(house.enqueued).toEqual([
      { queue: "publish-home", payload: { userId: "U1ANA" } },
      { queue: "publish-home", payload: { userId: "U2BEN" } },
    ]);
  });

  it("notes of a broken glass that everybody was told, and not before a group could be read and every card stood", async () => {
    const slack = aSlack();
    const skipped = { ...approvalOf({}).rules, skipped: ["U2BEN", "SOPS"] };
    const id = await house.ask({
      request: requestOf({ origin: "BREAK_GLASS" }),
      approval: approvalOf({ status: "PASSED", seats: [], rules: skipped }),
    });
    const isNoted = async () => (await noticesSaid(house.db, [wholeKey(id)])).size === 1;
    const run = () => house.worker(slack.port).projectRequest(id);
    house.groups.set("SOPS", ["U7MO"]);
    house.unreadable.add("SOPS");
    await expect(run()).rejects.toThrow();
    expect([slack.shown().length, await isNoted()]).toEqual([2, false]); // whoever is named has a card, the group's members have none
    house.unreadable.clear();
    slack.refuse("post approver:U7MO");
    await expect(run()).rejects.toThrow();
    expect(await isNoted()).toBe(false);
    slack.allow();
    await run();
    expect(await isNoted()).toBe(true);
  });

  it("finds a card again whose posting was cut off, brings it up to date, and posts no second one", async () => {
    const slack = aSlack();
    await house.worker(slack.port).projectRequest(await house.ask()); // Ana and Ben have had cards before
    const before = slack.messages.size;
    const id = await house.ask();
    slack.loseAnswers(true);
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    slack.loseAnswers(false);
    house.change(id, { approval: { version: 9 } });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.messages.size).toBe(before + 2);
    expect(slack.shown().filter((card) => card.endsWith("v9"))).toHaveLength(2);
    expect(slack.calls).toContain("find D-U1ANA");
  });

  it("posts anew where it cannot look, and waits where Slack cannot be reached", async () => {
    const slack = aSlack();
    await house.worker(slack.port).projectRequest(await house.ask());
    const before = slack.messages.size;
    const id = await house.ask();
    slack.refuse("post requester:U1ANA");
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    slack.allow();
    slack.refuse("find D-U1ANA");
    await expect(house.worker(slack.port).projectRequest(id)).rejects.toThrow();
    expect(slack.messages.size).toBe(before + 1);
    slack.refuse(
      "find D-U1ANA",
      new PortcullisError("slack_refused", { params: { method: "conversations.history", reason: "missing_scope" } }),
    );
    await house.worker(slack.port).projectRequest(id);
    expect(slack.messages.size).toBe(before + 2);
  });

  it("does nothing when it runs again", async () => {
    const slack = aSlack();
    const id = await house.ask();
    await house.worker(slack.port).projectRequest(id);
    const before = slack.calls.length;
    house.enqueued.length = 0;
    await house.worker(slack.port).projectRequest(id);
    expect(slack.calls).toHaveLength(before);
    expect(house.enqueued).toEqual([]);
  });

  it("gives requester and beneficiary a card each, and tells both every step", async () => {
    const slack = aSlack();
    const id = await house.ask({
      request: requestOf({ beneficiary: ben }),
      approval: approvalOf({
        beneficiaryUserId: ben.userId,
        seats: [{ id: "1", holder: { kind: "person", userId: "U3CHI" }, decision: null, insteadOf: null, autoApproveFor: null }],
      }),
    });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3", "requester:U2BEN: PENDING v3"]);
    expect(slack.said.sort()).toEqual(["D-U1ANA submitted", "D-U2BEN submitted"]);
  });

  it("sends the cards of a group's seat to its members, except to those who asked", async () => {
    const slack = aSlack();
    house.groups.set("S1", ["U2BEN", "U3CHI", "U1ANA"]);
    const id = await house.ask({
      approval: approvalOf({
        seats: [{ id: "1", holder: { kind: "group", groupId: "S1" }, decision: null, insteadOf: null, autoApproveFor: null }],
      }),
    });
    await house.worker(slack.port).projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("posts to the approvals channel instead when there is one, and to a person who was handed the decision as well", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["channel:C9: PENDING v3", "requester:U1ANA: PENDING v3"]);
    const to = { kind: "person" as const, userId: "U3CHI" };
    house.change(id, {
      approval: {
        seats: [{ id: "s1", holder: to, decision: null, insteadOf: null, autoApproveFor: null }],
        reassignmentHistory: [
          {
            seatId: "s1",
            from: { kind: "person", userId: "U2BEN" },
            to,
            by: { teamId: "T1", userId: "U2BEN" },
            at: house.clock.at,
            comment: "on leave",
            commentId: null,
            kind: "MANUAL_REASSIGNMENT",
          },
        ],
      },
    });
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U3CHI: PENDING v4", "channel:C9: PENDING v4", "requester:U1ANA: PENDING v4"]);
    // The one whose queue it has left is among those whose homes are drawn anew.
    expect(house.enqueued.map(({ payload }) => (payload as { readonly userId: string }).userId).toSorted()).toEqual([
      "U1ANA",
      "U2BEN",
      "U3CHI",
    ]);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA reassigned"]);
  });

  it.each([
    ["the bot is not in it", new PortcullisError("slack_refused", { params: { reason: "not_in_channel" } })],
    ["another organisation can read it", new PortcullisError("channel_shared_externally")],
  ])("tells those who may decide in person when the approvals channel refuses its card: %s", async (_, refusal) => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    slack.refuse("post channel:C9", refusal);
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.channel-refused", audience: "channel:C9", requestId: id }));
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "channel:C9: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("takes the card back where another organisation can read it by now, tells those who may decide in person, and shows it again later", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.withheld.add("channel:C9");
    await notify.projectRequest(id);
    const inPerson = ["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"];
    expect(slack.shown()).toEqual([inPerson[0], "channel:C9: withheld", inPerson[1]]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.channel-shared", audience: "channel:C9", requestId: id }));
    slack.withheld.clear();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual([inPerson[0], "channel:C9: PENDING v3", inPerson[1]]);
  });

  it("waits for the channel when Slack is only away, and troubles nobody about a decided request", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port, "C9");
    const id = await house.ask();
    slack.refuse("post channel:C9");
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v3"]);
    slack.refuse("post channel:C9", new PortcullisError("slack_refused", { params: { reason: "is_archived" } }));
    house.change(id, { approval: approved });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v4"]);
  });

  it("lets no group that cannot be read stop the cards of anyone else", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    house.groups.set("S2", ["U3CHI"]);
    house.unreadable.add("S2");
    const id = await house.ask({
      approval: approvalOf({
        seats: [
          { id: "1", holder: { kind: "group", groupId: "S2" }, decision: null, insteadOf: null, autoApproveFor: null },
          { id: "2", holder: { kind: "person", userId: "U2BEN" }, decision: null, insteadOf: null, autoApproveFor: null },
        ],
      }),
    });
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    house.unreadable.clear();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "approver:U3CHI: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("catches up with several steps at once, in their order, and says each once", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    house.change(id, { request: { status: "FAILED", failure: { code: "zpa_busy", params: {}, reference: "R1" } }, approval: approved });
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA approved", "D-U1ANA failed"]);
    house.change(id, { request: { status: "FAILED", failure: { code: "zpa_busy", params: {}, reference: "R2" } } });
    await notify.projectRequest(id);
    house.change(id, { request: { status: "GRANTED", failure: null } });
    await notify.projectRequest(id);
    expect(slack.said.slice(3)).toEqual(["D-U1ANA failed", "D-U1ANA granted"]);
  });

  it("lets no refused card stop the others, fails as a whole, and finishes at the next try", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    slack.refuse("post approver:U2BEN", new PortcullisError("slack_refused", { params: { reason: "channel_not_found" } }));
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    expect(slack.shown()).toEqual(["requester:U1ANA: PENDING v3"]);
    expect(house.lines).toContainEqual(expect.objectContaining({ msg: "card.not-shown", audience: "approver:U2BEN", requestId: id }));
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
  });

  it("says a step at the next try when Slack refused it, and then the ones after it", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    slack.refuse("say submitted");
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    house.change(id, { approval: approved, request: { status: "GRANTING" } });
    slack.allow();
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA approved"]);
  });

  it("says a step again when Slack may have taken it and did not answer", async () => {
    const slack = aSlack();
    const { say } = slack.port;
    let lost = 1;
    const port: typeof slack.port = {
      ...slack.port,
      say: async (...args) => {
        await say(...args);
        if (lost-- > 0) throw new PortcullisError("slack_unreachable");
      },
    };
    const notify = house.worker(port);
    const id = await house.ask();
    await expect(notify.projectRequest(id)).rejects.toThrow(AggregateError);
    await notify.projectRequest(id);
    await notify.projectRequest(id);
    expect(slack.said).toEqual(["D-U1ANA submitted", "D-U1ANA submitted"]);
  });

  it("posts a card anew when someone deleted its message", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.messages.clear();
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });

  it("adopts a card that stands in Slack without being known, once, and keeps it current", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    slack.messages.set("D-U2BEN 99.0", { audience: "approver:U2BEN", shows: "PENDING v3" });
    const { id: approvalId, version } = (await house.overview(id)).approval;
    const card = {
      request: { approvalId, version },
      audience: { kind: "approver" as const, userId: "U2BEN" },
      channelId: "D-U2BEN",
      ts: "99.0",
    };
    house.enqueued.length = 0;
    await house.db.updateTable("approval").set({ version }).where("id", "=", approvalId).execute();
    await notify.adoptCard(card);
    await notify.adoptCard(card);
    expect(house.enqueued).toEqual([{ queue: "project-request", payload: { requestId: id } }]);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });

  it("brings a known card up to date at a click that shows how old it is, after Slack was away for too long", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    const { id: approvalId, version } = (await house.overview(id)).approval;
    const [place] = [...slack.messages].filter(([, { audience }]) => audience === "approver:U2BEN").map(([name]) => name.split(" "));
    const [channelId = "", ts = ""] = place ?? [];
    const card = { request: { approvalId, version }, audience: { kind: "approver" as const, userId: "U2BEN" }, channelId, ts };
    await house.db.updateTable("approval").set({ version }).where("id", "=", approvalId).execute();
    house.enqueued.length = 0;
    await notify.adoptCard(card);
    expect(house.enqueued).toEqual([]);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    await house.db
      .updateTable("approval")
      .set({ status: "APPROVED", version: version + 1 })
      .where("id", "=", approvalId)
      .execute();
    await notify.adoptCard(card);
    await notify.adoptCard({ ...card, request: { requestId: id } });
    const repair = { queue: "project-request", payload: { requestId: id } };
    expect(house.enqueued).toEqual([repair, repair]);
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });
});

describe("several workers at one request", () => {
  it("post each card once; whoever finds it taken comes back later", async () => {
    const slack = aSlack();
    const id = await house.ask();
    house.enqueued.length = 0;
    await Promise.all([1, 2, 3, 4].map(() => house.worker(slack.port).projectRequest(id)));
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(slack.said).toEqual(["D-U1ANA submitted"]);
  });

  it("in one process run one after the other, each with the state of its turn", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    const first = notify.projectRequest(id);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    house.enqueued.length = 0;
    await Promise.all([first, notify.projectRequest(id)]);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
    expect(house.enqueued.filter(({ queue }) => queue === "project-request")).toEqual([]);
  });

  it("respect the claim of one that is alive and take over from one that died", async () => {
    const slack = aSlack();
    const notify = house.worker(slack.port);
    const id = await house.ask();
    await notify.projectRequest(id);
    house.change(id, { request: { status: "GRANTED" }, approval: approved });
    const claimedUntil = (until: ReturnType<typeof sql<Date>>) =>
      house.db
        .updateTable("card")
        .set({ claimed_by: "another", claimed_until: until })
        .where("audience", "=", `requester:${ana.userId}`)
        .where("request_id", "=", id)
        .execute();

    await claimedUntil(sql<Date>`now() + interval '1 minute'`);
    house.enqueued.length = 0;
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: PENDING v3", "requester:U1ANA: PENDING v3"]);
    expect(house.enqueued).toEqual([{ queue: "project-request", payload: { requestId: id } }]);

    await claimedUntil(sql<Date>`now() - interval '1 second'`);
    await notify.projectRequest(id);
    expect(slack.shown()).toEqual(["approver:U2BEN: GRANTED v4", "requester:U1ANA: GRANTED v4"]);
  });

  it("keep a claim for as long as Slack keeps them waiting, and let go of it at the end", async () => {
    const slack = aSlack();
    const { timers, pass, sleepers } = createHandTimers();
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { promise: posting, resolve: reached } = Promise.withResolvers<void>();
    const port: typeof slack.port = {
      ...slack.port,
      post: async (...args) => {
        reached();
        await answered;
        return slack.port.post(...args);
      },
    };
    const id = await house.ask();
    const running = house.worker(port, null, timers).projectRequest(id);
    await posting;
    const claim = house.db.updateTable("card").where("request_id", "=", id).where("claimed_by", "is not", null);
    for (let beat = 0; beat < 3; beat += 1) {
      await claim.set({ claimed_until: sql<Date>`now() + interval '1 second'` }).execute();
      await pass(5_000);
      const left = sql<number>`extract(epoch from claimed_until - now())::int`.as("left");
      const seconds = () =>
        house.db.selectFrom("card").select(left).where("request_id", "=", id).where("claimed_by", "is not", null).executeTakeFirst();
      await expect.poll(async () => (await seconds())?.left).toBeGreaterThan(10);
    }
    answer();
    await running;
    expect(sleepers()).toBe(0);
    const held = house.db.selectFrom("card").select("id").where("request_id", "=", id).where("claimed_by", "is not", null);
    expect(await held.execute()).toEqual([]);
  });

  it("puts on record what Slack took although the database was away for a moment, and posts no second card", async () => {
    const slack = aSlack();
    const id = await house.ask();
    let lost = 0;
    const flaky = house.db.withPlugin({
      transformQuery: ({ node }) => {
        if (node.kind === "UpdateQueryNode" && JSON.stringify(node).includes('"name":"ts"') && lost++ < 1)
          throw new Error("Connection terminated");
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await house.worker(slack.port, null, undefined, undefined, flaky).projectRequest(id);
    expect(lost).toBeGreaterThan(1);
    const cards = await house.db.selectFrom("card").select("ts").where("request_id", "=", id).execute();
    expect(new Set(cards.map(({ ts }) => ts)).size).toBe(cards.length);
    expect(cards.filter(({ ts }) => ts === null)).toEqual([]);
    expect(Math.max(...cards.map(({ ts }) => Number(ts)))).toBe(cards.length);
  });

  it("send nothing more once another has taken the request over", async () => {
    const slack = aSlack();
    const id = await house.ask();
    const port: typeof slack.port = {
      ...slack.port,
      digest: async (...args) => {
        await house.db
          .updateTable("card")
          .set({ claimed_by: "another" })
          .where("request_id", "=", id)
          .where("claimed_by", "is not", null)
          .execute();
        return slack.port.digest(...args);
      },
    };
    await expect(house.worker(port).projectRequest(id)).rejects.toThrow();
    expect(slack.calls).toEqual([]);
  });

  it("always end at the present state, with no step said twice, whatever failed on the way", async () => {
    const steps = ["PENDING", "GRANTING", "GRANTED", "ENDED"] as const;
    const call = fc.constantFrom("post requester:U1ANA", "post approver:U2BEN", "update requester:U1ANA", "say submitted", "say granted");
    const moves = fc.array(
      fc.oneof(
        fc.constantFrom(...steps).map((status) => ({ kind: "change" as const, status })),
        fc.record({ kind: fc.constant("run" as const), workers: fc.integer({ min: 1, max: 3 }), refuse: fc.array(call, { maxLength: 2 }) }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(moves, async (played) => {
        const slack = aSlack();
        const id = await house.ask();
        for (const move of played) {
          if (move.kind === "change") {
            house.change(id, { request: { status: move.status }, approval: move.status === "PENDING" ? {} : approved });
            continue;
          }
          for (const refused of move.refuse) slack.refuse(refused);
          await Promise.allSettled(Array.from({ length: move.workers }, () => house.worker(slack.port).projectRequest(id)));
          slack.allow();
        }
        await house.worker(slack.port).projectRequest(id);
        const now = face(await house.overview(id));
        expect(slack.shown()).toEqual([`approver:U2BEN: ${now}`, `requester:U1ANA: ${now}`]);
        expect(new Set(slack.said).size).toBe(slack.said.length);
      }),
      { numRuns: 25 },
    );
  });
});
