import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { cronsAt } from "../../../src/services/schedule/cron.ts";
import { typing } from "../pra.ts";
import { aTenant, type TenantAtHand } from "./a-tenant.ts";

const unrecorded = "--without-ledger";
const hour = 3_600_000;
const inHours = (hours: number): string => new Date(Math.floor(Date.now() / 1000) * 1000 + hours * hour).toISOString();

describe("pra zpa approvals", () => {
  let at: TenantAtHand;
  beforeEach(async () => {
    at = await aTenant();
  });
  afterEach(() => at.close());

  const create = (email: string, ...rest: readonly string[]) =>
    at.json("approvals", "create", "--email", email, "--segment", "Databases production", ...rest, unrecorded);

  it("makes one with the crons of its hours computed, and shows it as read from ZPA", async () => {
    const end = inHours(48);
    const made = await create(
      "ana@acme.example",
      "Payments",
      "--end",
      end,
      "--working-hours",
      "MON,TUE,WED,THU,FRI,SAT,SUN/09:00-17:30/Asia/Calcutta",
    );
    const { approval } = made;
    expect(made).toMatchObject({ asIntended: true, recorded: "not" });
    expect(approval).toMatchObject({ emailIds: ["ana@acme.example"], status: "ACTIVE", end, microtenantId: null });
    expect(approval.segmentIds).toHaveLength(2);
    const hours = {
      days: ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"],
      start: "09:00",
      end: "17:30",
      timeZone: "Asia/Calcutta",
    } as const;
    expect(approval.workingHours).toEqual({ ...hours, ...cronsAt(hours, new Date()) });
    const { out } = await at.zpa("approvals", "get", approval.id);
    expect(out).toMatch(/Start cron {3}0 30 3 \? \* MON,TUE,WED,THU,FRI,SAT,SUN\n/);
  });

  it("says that nobody realigns its crons where the clocks change in its window", async () => {
    const year = ["--end", inHours(300 * 24), "--working-hours", "MON,TUE,WED,THU,FRI/09:00-17:00/Europe/Berlin"];
    const { err } = await at.zpa("approvals", "create", "--email", "a@acme.example", "--segment", "Payments", ...year, "--dry-run");
    expect(err).toMatch(/The clocks in Europe\/Berlin change at .*Z\. ZPA keeps the crons/);
  });

  it.each([
    ["hours in another form", ["--working-hours", "9-17 Berlin"], "invalid_input"],
    ["a day that is none", ["--working-hours", "XYZ/09:00-17:00/Europe/Berlin"], "day_unknown"],
    ["a zone that is none", ["--working-hours", "MON/09:00-17:00/Berlin"], "time_zone_unknown"],
    ["a time without an offset", ["--start", "2026-11-24T18:00:00"], "invalid_input"],
    ["a start of yesterday", ["--start", inHours(-24)], "window_start_too_old"],
    ["an email that is none", ["--email", "ana"], "zpa_refused"],
  ])("makes none with %s", async (_, rest, code) => {
    expect((await create("ana@acme.example", "--end", inHours(2), ...rest)).error.code).toBe(code);
    expect((await at.json("approvals", "list")).approvals).toEqual([]);
  });

  it("makes none that is longer than ZPA takes, or ends before it starts", async () => {
    expect((await create("ana@acme.example", "--end", inHours(366 * 24))).error.code).toBe("window_too_long");
    expect((await create("ana@acme.example", "--end", inHours(-1))).error.code).toBe("window_end_before_start");
  });

  it("lists all, or a page that ZPA sorts and filters", async () => {
    for (const [email, hours] of [
      ["bo", 5],
      ["ana", 9],
      ["cleo", 2],
    ] as const)
      await create(`${email}@acme.example`, "--end", inHours(hours));
    expect((await at.json("approvals", "list")).approvals).toHaveLength(3);
    const page = await at.json("approvals", "list", "--page", "1", "--pagesize", "2", "--sort", "endTime:desc");
    expect(page).toMatchObject({
      approvals: [{ emailIds: ["ana@acme.example"] }, { emailIds: ["bo@acme.example"] }],
      page: 1,
      totalPages: 2,
      totalCount: 3,
    });
    expect((await at.zpa("approvals", "list", "--page", "2", "--pagesize", "2", "--sort", "endTime:desc")).out).toMatch(
      /cleo@acme\.example[\s\S]*\nPage 2 of 2, 3 in all\n$/,
    );
    expect((await at.json("approvals", "list", "--search", "emailIds EQ bo@acme.example")).approvals).toHaveLength(1);
    expect((await at.json("approvals", "list", "--pagesize", "501")).error.code).toBe("invalid_input");
  });

  it("changes what is named and keeps the rest, but for the start of one that has started", async () => {
    const hours = "MON,TUE,WED,THU,FRI,SAT,SUN/00:30-23:30/UTC";
    const { approval } = await create("ana@acme.example", "--end", inHours(4), "--working-hours", hours);
    const end = inHours(8);
    const changed = await at.json("approvals", "update", approval.id, "--end", end, unrecorded);
    expect(changed).toMatchObject({ approval: { end, start: approval.start, workingHours: approval.workingHours }, asIntended: true });
    const free = await at.json("approvals", "update", approval.id, "--any-hour", "--email", "bo@acme.example", unrecorded);
    expect(free.approval).toMatchObject({ workingHours: null, end, emailIds: ["bo@acme.example"] });
    expect((await at.json("approvals", "update", approval.id, "--start", inHours(1), unrecorded)).error.code).toBe("invalid_input");
    const future = await create("ana@acme.example", "--start", inHours(2), "--end", inHours(4));
    const start = inHours(1);
    expect((await at.json("approvals", "update", future.approval.id, "--start", start, unrecorded)).approval).toMatchObject({ start });
  });

  it("deletes one after a question, and what is over in a microtenant", async () => {
    const { approval } = await create("ana@acme.example", "--end", inHours(2));
    await create("bo@acme.example", "--end", inHours(3));
    const { last, err } = await at.zpaWith(typing("yes"), "approvals", "delete", approval.id, unrecorded, "--json");
    expect(err).toMatch(/ana@acme\.example[\s\S]*going to be deleted/);
    expect(JSON.parse(last)).toMatchObject({ deleted: approval.id, asIntended: true });
    expect(await at.json("approvals", "delete-expired", "--yes", unrecorded)).toMatchObject({ deleted: false });
    await at.tenant.control.clock({ offsetMilliseconds: 5 * hour });
    expect(await at.json("approvals", "delete-expired", "--dry-run")).toMatchObject({
      dryRun: [{ method: "DELETE", path: expect.stringMatching(/approval\/expired$/), query: {}, body: null }],
    });
    expect(await at.json("approvals", "delete-expired", "--yes", unrecorded)).toMatchObject({ deleted: true });
    expect((await at.json("approvals", "list")).approvals).toEqual([]);
  });
});
