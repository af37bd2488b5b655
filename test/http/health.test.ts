import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.ts";
import { type Health, startHealth } from "../../src/http/health/start-health.ts";
import { systemTimers } from "../../src/timers.ts";
import { keptLog } from "../support/silent-log.ts";

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const start = async ({ port = 0, lagMilliseconds = 0 }: { readonly port?: number | null; readonly lagMilliseconds?: number }) => {
  const { log, lines } = keptLog();
  const lag = { medianMilliseconds: lagMilliseconds, mostMilliseconds: lagMilliseconds };
  const health = await startHealth({
    config: { port, host: "127.0.0.1" },
    clock: systemClock,
    timers: systemTimers,
    log,
    eventLoop: { lag: () => lag, close: () => {} },
  });
  open.push(health.close);
  return { health, lines };
};
const get = async (health: Health, path: string, method = "GET") => {
  const response = await fetch(`http://127.0.0.1:${health.port()}${path}`, { method });
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

describe("the port of health and metrics", () => {
  it("answers that the process is alive before anything else stands, and that it is not ready", async () => {
    const { health } = await start({});
    expect(await get(health, "/healthz")).toMatchObject({ status: 200, type: "application/json" });
    const { status, text } = await get(health, "/readyz");
    expect(status).toBe(503);
    expect(JSON.parse(text)).toMatchObject({ ready: false, reasons: [{ code: "starting", message: expect.stringContaining("starting") }] });
  });

  it("says 503 of a process whose event loop is stuck", async () => {
    const { health } = await start({ lagMilliseconds: 2_500 });
    const { status, text } = await get(health, "/healthz");
    expect([status, JSON.parse(text)]).toEqual([503, { alive: false, eventLoopLagMilliseconds: 2_500 }]);
  });

  it("counts what it is told, with every series there from the start", async () => {
    const { health } = await start({});
    health.metrics.request("submitted");
    health.metrics.timeToGrant(3);
    health.metrics.zpaCall({ kind: "write", outcome: "rate_limited" });
    const { type, text } = await get(health, "/metrics");
    expect(type).toContain("text/plain; version=0.0.4");
    const lines = text.split("\n");
    expect(lines).toContain('portcullis_requests_total{outcome="submitted"} 1');
    expect(lines).toContain('portcullis_requests_total{outcome="failed"} 0');
    expect(lines).toContain('portcullis_time_to_grant_seconds_bucket{le="5"} 1');
    expect(lines).toContain('portcullis_time_to_grant_seconds_bucket{le="2"} 0');
    expect(lines).toContain('portcullis_zpa_calls_total{kind="write",outcome="rate_limited"} 1');
    expect(text).toContain("nodejs_eventloop_lag_seconds");
    expect(text).toContain("process_resident_memory_bytes");
  });

  it("keeps the counts of two bots in one process apart", async () => {
    const [one, other] = [await start({}), await start({})];
    one.health.metrics.decision("approve");
    expect((await get(one.health, "/metrics")).text).toContain('portcullis_decisions_total{verdict="approve"} 1');
    expect((await get(other.health, "/metrics")).text).toContain('portcullis_decisions_total{verdict="approve"} 0');
  });

  it("answers nothing else", async () => {
    const { health } = await start({});
    expect((await get(health, "/")).status).toBe(404);
    expect((await get(health, "/healthz", "POST")).status).toBe(405);
    expect(await get(health, "/healthz", "HEAD")).toMatchObject({ status: 200, text: "" });
  });

  it("refuses to start on a port that is taken, and names the setting", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    open.push(async () => taken.close());
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    await expect(start({ port })).rejects.toMatchObject({ code: "port_in_use", details: { params: { port, setting: "HEALTH_PORT" } } });
  });

  it("is nowhere when it is switched off", async () => {
    const { health } = await start({ port: null });
    health.metrics.request("submitted");
    expect(health.port()).toBeNull();
  });
});
