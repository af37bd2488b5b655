import { describe, expect, it } from "vitest";
import { rawTenant } from "./support/raw-tenant.ts";

describe("the control side", () => {
  it("counts API calls and sign-ins apart, and starts over", async () => {
    await using tenant = await rawTenant();
    await tenant.call("GET", "/approval");
    await tenant.call("DELETE", "/approval/1");
    expect(await tenant.control.state()).toMatchObject({ calls: { GET: 1, DELETE: 1 }, authCalls: 1, rateLimited: 0 });
    await tenant.control.resetCalls({});
    expect(await tenant.control.state()).toMatchObject({ calls: {}, authCalls: 0 });
  });

  it("moves the clock and leaves the machine's alone", async () => {
    await using tenant = await rawTenant({ clock: { now: () => new Date("2026-03-01T00:00:00Z") } });
    await tenant.control.clock({ offsetMilliseconds: 86_400_000 });
    expect((await tenant.control.state()).now).toBe("2026-03-02T00:00:00.000Z");
  });

  it("plays a fault as often as it was ordered, where it was ordered", async () => {
    await using tenant = await rawTenant();
    await tenant.control.fault({ method: "GET", pathContains: "praConsole", kind: "500", times: 2 });
    const statuses = [];
    for (const path of ["/praPortal", "/praConsole", "/praConsole", "/praConsole"]) statuses.push((await tenant.call("GET", path)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it("makes one by hand and moves its end, as the tenant's own portal would", async () => {
    await using tenant = await rawTenant();
    const { id } = await tenant.control.addApproval({ email: "mira@acme.example", minutes: 60 });
    const [made] = (await tenant.control.state()).approvals;
    expect(made).toMatchObject({ id, emailIds: ["mira@acme.example"], status: "ACTIVE" });
    const endTime = Number(made?.endTime) + 3600;
    await tenant.control.changeApproval({ id, endTime });
    expect((await tenant.control.state()).approvals).toMatchObject([{ id, endTime: String(endTime) }]);
    await expect(tenant.control.changeApproval({ id: "1", endTime })).rejects.toThrow("no privileged approval 1");
  });

  it("removes an approval behind everybody's back, and seeds anew", async () => {
    await using tenant = await rawTenant();
    const now = Math.floor(Date.parse((await tenant.control.state()).now) / 1000);
    const body = {
      emailIds: ["mira@acme.example"],
      applications: [{ id: (await tenant.control.state()).applications[0]?.appId }],
      startTime: now,
      endTime: now + 60,
    };
    const { id } = JSON.parse((await tenant.call("POST", "/approval", body)).text);
    await tenant.control.deleteApproval({ id });
    expect((await tenant.control.state()).approvals).toEqual([]);
    await tenant.control.seed({ consoles: 3 });
    expect((await tenant.control.state()).consoles).toHaveLength(3);
  });

  it("refuses what it does not understand", async () => {
    await using tenant = await rawTenant();
    await expect(tenant.control.fault({ method: "GET", kind: "500", times: 0 })).rejects.toThrow("refused");
  });
});
