/**
 * Contract: however many replicas run the job of one decision, and however many people decide one approval, at the same instant on one
 * PostgreSQL: SailPoint is sent one decision for each approval with one seat, whatever answers are lost; everybody else is told once.
 */
import fc from "fast-check";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, it } from "vitest";
import { GROUPS, IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { type ErrorCode, fromUnknown } from "../../../src/errors.ts";
import type { SailPointClient } from "../../../src/services/sailpoint/sailpoint-client.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { anInbox, USERS } from "./an-inbox.ts";

let server: EmbeddedServer;
let databases: readonly OpenDatabase[];
beforeAll(async () => {
  server = await startEmbeddedPostgres();
  const url = await server.newDatabase();
  databases = [await openDatabase({ url, folder: "", log: keptLog().log }), await openDatabase({ url, folder: "", log: keptLog().log })];
}, 60_000);
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await server.stop();
});

const fault = fc.constantFrom(null, "reset-after-effect", "reset", "429", "500", "401", "garbage");
const click = fc.record({
  userId: fc.constantFrom(USERS.ben, USERS.chiyo),
  verdict: fc.constantFrom("approve", "reject"),
  replica: fc.nat({ max: 1 }),
});

it("sends no decision twice and tells everybody once, whatever races and whatever is lost", { timeout: 240_000 }, async () => {
  const [first, second] = databases;
  if (first === undefined || second === undefined) throw new Error("there are two databases");
  const store = { db: first.db, empty: async () => {}, close: async () => {} };
  // Its ten seconds pass at once: the limit itself is held elsewhere.
  const house = await anInbox({ store, totalMilliseconds: 1_500, tenant: { monotonicMilliseconds: () => performance.now() * 1_000 } });
  await house.poll();
  const sends = new Map<string, number>();
  const counted = counting(house.at.sailpoint, sends);
  const replicas = [house.replica(counted), house.replica(counted)];
  await fc.assert(
    fc.asyncProperty(fc.array(click, { minLength: 1, maxLength: 4 }), fault, fc.nat({ max: 2 }), async (clicks, kind, after) => {
      house.told.length = 0;
      const id = await house.at.born({ approverIds: [GROUPS.databaseOwners.id] });
      await house.poll();
      if (kind !== null) await house.at.tenant.control.fault({ method: "POST", pathContains: id, kind, after: after % 2, times: 1 });
      await Promise.all(
        clicks.map(({ userId, verdict, replica }) => replicas[replica]?.click(userId, id, { kind: verdict, comment: "as I said" })),
      );
      const ids = (await house.db.selectFrom("sailpoint_decision").select("id").where("approval_id", "=", id).execute()).map(
        (each) => each.id,
      );
      const attempt = { jobId: "job", retryCount: 0, isLast: false, signal: new AbortController().signal };
      // What the queue tries again is the fault alone, where it certainly had no effect.
      const passes = (thrown: unknown): void => {
        if (kind === null || !CERTAINLY_NOT.has(fromUnknown(thrown).code)) throw thrown;
      };
      // Each job is delivered to both replicas at once, as when a claim ran out.
      await Promise.all(replicas.flatMap((replica) => ids.map((decisionId) => replica.decide({ decisionId }, attempt).catch(passes))));
      for (let round = 0; round < 12; round += 1) {
        await Promise.all(replicas.map((replica) => replica.drain()));
        for (const decisionId of ids) await replicas[round % 2]?.decide({ decisionId }, attempt).catch(passes);
      }
      await house.at.tenant.control.clearFaults({});
      const rows = await house.db
        .selectFrom("sailpoint_decision")
        .select(["id", "state", "by_user_id", "settled_at"])
        .where("approval_id", "=", id)
        .execute();
      expect(rows.every(({ settled_at }) => settled_at !== null)).toBe(true);
      const comments = (await house.at.stored(id)).comments as { readonly comment: string }[];
      for (const row of rows) expect(comments.filter(({ comment }) => comment.includes(row.id)).length).toBeLessThanOrEqual(1);
      expect(sends.get(id) ?? 0).toBeLessThanOrEqual(1);
      const sent = comments.filter(({ comment }) => comment.includes("decided in Slack by"));
      expect(sent.length).toBeLessThanOrEqual(1);
      const confirmed = rows.filter(({ state }) => state === "CONFIRMED");
      expect(confirmed.length).toBe(sent.length);
      for (const { id: decisionId } of confirmed) expect(sent[0]?.comment).toContain(decisionId);
      // Whoever's decision does not count is told once; whoever's does is not.
      expect(house.told.map(({ userId }) => userId).toSorted()).toEqual(
        rows
          .filter(({ state }) => state !== "CONFIRMED")
          .map(({ by_user_id }) => by_user_id)
          .toSorted(),
      );
    }),
    { numRuns: 30 },
  );
  await house.close();
});

it("counts each person in their own place, once, where two must agree", { timeout: 240_000 }, async () => {
  const [first, second] = databases;
  if (first === undefined || second === undefined) throw new Error("there are two databases");
  const fast = { monotonicMilliseconds: () => performance.now() * 1_000 };
  const nothing = async () => {};
  const house = await anInbox({ store: { db: second.db, empty: nothing, close: nothing }, totalMilliseconds: 1_500, tenant: fast });
  // Ids of the simulated tenant begin anew with it.
  await sql`truncate sailpoint_told, sailpoint_message, sailpoint_decision, sailpoint_approval cascade`.execute(second.db);
  await house.poll();
  const both = {
    type: "PARALLEL",
    approval: { calculationType: "COUNT", value: 2 },
    rejection: { calculationType: "COUNT", value: 2 },
  } as const;
  const { approver: ben, otherApprover: chiyo } = IDENTITIES;
  const idOf = { [USERS.ben]: ben.id, [USERS.chiyo]: chiyo.id } as const;
  await fc.assert(
    fc.asyncProperty(fc.array(click, { minLength: 1, maxLength: 4 }), fault, fc.nat({ max: 3 }), async (clicks, kind, after) => {
      const id = await house.at.born({ approverIds: [chiyo.id, ben.id], criteria: both });
      await house.poll();
      const replicas = [house, house.replica()];
      if (kind !== null) await house.at.tenant.control.fault({ method: "POST", pathContains: id, kind, after, times: 1 });
      await Promise.all(clicks.map(({ userId, replica }) => replicas[replica]?.click(userId, id)));
      for (let round = 0; round < 12; round += 1) await Promise.all(replicas.map((replica) => replica.drain()));
      await house.at.tenant.control.clearFaults({});
      const rows = await house.db
        .selectFrom("sailpoint_decision")
        .select(["state", "by_user_id", "settled_at"])
        .where("approval_id", "=", id)
        .execute();
      expect(rows.every(({ settled_at }) => settled_at !== null)).toBe(true);
      const confirmed = rows.filter(({ state }) => state === "CONFIRMED").map(({ by_user_id: userId }) => userId);
      expect(new Set(confirmed).size).toBe(confirmed.length);
      const stored = await house.at.stored(id);
      expect(stored.approvedBy).toHaveLength(confirmed.length);
      expect(stored.status).toBe(confirmed.length === 2 ? "APPROVED" : "PENDING");
      // Whoever did not click is asked as before: nobody voted in their place.
      const assigned = (stored.assignedTo as { readonly identityID: string }[]).map(({ identityID }) => identityID);
      for (const userId of [USERS.ben, USERS.chiyo])
        if (!clicks.some((each) => each.userId === userId)) expect(assigned).toContain(idOf[userId]);
    }),
    { numRuns: 20 },
  );
  await house.close();
});

/** Counts the decisions that went out and may have come about. */
function counting({ approvals, ownerId }: SailPointClient, sends: Map<string, number>): Pick<SailPointClient, "approvals" | "ownerId"> {
  const noted = async (id: string, call: Promise<void>): Promise<void> => {
    const note = () => void sends.set(id, (sends.get(id) ?? 0) + 1);
    try {
      await call;
      note();
    } catch (thrown) {
      if (!CERTAINLY_NOT.has(fromUnknown(thrown).code)) note();
      throw thrown;
    }
  };
  return {
    ownerId,
    approvals: {
      ...approvals,
      approve: (id, said) => noted(id, approvals.approve(id, said)),
      reject: (id, said) => noted(id, approvals.reject(id, said)),
    },
  };
}

const CERTAINLY_NOT: ReadonlySet<ErrorCode> = new Set(["sailpoint_unreachable", "sailpoint_rate_limited", "sailpoint_busy"]);
