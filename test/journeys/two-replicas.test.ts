/**
 * Contract: two whole bots that start at once on one empty PostgreSQL behave as one. What is asked for through one is decided through the
 * other and shows on one card for each person; a timer rings once; a crowd of clicks on both decides once; every call to ZPA is within the
 * one budget; and both say how things stand alike.
 */
import { addHours } from "date-fns/addHours";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { type EmbeddedServer, startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { textOf } from "../../sandbox/story/read-blocks.ts";
import { until } from "../../sandbox/story/until.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig } from "../../src/config.ts";
import { keptLog } from "../support/silent-log.ts";
import { startBalancer } from "./a-balancer.ts";
import { peopleAtWork } from "./people-at-work.ts";

const { requester: ana, approver: ben, otherApprover: chiyo } = PEOPLE;

describe("two replicas on one PostgreSQL", { timeout: 60_000 }, () => {
  let server: EmbeddedServer;
  let simulators: Simulators;
  let bots: readonly [Portcullis, Portcullis];
  let pool: pg.Pool;
  let people: ReturnType<typeof peopleAtWork>;
  const { log, lines } = keptLog();

  beforeAll(async () => {
    server = await startEmbeddedPostgres();
    const url = await server.newDatabase();
    simulators = await launchSimulators({ slackMode: "http", dataFolder: "/nonexistent", bot: "inside" });
    const settings = { ...simulators.settings, DATABASE_URL: url, HEALTH_PORT: "0", ZPA_MICROTENANTS: "false" };
    const config = readConfig(settings, () => "");
    const start = () => startPortcullis({ config: { ...config, slack: { ...config.slack, port: 0 } }, clock: simulators.clock, log });
    bots = await Promise.all([start(), start()]);
    simulators.clock.onMove(async () => void (await Promise.all(bots.map((bot) => bot.clockMoved()))));
    pool = new pg.Pool({ connectionString: url, max: 2 });
    people = peopleAtWork(simulators.slack.control);
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await Promise.all(bots.map((bot) => bot.stop(5_000)));
    await simulators.close();
    await server.stop();
  });

  /** Has Slack deliver to one of the two from now on. */
  const through = (place: 0 | 1): void => simulators.slack.deliverTo(`http://127.0.0.1:${bots[place].port()}/slack/events`);
  const countOf = async (query: string, values: readonly unknown[] = []): Promise<number> =>
    Number((await pool.query<{ count: string }>(query, [...values])).rows[0]?.count);
  const settlements = (reason: string): Promise<number> =>
    countOf(
      `select count(*) from ledger_event e join request r on r.id = e.request_id where e.kind = 'approval.settled' and r.reason = $1`,
      [reason],
    );
  const ready = (bot: Portcullis): Promise<unknown> => fetch(`http://127.0.0.1:${bot.healthPort()}/readyz`).then((answer) => answer.json());

  it("are both ready, with one set of tables and one reading of the catalog", async () => {
    for (const bot of bots) expect(await ready(bot)).toMatchObject({ ready: true, reasons: [] });
    await until("the catalog in both", async () => bots.every(({ services }) => services.catalog.size() > 0));
    expect(lines.filter(({ msg }) => msg === "catalog.refreshed")).toHaveLength(1);
    expect(await countOf("select count(*) from kysely_migration")).toBe(await countOf("select count(distinct name) from kysely_migration"));
  });

  it("show what was asked through one and approved through the other on one card for each, granted once", async () => {
    const before = (await simulators.tenant.control.state()).approvals.length;
    through(0);
    await people.ask("BOTH-1");
    for (const { id } of [ana, ben, chiyo]) await people.cardFor(id, "BOTH-1");
    through(1);
    expect((await people.approve(ben.id, "BOTH-1")).status).toBe("acked");
    const cards = await until("Granted on every card", async () => {
      const found = await people.cardsOf("BOTH-1");
      return found.every(({ blocks }) => /\bGranted\b/.test(textOf(blocks))) ? found : null;
    });
    expect(cards).toHaveLength(3);
    expect(new Set(cards.map(({ channel }) => channel)).size).toBe(3);
    expect((await simulators.tenant.control.state()).approvals.length - before).toBe(1);
    expect(await settlements("BOTH-1")).toBe(1);
  });

  it("decide once when both are clicked at the same instant", async () => {
    through(0);
    await people.ask("BOTH-2");
    for (const { id } of [ben, chiyo]) await people.cardFor(id, "BOTH-2");
    const balancer = await startBalancer(bots.map((bot) => ({ url: `http://127.0.0.1:${bot.port()}`, isReady: async () => true })));
    simulators.slack.deliverTo(`${balancer.url}/slack/events`);
    const clicks = await Promise.all([people.approve(ben.id, "BOTH-2"), people.approve(chiyo.id, "BOTH-2")]);
    expect(clicks.map(({ status }) => status)).toEqual(["acked", "acked"]);
    await balancer.close();
    await until("a decision", async () => (await settlements("BOTH-2")) > 0);
    await until("Granted on every card", async () =>
      (await people.cardsOf("BOTH-2")).every(({ blocks }) => /\bGranted\b/.test(textOf(blocks))),
    );
    expect(await settlements("BOTH-2")).toBe(1);
    expect(await countOf(`select count(*) from access_grant g join request r on r.id = g.request_id where r.reason = 'BOTH-2'`)).toBe(1);
  });

  it("ring a deadline once", async () => {
    const timeout = "approvalConfig:\n  requiresComment: REJECTION\n  timeoutConfig: { enabled: true, daysUntilTimeout: 1 }";
    const changed = await bots[0].services.rules.put({
      ...{ scope: "TENANT", scopeId: "", yaml: `longestWindowHours: 8\n${timeout}\n`, expectedRevision: null, mode: "apply" },
      by: { osUser: "test" },
    });
    expect(changed.result).toBe("applied");
    through(1);
    await people.ask("BOTH-3");
    await people.cardFor(ana.id, "BOTH-3");
    await simulators.clock.moveTo(addHours(simulators.clock.now(), 25));
    await until("Expired on Ana's card", async () => /expired/i.test(textOf((await people.cardFor(ana.id, "BOTH-3")).blocks)));
    expect(await settlements("BOTH-3")).toBe(1);
  });

  it("took a slot of the one budget for every call to ZPA, and were never told to slow down", async () => {
    const { calls, rateLimited } = await simulators.tenant.control.state();
    const made = Object.values(calls).reduce((sum, count) => sum + count, 0);
    expect(await countOf("select sum(ticket) as count from zpa_slot")).toBe(made);
    expect(rateLimited).toBe(0);
  });

  it("count what each of them did, and read how things stand alike", async () => {
    const metrics = await Promise.all(
      bots.map(async (bot) => {
        const text = await (await fetch(`http://127.0.0.1:${bot.healthPort()}/metrics`)).text();
        return new Map(
          text.split("\n").map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
        );
      }),
    );
    const sum = (series: string): number => metrics.reduce((total, samples) => total + (samples.get(series) ?? 0), 0);
    expect(sum('portcullis_requests_total{outcome="submitted"}')).toBe(3);
    expect(sum('portcullis_requests_total{outcome="approved"}')).toBe(2);
    expect(sum('portcullis_requests_total{outcome="expired"}')).toBe(1);
    expect(sum('portcullis_requests_total{outcome="granted"}')).toBe(2);
    expect(sum('portcullis_decisions_total{verdict="approve"}')).toBe(2);
    expect(sum("portcullis_time_to_grant_seconds_count")).toBe(2);
  });
});
