import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createHandTimers } from "../../support/timers.ts";
import { ana } from "../../views/models.ts";
import { aProjection, aSlack, face } from "./a-projection.ts";

/**
 * Contract: one worker at a time projects a request, an older state never overwrites a newer, and whatever failed on the way every card ends at the
 * present state, with no step said twice.
 */
let house: Awaited<ReturnType<typeof aProjection>>;
beforeAll(async () => {
  house = await aProjection();
});
afterAll(() => house.close());

const approved = { status: "APPROVED" as const };

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
