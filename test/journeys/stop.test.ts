/**
 * Contract: a bot says truthfully how it stands when its database goes, and ends when it is told to, whatever hangs: in order, cut short at
 * its deadline, or at once at the second signal. A port that is taken is a sentence.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { launchSimulators } from "../../sandbox/launch-simulators.ts";
import { startEmbeddedPostgres } from "../../sandbox/start-postgres.ts";
import { until } from "../../sandbox/story/until.ts";
import { aReplica } from "./a-replica.ts";

const aStartedReplica = async (settings: Readonly<Record<string, string>> = {}) => {
  const server = await startEmbeddedPostgres();
  const stopped = { server: false };
  const stopServer = async (): Promise<void> => {
    if (stopped.server) return;
    stopped.server = true;
    await server.stop();
  };
  onTestFinished(stopServer);
  const simulators = await launchSimulators({ slackMode: "http", dataFolder: "/nonexistent", bot: "by-hand" });
  onTestFinished(() => simulators.close());
  const replica = await aReplica({ ...simulators.settings, DATABASE_URL: await server.newDatabase(), ...settings });
  onTestFinished(replica.kill);
  await replica.start();
  return { replica, stopServer };
};

describe("a bot as a process", { timeout: 90_000 }, () => {
  it("says that its database is gone, is alive all the same, and stops", async () => {
    const { replica, stopServer } = await aStartedReplica();
    await stopServer();
    const body = await until("a reason", async () => {
      const answer = await fetch(`${replica.healthUrl}/readyz`);
      return answer.status === 503 ? answer.text() : null;
    });
    expect(JSON.parse(body)).toMatchObject({ ready: false, reasons: [{ code: "database_not_answering" }] });
    expect(body).not.toMatch(/postgres:|at .*\.ts/);
    expect((await fetch(`${replica.healthUrl}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`${replica.healthUrl}/metrics`)).text();
    expect(metrics).toContain("portcullis_database_up 0");
    expect(metrics).not.toContain("portcullis_queue_depth{");
    expect([0, 1]).toContain(await replica.stop());
  });

  it("is unready while it drains, and ends at once at a second signal", async () => {
    const { replica } = await aStartedReplica({ DRAIN_SECONDS: "15" });
    const first = replica.stop();
    const body = await until("draining", async () => {
      const answer = await fetch(`${replica.healthUrl}/readyz`);
      return answer.status === 503 ? answer.text() : null;
    });
    expect(JSON.parse(body)).toMatchObject({ ready: false, reasons: [{ code: "draining" }] });
    expect((await fetch(`${replica.url}/slack/events`, { method: "POST" })).status).toBe(401); // it answers still
    expect(await replica.stop()).toBe(1);
    expect(await first).toBe(1);
  });

  it("says in a sentence that a port is taken", async () => {
    const simulators = await launchSimulators({ slackMode: "http", dataFolder: "/nonexistent", bot: "by-hand" });
    onTestFinished(() => simulators.close());
    const taken = createServer();
    taken.listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? String(address.port) : "";
    const { PATH = "" } = process.env;
    const env = { PATH, ...simulators.settings, HEALTH_PORT: port };
    const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/main.ts")], { env });
    const [[status], said] = await Promise.all([once(child, "exit"), text(child.stderr)]);
    expect(status).toBe(1);
    expect(said).toContain(`The port ${port} is taken by another program. Stop that, or choose another port in HEALTH_PORT.`);
  });
});
