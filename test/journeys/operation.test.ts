/**
 * Contract: while people ask, approve and are granted, over the real bot: readiness and metrics say what happened, to anybody who asks
 * for them; no line of the log, at its most talkative, holds a secret; and ZPA being away makes no bot unready.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchSimulators, type Simulators } from "../../sandbox/launch-simulators.ts";
import { PEOPLE } from "../../sandbox/slack/seed.ts";
import { playStory } from "../../sandbox/story/play-story.ts";
import { until } from "../../sandbox/story/until.ts";
import { type Portcullis, startPortcullis } from "../../src/app.ts";
import { readConfig, secretsIn } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { type DataFolder, newMigratedFolder } from "../support/data-folder.ts";

describe.each(["socket", "http"] as const)("a bot in %s mode", (slackMode) => {
  let data: DataFolder;
  let simulators: Simulators;
  let bot: Portcullis;
  const lines: string[] = [];
  beforeAll(async () => {
    data = await newMigratedFolder();
    simulators = await launchSimulators({ slackMode, dataFolder: data.folder, bot: "by-hand" });
    await simulators.tenant.control.fault({ method: "GET", kind: "500", times: 3 });
    const config = readConfig({ ...simulators.settings, LOG_LEVEL: "debug" }, () => "");
    const log = createLog("debug", { secrets: secretsIn(config), to: { write: (line) => void lines.push(line) } });
    bot = await startPortcullis({ config, log });
  }, 60_000);
  afterAll(async () => {
    await bot.stop(5_000);
    await simulators.close();
    await data.remove();
  });

  const ask = async (path: string): Promise<{ status: number; text: string }> => {
    const response = await fetch(`http://127.0.0.1:${bot.healthPort()}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const sample = (text: string, series: string): number =>
    Number(
      text
        .split("\n")
        .find((line) => line.startsWith(`${series} `))
        ?.split(" ")[1],
    );

  it("is ready while ZPA is away, and warns with what is known of the catalog", { timeout: 60_000 }, async () => {
    const found = await until("a warning", async () => {
      const { status, text } = await ask("/readyz");
      expect(status, text).toBe(200);
      const { warnings } = JSON.parse(text);
      return warnings.length > 1 ? warnings : null;
    });
    expect(found).toMatchObject([
      { code: "zpa_not_answering", message: expect.stringContaining("no catalog") },
      { code: "catalog_missing" },
    ]);
  });

  it("is ready, and counts a request from its submission to its grant", { timeout: 60_000 }, async () => {
    expect(JSON.parse((await ask("/readyz")).text)).toMatchObject({ ready: true, reasons: [] });
    expect((await ask("/healthz")).status).toBe(200);
    await playStory({ slack: simulators.slack.control, tenant: simulators.tenant.control, tell: () => {} });
    // Gauges out of the database are a few seconds old at most.
    const text = await until("the request among the granted", async () => {
      const { text } = await ask("/metrics");
      return sample(text, 'portcullis_requests_open{status="GRANTED"}') === 1 ? text : null;
    });
    for (const series of [
      'portcullis_requests_total{outcome="submitted"}',
      'portcullis_requests_total{outcome="approved"}',
      'portcullis_requests_total{outcome="granted"}',
      'portcullis_decisions_total{verdict="approve"}',
      "portcullis_time_to_grant_seconds_count",
      'portcullis_zpa_calls_total{kind="write",outcome="ok"}',
      "portcullis_database_up",
    ])
      expect(sample(text, series), series).toBe(1);
    expect(sample(text, 'portcullis_zpa_calls_total{kind="read",outcome="ok"}')).toBeGreaterThan(1);
    expect(sample(text, 'portcullis_zpa_calls_total{kind="write",outcome="rate_limited"}')).toBe(0);
    expect(sample(text, 'portcullis_drift_findings{class="missing"}')).toBe(0);
    expect(sample(text, 'portcullis_zpa_budget_left{lane="write"}')).toBeGreaterThan(0);
    expect(sample(text, 'portcullis_zpa_budget_left{lane="write"}')).toBeLessThanOrEqual(10);
    expect(sample(text, "portcullis_slack_connections")).toBe(slackMode === "socket" ? 2 : 1);
    expect(sample(text, "portcullis_catalog_consoles")).toBeGreaterThan(1);
    expect(sample(text, "portcullis_catalog_age_seconds")).toBeLessThan(60);
    expect(sample(text, 'portcullis_queue_depth{queue="provision-grant"}')).toBe(0);
    expect(sample(text, 'portcullis_queue_oldest_seconds{queue="inbox"}')).toBe(0);
    expect(text).not.toContain(PEOPLE.requester.id);
  });

  it("has looked at the access rules with the catalog, and knows where an approval does nothing", () => {
    const [told] = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === "coverage.refreshed");
    expect(told).toMatchObject({ covered: 20, uncovered: 2, shadowed: 2, unknown: 1 });
  });

  it("has logged no secret", () => {
    const config = readConfig(simulators.settings, () => "");
    const all = lines.join("");
    for (const secret of secretsIn(config)) if (secret !== null) expect(all).not.toContain(secret);
    expect(all).not.toMatch(/xox[a-z]-|xapp-|Bearer |authorization"|\/response\/|trigger_id|response_url/i);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
  });
});
