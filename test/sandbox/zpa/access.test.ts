import { describe, expect, it } from "vitest";
import { rawTenant } from "./support/raw-tenant.ts";

/** Berlin, 09:00 to 17:00 on weekdays, in the crons of winter; and a night watch that ends on the next UTC day. */
const weekdays = { startTimeCron: "0 0 8 ? * MON,TUE,WED,THU,FRI", endTimeCron: "0 0 16 ? * MON,TUE,WED,THU,FRI" };
const nights = { startTimeCron: "0 0 21 ? * FRI", endTimeCron: "0 0 5 ? * SAT" };

describe("who is let in", () => {
  it.each<[string, Record<string, string> | null, boolean]>([
    ["2026-03-02T07:59:59Z", weekdays, false],
    ["2026-03-02T08:00:00Z", weekdays, true], // Monday, the instant at which the start cron fires
    ["2026-03-02T15:59:59Z", weekdays, true],
    ["2026-03-02T16:00:00Z", weekdays, false],
    ["2026-03-07T12:00:00Z", weekdays, false], // Saturday
    ["2026-03-06T23:00:00Z", nights, true],
    ["2026-03-07T04:59:59Z", nights, true],
    ["2026-03-07T05:00:00Z", nights, false],
    ["2026-03-07T12:00:00Z", null, true],
    ["2026-02-28T23:59:59Z", null, false], // before its start
    ["2026-04-01T00:00:00Z", null, false], // at its end
  ])("at %s with %j: %j", async (at, crons, allowed) => {
    await using tenant = await rawTenant({ clock: { now: () => new Date("2026-03-01T00:00:00Z") } });
    const segmentId = String((await tenant.control.state()).applications[0]?.appId);
    const { text } = await tenant.call("POST", "/approval", {
      emailIds: ["Mira@acme.example"],
      applications: [{ id: segmentId }],
      startTime: Date.parse("2026-03-01T00:00:00Z") / 1000,
      endTime: Date.parse("2026-04-01T00:00:00Z") / 1000,
      ...(crons === null
        ? {}
        : { workingHours: { ...crons, startTime: "09:00", endTime: "17:00", days: ["MON"], timeZone: "Europe/Berlin" } }),
    });
    const { id } = JSON.parse(text);
    expect(await tenant.control.access({ email: "mira@acme.example", segmentId, at })).toEqual({
      allowed,
      approvalIds: allowed ? [id] : [],
    });
    expect(await tenant.control.access({ email: "someone@acme.example", segmentId, at })).toEqual({ allowed: false, approvalIds: [] });
  });
});
