/**
 * Contract: on one PostgreSQL with two replicas, two uses of break-glass by one ZPA user at the same instant, each delivered twice, make
 * one grant and one review: the other is told that a review is due, and nothing of it is left. So in every round, and nothing locks up.
 */
import { addHours } from "date-fns/addHours";
import { expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import { settleRequest } from "../../../src/services/access/settle-request.ts";
import type { Catalog } from "../../../src/services/catalog/catalog.ts";
import type { Person } from "../../../src/services/directory/person.ts";
import { recordReview } from "../../../src/services/emergency/answer-review.ts";
import { breakGlassFor } from "../../../src/services/emergency/break-glass.ts";
import { dueReviewOf } from "../../../src/services/emergency/review-rows.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { codeOf } from "../../support/code-of.ts";
import { keptLog } from "../../support/silent-log.ts";
import { dora } from "../../views/emergency-models.ts";
import { consoleNamed } from "../../views/models.ts";

const ROUNDS = 40;
const dbProd = consoleNamed("db-prod");
const catalog: Catalog = {
  search: () => [dbProd],
  byId: (id) => (id === dbProd.id ? dbProd : null),
  byName: () => dbProd,
  onSegment: () => [dbProd],
  refreshedAt: () => null,
  size: () => 1,
};
/** Another Slack account of hers that ZPA knows as the same user. */
const other: Person = { ...dora, userId: "U01DORA002" };
const REVIEW = { happened: "It hung.", done: "Restarted it.", follows: "A watchdog." };

it("lets one use stand in each round", { timeout: 120_000 }, async () => {
  const server = await startEmbeddedPostgres();
  onTestFinished(() => server.stop());
  const url = await server.newDatabase();
  const databases = [
    await openDatabase({ url, folder: "", log: keptLog().log }),
    await openDatabase({ url, folder: "", log: keptLog().log }),
  ];
  onTestFinished(async () => void (await Promise.all(databases.map((database) => database.close()))));
  const clock = { at: new Date("2026-11-02T08:00:00Z"), now: () => clock.at };
  const replicas = databases.map((database) => replicaOn(database, clock));
  const [first] = databases;
  if (first === undefined) throw new Error("no database");

  for (let round = 1; round <= ROUNDS; round++) {
    const uses = replicas.flatMap(({ breakGlass }) =>
      [dora, other].map((person) => {
        const command = { consoleIds: [dbProd.id], seconds: null, reason: `INC-${round}`, submissionKey: `V${round}-${person.userId}` };
        return breakGlass(person, command, person.userId);
      }),
    );
    const outcomes = await Promise.all(uses.map((use) => codeOf(use)));
    // Both deliveries of the one that stands answer with it; both of the other are refused, for its review or for what it opened.
    const refusals = outcomes.filter((code) => code !== "ok");
    expect(outcomes, `round ${round}`).toHaveLength(refusals.length + 2);
    expect(["break_glass_review_due", "break_glass_still_open"], `round ${round}`).toEqual(expect.arrayContaining(refusals));
    const { count: requests } = await first.db
      .selectFrom("request")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    const { count: grants } = await first.db
      .selectFrom("access_grant")
      .select((eb) => eb.fn.countAll<string>().as("count"))
      .executeTakeFirstOrThrow();
    expect([Number(requests), Number(grants)], `round ${round}`).toEqual([round, round]);
    const due = await dueReviewOf(first.db, dora);
    await replicas[round % 2]?.answer({ reviewId: due?.id ?? "", answer: REVIEW, actor: dora.userId });
    clock.at = addHours(clock.at, 2); // what was opened is over
  }
});

function replicaOn({ db }: OpenDatabase, clock: { now: () => Date }) {
  const jobs: Jobs = { enqueue: async () => {}, enqueueNow: async () => {}, work: async () => {}, stop: async () => {} };
  const unasked = async (): Promise<never> => {
    throw new Error("Slack is not asked here");
  };
  const people = { trusted: unasked, groupsOf: unasked, membersOf: unasked, isAdmin: unasked };
  const { log } = keptLog();
  const settings = {
    ...{ approvers: ["U01BEN0000"], selfApproval: false, maxConsolesPerRequest: 10, admins: [], onCall: [], onCallMaxHours: 8 },
    breakGlass: new Map([dora, other].map(({ userId }) => [userId, null])),
    breakGlassMaxMinutes: 60,
    approvalsChannel: null,
  };
  const onSettled = settleRequest({ jobs, ids: randomIds, log, overnightHours: "next-day" });
  const ports = { db, jobs, people, catalog, clock, ids: randomIds, onSettled, settings };
  return { breakGlass: breakGlassFor(ports), answer: recordReview(ports) };
}
