import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { IDENTITIES } from "../../../sandbox/sailpoint/seed.ts";
import { startSailPoint } from "../../../sandbox/sailpoint/server.ts";
import { systemClock } from "../../../src/clock.ts";
import { createSailPointClient } from "../../../src/services/sailpoint/create-sailpoint-client.ts";
import { instantTimers } from "../zpa/support/instant-timers.ts";
import { sailPointTenant } from "./support/sailpoint-tenant.ts";

describe("a token", () => {
  it("is asked for once, however many calls begin together", async () => {
    await using at = await sailPointTenant();
    await Promise.all(Array.from({ length: 10 }, () => at.sailpoint.approvals.count()));
    expect((await at.tenant.control.state()).authCalls).toBe(1);
  });

  it("is replaced before its end, by what SailPoint said of its life", async () => {
    let now = systemClock.now().getTime();
    const clock = { now: () => new Date(now) };
    await using at = await sailPointTenant({ clock, tenant: { tokenSeconds: 749 } });
    await at.sailpoint.check();
    now += 600_000;
    await at.sailpoint.check();
    expect((await at.tenant.control.state()).authCalls).toBe(1);
    now += 100_000;
    await at.sailpoint.check();
    expect(await at.tenant.control.state()).toMatchObject({ authCalls: 2, calls: { GET: 3 } });
  });

  it("that SailPoint no longer takes is renewed once in a call, and a decision is still sent once", async () => {
    await using at = await sailPointTenant();
    const id = await at.born();
    await at.sailpoint.check();
    await at.tenant.control.expireTokens({});
    await at.sailpoint.approvals.approve(id);
    expect(await at.tenant.control.state()).toMatchObject({ authCalls: 2, calls: { POST: 2 } });
    expect(await at.stored(id)).toMatchObject({ approvedBy: [{}] });
  });

  it("that ends between two pages is renewed, and the list is whole", async () => {
    await using at = await sailPointTenant();
    const approvals = Array.from({ length: 400 }, (_, index) => ({
      name: `${index}`,
      requesterId: IDENTITIES.requester.id,
      approverIds: [IDENTITIES.approver.id],
    }));
    await at.tenant.control.createApprovals({ approvals });
    await at.tenant.control.fault({ method: "GET", kind: "401", after: 1, times: 1 });
    expect(await at.sailpoint.approvals.list()).toHaveLength(400);
    expect(await at.tenant.control.state()).toMatchObject({ authCalls: 2, calls: { GET: 3 } });
  });

  it("is asked for again when the sign-in is limited or down", async () => {
    await using at = await sailPointTenant();
    await at.tenant.control.fault({ method: "POST", pathContains: "/oauth/token", kind: "429", times: 1 });
    await at.tenant.control.fault({ method: "POST", pathContains: "/oauth/token", kind: "500", times: 1 });
    await at.sailpoint.check();
    expect(at.slept).toHaveLength(2);
  });
});

describe("credentials", () => {
  it("that SailPoint refuses end in one code, and are seen neither in the error nor in the log", async () => {
    const lines: string[] = [];
    const log = pino({ level: "debug", base: null }, { write: (line: string) => lines.push(line) });
    const tenant = await startSailPoint({ port: 0, host: "127.0.0.1" });
    const client = createSailPointClient({
      config: { apiUrl: tenant.url, paths: "v1", clientId: tenant.credentials.clientId, clientSecret: "a-wrong-secret-0123456789" },
      clock: systemClock,
      timers: instantTimers(),
      random: () => 0,
      log,
      budget: { run: (_place, call) => call() },
    });
    const error = await client.check().catch((thrown: unknown) => thrown);
    await client.close();
    await tenant.close();
    expect(error).toMatchObject({ code: "sailpoint_sign_in_failed", details: { params: { status: 401 } } });
    const told = `${JSON.stringify(error)} ${String(error)} ${lines.join("")}`;
    expect(told).not.toContain("a-wrong-secret");
    expect(told).not.toContain("invalid_client");
  });
});

describe("a client that is closed", () => {
  it("sends nothing more", async () => {
    await using at = await sailPointTenant();
    await at.sailpoint.close();
    await expect(at.sailpoint.check()).rejects.toMatchObject({ code: "sailpoint_unreachable" });
    expect(await at.calls("GET")).toBe(0);
  });
});
