/**
 * Contract: two replicas on one PostgreSQL, a thousand approvals, and for each, at the same instant in both, a yes, a no, two
 * reassignments and the deadline. Every approval has one outcome and at most one grant; every loser is told clearly why; nothing
 * locks up; and the ledger alone makes each approval again.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, it, onTestFinished } from "vitest";
import { startEmbeddedPostgres } from "../../../sandbox/start-postgres.ts";
import { randomIds } from "../../../src/ids.ts";
import type { Jobs } from "../../../src/jobs/jobs.ts";
import type { Approval } from "../../../src/services/approvals/approval.ts";
import { parseApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { evolve } from "../../../src/services/approvals/approval-events.ts";
import { ApprovalEventJson } from "../../../src/services/approvals/approval-json.ts";
import { approvalFromRow } from "../../../src/services/approvals/approval-rows.ts";
import { openFor } from "../../../src/services/approvals/open-for-request.ts";
import { routeFor } from "../../../src/services/policy/route.ts";
import type { OpenDatabase } from "../../../src/store/database.ts";
import { openDatabase } from "../../../src/store/open-database.ts";
import { keptLog } from "../../support/silent-log.ts";
import { problemsOf } from "./engine-invariants.ts";
import { type Answer, DEADLINE, type Go, OPENED, personOf, type Side } from "./race-rounds.ts";

const ROUNDS = 1_000;
/** Rounds under way at once: as many as keep the connections of both processes busy. */
const AT_ONCE = 4;

/** What somebody may be told who came too late, or whose seat or card was no more what it was. */
const CLEAR: Readonly<Record<Answer["deed"], readonly string[]>> = {
  approve: ["ok", "already_decided", "not_allowed", "card_stale"],
  reject: ["ok", "already_decided", "not_allowed", "card_stale"],
  reassign: ["ok", "already_decided", "not_allowed", "card_stale"],
  timeout: ["ok"],
};

it("lets one outcome stand in each of 1,000 rounds, with one grant at most", { timeout: 180_000 }, async () => {
  const server = await startEmbeddedPostgres();
  onTestFinished(() => server.stop());
  const url = await server.newDatabase();
  const database = await openDatabase({ url, folder: "", log: keptLog().log });
  onTestFinished(() => database.close());
  const rounds = await openRounds(database);
  const replicas = await Promise.all([replica(url, "first"), replica(url, "second")]);

  const answers: Answer[] = [];
  for (let place = 0; place < ROUNDS; place += AT_ONCE) {
    const go: Go = { rounds: rounds.slice(place, place + AT_ONCE) };
    const told = replicas.map((each) => once(each, "message"));
    for (const each of replicas) each.send(go);
    for (const [given] of await Promise.all(told)) answers.push(...given);
  }

  expect(answers).toHaveLength(ROUNDS * 6);
  expect(answers.filter(({ deed, outcome }) => !CLEAR[deed].includes(outcome))).toEqual([]);
  const ends = await endsOf(database);
  expect(ends).toHaveLength(ROUNDS);
  for (const { approval, replayed, settlements, grants } of ends) {
    expect(problemsOf(approval, DEADLINE)).toEqual([]);
    expect(settlements).toBe(1);
    expect(grants).toBe(approval.status === "APPROVED" ? 1 : 0);
    expect(replayed).toEqual(approval);
  }
  const statuses = new Map(ends.map(({ approval }) => [approval.id, approval.status]));
  for (const { place, deed, outcome } of answers) {
    if (outcome !== "ok" || deed === "reassign" || deed === "timeout") continue;
    expect(statuses.get(rounds[place]?.approvalId ?? "")).toBe(deed === "approve" ? "APPROVED" : "REJECTED");
  }
  // Nobody won everything: it was a race.
  expect(new Set(statuses.values())).toEqual(new Set(["APPROVED", "REJECTED", "EXPIRED"]));
  expect(answers.some(({ deed, outcome }) => deed === "reassign" && outcome === "ok")).toBe(true);
  const { rows } = await sql<{ provisioned: string }>`
    select count(*) as provisioned from pgboss.job where name = 'provision-grant'`.execute(database.db);
  expect(Number(rows[0]?.provisioned)).toBe(ends.reduce((sum, { grants }) => sum + grants, 0));
});

async function replica(url: string, side: Side): Promise<ChildProcess> {
  const child = fork(join(import.meta.dirname, "race-until-killed.ts"), [url, side], { execArgv: [] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "message");
  return child;
}

const noJobs: Jobs = { enqueue: async () => {}, enqueueNow: async () => {}, work: async () => {}, stop: async () => {} };

/** A thousand requests of Ana's, each for a console on a segment of its own, with Bo and Cy to decide within a day. */
async function openRounds({ db }: OpenDatabase): Promise<Go["rounds"]> {
  const ana = personOf("ana");
  const people = {
    trusted: async ({ userId }: { readonly userId: string }) => personOf(userId),
    groupsOf: async () => [],
    membersOf: async () => [],
    isAdmin: async () => false,
  };
  const config = parseApprovalConfig({ timeoutConfig: { enabled: true, daysUntilTimeout: 1 } });
  const route = { ...routeFor({ approvers: [], selfApproval: false }), config };
  const approvers = ["bo", "cy"].map((userId) => ({ kind: "person", userId }) as const);
  const ports = { jobs: noJobs, people, ids: randomIds, admins: [], onSettled: async () => {} };
  return db.transaction().execute(async (trx) => {
    const rounds: Go["rounds"][number][] = [];
    for (let place = 0; place < ROUNDS; place += 1) {
      const id = randomIds.uuid();
      await trx.insertInto("request").values(aRequest(id, place)).execute();
      const open = await openFor(ports, { requester: ana, beneficiary: ana, route: { ...route, approvers } }, OPENED);
      rounds.push({ place, approvalId: await open(trx, id) });
    }
    return rounds;
  });
}

const aRequest = (id: string, place: number) => ({
  id,
  requester: JSON.stringify(personOf("ana")),
  beneficiary: JSON.stringify(personOf("ana")),
  requester_user_id: "ana",
  beneficiary_user_id: "ana",
  consoles: JSON.stringify([
    {
      ...{ id: `c${place}`, name: `console-${place}`, description: null, enabled: true },
      ...{ segmentId: `seg-${place}`, segmentName: `segment ${place}`, microtenantId: null, microtenantName: "Default" },
      ...{ privilegedApprovalsEnabled: true, protocol: "SSH", domain: null, portals: [] },
    },
  ]),
  requested_time: JSON.stringify({ start: { kind: "onApproval" }, end: { kind: "after", seconds: 3600 }, workingHours: null }),
  reason: "OPS-1",
  status: "PENDING",
  submission_key: id,
  created_at: OPENED,
});

/** How each approval ended, and what the ledger makes of it. */
async function endsOf({ db }: OpenDatabase) {
  const approvals = await db.selectFrom("approval").selectAll().execute();
  const kept = await db.selectFrom("ledger_event").select(["subject", "after"]).where("kind", "like", "approval.%").orderBy("id").execute();
  const grants = await db.selectFrom("access_grant").select("request_id").execute();
  const eventsOf = Map.groupBy(kept, ({ subject }) => subject);
  const grantsOf = Map.groupBy(grants, ({ request_id }) => request_id);
  return approvals.map((row) => {
    const events = (eventsOf.get(row.id) ?? []).map(({ after }) => ApprovalEventJson.parse(after));
    return {
      approval: approvalFromRow(row),
      replayed: events.reduce<Approval | null>(evolve, null),
      settlements: events.filter(({ kind }) => kind === "approval.settled").length,
      grants: grantsOf.get(row.request_id)?.length ?? 0,
    };
  });
}
