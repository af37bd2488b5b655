/**
 * Contract: two replicas on one PostgreSQL are restarted one after the other, by SIGTERM, while clicks come in. Both stop in order and
 * exit 0; every click is answered; and each that was acknowledged is decided, once.
 */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { signedHeaders } from "../../sandbox/slack/deliveries/sign.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { buttonNamed } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { systemTimers } from "../../src/timers.ts";
import { DecisionValue } from "../../src/views/button-value.ts";
import { startBalancer } from "./a-balancer.ts";
import { aReplica, type Replica } from "./a-replica.ts";
import { peopleAtWork } from "./people-at-work.ts";

const { approver: ben } = PEOPLE;
const PACE_MILLISECONDS = 100;

let server: EmbeddedServer;
beforeAll(async () => {
  server = await startEmbeddedPostgres();
}, 60_000);
afterAll(() => server.stop());

/** Simulators and two replicas, both started at once on an empty database. */
async function twoReplicas(slackMode: "http" | "socket") {
  const url = await server.newDatabase();
  const simulators = await launchSimulators({ slackMode, dataFolder: "/nonexistent", bot: "by-hand" });
  onTestFinished(() => simulators.close());
  const settings = { ...simulators.settings, DATABASE_URL: url, DRAIN_SECONDS: "1" };
  const replicas = [await aReplica(settings), await aReplica(settings)] as const;
  for (const { kill } of replicas) onTestFinished(kill);
  await Promise.all(replicas.map(({ start }) => start()));
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  onTestFinished(() => pool.end());
  return { simulators, replicas, pool };
}

async function restartInTurn(replicas: readonly Replica[]): Promise<(number | null)[]> {
  const statuses: (number | null)[] = [];
  for (const replica of replicas) {
    statuses.push(await replica.stop());
    await replica.start();
  }
  return statuses;
}

/** How often each approval was settled, by the ledger. */
async function settledOf(pool: pg.Pool, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query<{ subject: string; times: string }>(
    `select subject, count(*) as times from ledger_event where kind = 'approval.settled' and subject = any($1) group by subject`,
    [ids],
  );
  return new Map(rows.map(({ subject, times }) => [subject, Number(times)]));
}

/** Pending approvals like this one, whose windows are over: their decision is all that follows. */
async function alike(pool: pg.Pool, approvalId: string, count: number): Promise<string[]> {
  await pool.query(
    `insert into request (id, requester, beneficiary, requester_user_id, beneficiary_user_id, consoles, requested_time, reason, status, submission_key, created_at)
     select gen_random_uuid(), requester, beneficiary, r.requester_user_id, r.beneficiary_user_id, consoles,
       jsonb_set(requested_time, '{end}', '{"kind":"at","at":"2026-01-01T00:00:00Z"}'), 'alike', r.status, 'alike:' || n, r.created_at
     from request r join approval a on a.request_id = r.id cross join generate_series(1, $2::int) n where a.id = $1`,
    [approvalId, count],
  );
  const { rows } = await pool.query<{ id: string }>(
    `insert into approval (id, request_id, status, version, body, requester_user_id, beneficiary_user_id, holder_keys, barred_keys, seated_keys, due_at, urgency, created_at)
     select gen_random_uuid(), r.id, a.status, a.version, a.body, a.requester_user_id, a.beneficiary_user_id, a.holder_keys, a.barred_keys, a.seated_keys, a.due_at, a.urgency, a.created_at
     from approval a cross join request r where a.id = $1 and r.reason = 'alike' returning id`,
    [approvalId],
  );
  return rows.map(({ id }) => id);
}

describe("a rolling restart", () => {
  it("behind a balancer answers every click and loses none", { timeout: 120_000 }, async () => {
    const { simulators, replicas, pool } = await twoReplicas("http");
    const balancer = await startBalancer(replicas);
    onTestFinished(balancer.close);
    simulators.slack.deliverTo(`${balancer.url}/slack/events`);
    const { ask, cardFor, approve } = peopleAtWork(simulators.slack.control);
    await ask("ROLL-1");
    const { approvalId } = DecisionValue.parse(
      JSON.parse(buttonNamed((await cardFor(ben.id, "ROLL-1")).blocks, "Approve")?.element.value ?? ""),
    );
    const waiting = await alike(pool, approvalId, 150);
    expect((await approve(ben.id, "ROLL-1")).status).toBe("acked");
    const template = balancer.bodies.findLast((body) => body.includes(encodeURIComponent(approvalId))) ?? "";

    const click = clicker(simulators, `${balancer.url}/slack/events`);
    const restarted = restartInTurn(replicas);
    let isOver = false;
    void restarted.finally(() => {
      isOver = true;
    });
    const clicked: { readonly approvalId: string; readonly status: number }[] = [];
    for (const id of waiting) {
      if (isOver) break;
      clicked.push({ approvalId: id, status: await click(template.replaceAll(approvalId, id)) });
      await systemTimers.sleep(PACE_MILLISECONDS);
    }
    expect(await restarted).toEqual([0, 0]);
    expect(clicked.length).toBeGreaterThan(20);
    expect(clicked.filter(({ status }) => status !== 200)).toEqual([]);
    const ids = clicked.map((each) => each.approvalId);
    const approved = await until("a decision for every click", async () => {
      const found = await settledOf(pool, ids);
      return found.size === ids.length ? found : null;
    });
    expect([...approved.values()].filter((times) => times !== 1)).toEqual([]);
  });

  it("over Socket Mode loses no click that was acknowledged, while the other replica holds on", { timeout: 120_000 }, async () => {
    const { simulators, replicas, pool } = await twoReplicas("socket");
    const { slack } = simulators;
    const { ask, cardFor, approve } = peopleAtWork(slack.control);
    await until("four connections", async () => (await slack.control.state()).connectedSockets === 4);
    const reasons = ["SOCK-1", "SOCK-2", "SOCK-3", "SOCK-4"];
    for (const reason of reasons) await ask(reason);
    const ids: string[] = [];
    for (const reason of reasons) {
      const card = await cardFor(ben.id, reason);
      ids.push(DecisionValue.parse(JSON.parse(buttonNamed(card.blocks, "Approve")?.element.value ?? "")).approvalId);
    }
    const restarted = restartInTurn(replicas);
    const answers: string[] = [];
    for (const reason of reasons) {
      answers.push((await approve(ben.id, reason)).status);
      await systemTimers.sleep(PACE_MILLISECONDS * 5);
    }
    expect(await restarted).toEqual([0, 0]);
    expect(answers).toEqual(reasons.map(() => "acked"));
    const approved = await until("a decision for every click", async () => {
      const found = await settledOf(pool, ids);
      return found.size === ids.length ? found : null;
    });
    expect([...approved.values()]).toEqual([1, 1, 1, 1]);
    await until("four connections again", async () => (await slack.control.state()).connectedSockets === 4);
  });
});

const clicker =
  ({ settings }: Simulators, url: string) =>
  async (body: string): Promise<number> => {
    const epochSeconds = Math.floor(Date.now() / 1_000);
    const signed = signedHeaders({ signingSecret: settings.SLACK_SIGNING_SECRET ?? "", epochSeconds, body });
    const headers = { "content-type": "application/x-www-form-urlencoded", ...signed };
    const { status } = await fetch(url, { method: "POST", headers, body });
    return status;
  };
