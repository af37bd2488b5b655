import { describe, expect, it } from "vitest";
import { type RawTenant, rawTenant } from "./support/raw-tenant.ts";

const nowSeconds = async ({ control }: RawTenant): Promise<number> => Math.floor(Date.parse((await control.state()).now) / 1000);
const segmentId = async ({ control }: RawTenant): Promise<unknown> => (await control.state()).applications[0]?.appId;
const hours = {
  startTimeCron: "0 30 3 ? * MON",
  endTimeCron: "0 30 11 ? * MON",
  startTime: "09:00",
  endTime: "17:00",
  days: ["MON"],
  timeZone: "Asia/Calcutta",
};

const bodyFor = async (tenant: RawTenant) => {
  const now = await nowSeconds(tenant);
  return {
    emailIds: ["mira@acme.example"],
    applications: [{ id: await segmentId(tenant) }],
    startTime: now as number | string,
    endTime: now + 86_400,
  };
};

describe("what the simulated tenant accepts as a privileged approval", () => {
  it("stores it and answers with little: no status, and of the segment hardly more than its id", async () => {
    await using tenant = await rawTenant();
    const body = await bodyFor(tenant);
    const { status, text } = await tenant.call("POST", "/approval", {
      ...body,
      status: "EXPIRED",
      objectType: "JITApprovals",
      workingHours: hours,
    });
    const created = JSON.parse(text);
    expect(status).toBe(201);
    expect(created).toMatchObject({ id: "20472", startTime: String(body.startTime), workingHours: hours });
    expect(created).not.toHaveProperty("status");
    expect(created.applications[0]).not.toHaveProperty("name");
    const read = JSON.parse((await tenant.call("GET", "/approval/20472")).text);
    expect(read).toMatchObject({
      status: "ACTIVE",
      applications: [{ name: "Databases production", domainName: "db-prod.db.prod.acme.example" }],
    });
  });

  it("takes an hour in the past, a range of 365 days, numbers as strings, and crons that mean nothing", async () => {
    await using tenant = await rawTenant();
    const body = await bodyFor(tenant);
    const startTime = Number(body.startTime) - 3_590;
    const answer = await tenant.call("POST", "/approval", {
      ...body,
      startTime: String(startTime),
      endTime: startTime + 365 * 86_400,
      workingHours: { ...hours, startTimeCron: "whatever" },
    });
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.text).workingHours.startTimeCron).toBe("whatever");
  });

  it.each<[string, (body: Awaited<ReturnType<typeof bodyFor>>) => object]>([
    ["a start over an hour ago", (body) => ({ ...body, startTime: Number(body.startTime) - 3_700 })],
    ["an end at its start", (body) => ({ ...body, endTime: body.startTime })],
    ["a range over 365 days", (body) => ({ ...body, endTime: Number(body.startTime) + 365 * 86_400 + 1 })],
    ["two emails", (body) => ({ ...body, emailIds: ["a@acme.example", "b@acme.example"] })],
    ["no email", (body) => ({ ...body, emailIds: [] })],
    ["what is no email", (body) => ({ ...body, emailIds: ["mira"] })],
    ["an unknown segment", (body) => ({ ...body, applications: [{ id: "1" }] })],
    ["no segment", (body) => ({ ...body, applications: [] })],
    ["working hours of nulls", (body) => ({ ...body, workingHours: { ...hours, days: null } })],
    ["working hours without crons", (body) => ({ ...body, workingHours: { ...hours, startTimeCron: undefined } })],
  ])("refuses %s", async (_, change) => {
    await using tenant = await rawTenant();
    const { status, text } = await tenant.call("POST", "/approval", change(await bodyFor(tenant)));
    expect(status).toBe(400);
    expect(JSON.parse(text)).toHaveProperty("id", "invalid.resource.argument");
    expect((await tenant.control.state()).approvals).toEqual([]);
  });

  it("keeps segments and approvals of microtenants apart", async () => {
    await using tenant = await rawTenant();
    const body = await bodyFor(tenant);
    expect((await tenant.call("POST", "/approval?microtenantId=145260601092866314", body)).status).toBe(400);
    expect((await tenant.call("POST", "/approval?microtenantId=1", body)).status).toBe(400);
    expect((await tenant.call("POST", "/approval?microtenantId=0", body)).status).toBe(201);
    expect(JSON.parse((await tenant.call("GET", "/approval?microtenantId=145260601092866314")).text).list).toEqual([]);
  });
});

describe("time in the simulated tenant", () => {
  it("makes an approval FUTURE, ACTIVE, EXPIRED, and each allows its own changes", async () => {
    await using tenant = await rawTenant();
    const now = await nowSeconds(tenant);
    const body = { ...(await bodyFor(tenant)), startTime: now + 1_000, endTime: now + 3_000 };
    const { id } = JSON.parse((await tenant.call("POST", "/approval", body)).text);
    const state = async () => JSON.parse((await tenant.call("GET", `/approval/${id}`)).text);
    const put = (changes: object) => tenant.call("PUT", `/approval/${id}`, { ...body, ...changes });

    expect((await state()).status).toBe("FUTURE");
    expect(await put({ startTime: now + 900 })).toMatchObject({ status: 204, text: "" });

    await tenant.control.clock({ offsetMilliseconds: 1_100_000 });
    expect((await state()).status).toBe("ACTIVE");
    expect((await put({ startTime: now + 900, endTime: now + 2_000 })).status).toBe(204);
    expect(JSON.parse((await put({ startTime: now + 901 })).text)).toHaveProperty("id", "approval.starttime.update.not.allowed");

    await tenant.control.clock({ offsetMilliseconds: 2_100_000 });
    expect((await state()).status).toBe("EXPIRED");
    expect((await put({ startTime: now + 900, endTime: now + 99_000 })).status).toBe(400);
    expect((await tenant.call("DELETE", "/approval/expired")).status).toBe(204);
    expect((await tenant.call("GET", `/approval/${id}`)).status).toBe(400);
  });
});
