import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ErrorCode, PortcullisError } from "../../../src/errors.ts";
import type { RequestedTime, WorkingHours } from "../../../src/services/schedule/working-hours.ts";
import { aHouse, type House } from "./a-house.ts";

let house: House;
beforeAll(async () => {
  house = await aHouse();
});
afterAll(() => house.close());

const count = async (): Promise<number> => (await house.db.selectFrom("request").select("id").execute()).length;

describe("a request that is taken in", () => {
  it("opens an approval and tells the ledger and the cards, all at once", async () => {
    const request = await house.ask({ reason: "  OPS-123 " });
    expect(request).toMatchObject({ status: "PENDING", reason: "OPS-123", requester: { userId: "UANA" }, beneficiary: { userId: "UANA" } });
    expect(request.number).toBeGreaterThan(1000);
    expect(await house.approvalOf(request.id)).toMatchObject({ status: "PENDING", holder_keys: ["person:UBEN", "person:UCHI"] });
    expect(await house.ledger(request.id)).toEqual(["request.created", "approval.opened"]);
    expect(house.enqueued).toContainEqual(expect.objectContaining({ queue: "project-request", payload: { requestId: request.id } }));
  });

  it("is one request when Slack delivers the submission twice", async () => {
    const before = await count();
    const [first, second] = await Promise.all([house.ask({ submissionKey: "twice" }), house.ask({ submissionKey: "twice" })]);
    expect(first.id).toBe(second.id);
    expect(await count()).toBe(before + 1);
  });

  it("names a console once, however often it was chosen", async () => {
    expect((await house.ask({ consoleIds: ["1", "2", "1"] })).consoles.map((each) => each.id)).toEqual(["1", "2"]);
  });

  it("gives the beneficiary no seat", async () => {
    const request = await house.ask({ beneficiaryUserId: "UBEN" });
    expect((await house.approvalOf(request.id)).holder_keys).toEqual(["person:UCHI"]);
  });
});

describe("bad input is refused at its field, and nothing is written", () => {
  const at = (iso: string) => ({ kind: "at" as const, at: new Date(iso) });
  const hours = (change: Partial<WorkingHours> = {}): RequestedTime => ({
    start: { kind: "onApproval" },
    end: { kind: "after", seconds: 14 * 86_400 },
    workingHours: { days: ["MON", "TUE"], start: "09:00", end: "17:00", timeZone: "Europe/Berlin", ...change },
  });
  const time = (start: RequestedTime["start"], end: RequestedTime["end"]): RequestedTime => ({ start, end, workingHours: null });
  const longId = "9".repeat(30);

  const cases: readonly [string, Parameters<House["ask"]>[0], ErrorCode, string | undefined][] = [
    ["no console", { consoleIds: [] }, "console_missing", "consoles"],
    ["an unknown console", { consoleIds: [longId] }, "console_unknown", "consoles"],
    ["a disabled console", { consoleIds: ["4"] }, "console_disabled", "consoles"],
    ["a microtenant without privileged approvals", { consoleIds: ["5"] }, "microtenant_approvals_disabled", "consoles"],
    ["101 consoles", { consoleIds: Array.from({ length: 101 }, (_, index) => String(index)) }, "consoles_too_many", "consoles"],
    ["no reason", { reason: " " }, "reason_missing", "reason"],
    ["an oversized reason", { reason: "x".repeat(1001) }, "text_too_long", "reason"],
    ["an end before the start", { time: time(at("2026-11-03T10:00:00Z"), at("2026-11-03T09:00:00Z")) }, "window_end_before_start", "end"],
    ["an end at the start", { time: time(at("2026-11-03T10:00:00Z"), at("2026-11-03T10:00:00Z")) }, "window_end_before_start", "end"],
    ["more than 365 days", { time: time({ kind: "onApproval" }, { kind: "after", seconds: 366 * 86_400 }) }, "window_too_long", "duration"],
    ["a start over an hour ago", { time: time(at("2026-11-02T06:59:00Z"), at("2026-11-03T09:00:00Z")) }, "window_start_too_old", "start"],
    ["equal working hours", { time: hours({ end: "09:00" }) }, "working_hours_empty", "hoursEnd"],
    ["an unknown zone", { time: hours({ timeZone: "Mars/Olympus" }) }, "time_zone_unknown", "timeZone"],
    ["no days", { time: hours({ days: [] }) }, "days_missing", "days"],
    ["a day twice", { time: hours({ days: ["MON", "MON"] }) }, "days_duplicate", "days"],
    ["a time that is none", { time: hours({ start: "25:00" }) }, "working_hours_time_invalid", "hoursStart"],
    ["an untrusted beneficiary", { beneficiaryUserId: "UGONE" }, "person_deactivated", "beneficiary"],
    ["an untrusted requester", { by: { teamId: "T1", userId: "UGONE" } }, "person_deactivated", undefined],
  ];

  it.each(cases)("%s", async (_name, change, code, field) => {
    const before = await count();
    const refusal = await house.ask(change).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(PortcullisError);
    expect(refusal).toMatchObject({ code, details: field === undefined ? {} : { field } });
    expect(await count()).toBe(before);
  });

  it("takes a hundred consoles", async () => {
    const many = Array.from({ length: 100 }, (_, index) => `many-${index}`);
    expect((await house.ask({ consoleIds: many })).consoles).toHaveLength(100);
  });
});
