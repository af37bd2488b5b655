import { describe, expect, it } from "vitest";
import { parseRequestText, type RequestDraft } from "../../src/commands/request-text.ts";

const NOW = new Date("2026-11-23T10:20:30Z"); // a Monday, 11:20 in Berlin
const DAY = 86_400;
const parse = (text: string, now = NOW): RequestDraft => parseRequestText(text, { now, timeZone: "Europe/Berlin" });
const nothing = { when: "now", start: null, end: null, durationSeconds: null, workingHours: null, timeZone: null };
const weekdays = ["MON", "TUE", "WED", "THU", "FRI"];

describe("the text after /pra request", () => {
  it("fills in the whole form", () => {
    expect(parse("db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123")).toEqual({
      consoleNames: ["db-prod"],
      beneficiaryUserId: null,
      time: {
        when: "recurring",
        start: null,
        end: null,
        durationSeconds: 14 * DAY,
        workingHours: { days: weekdays, start: "09:00", end: "17:00", timeZone: "Europe/Berlin" },
        timeZone: "Europe/Berlin",
      },
      reason: "OPS-123",
      notUnderstood: [],
    });
  });

  it("says the same in German and in another order", () => {
    const german = parse("db-prod Mo-Fr von 9 bis 17 Uhr Europe/Berlin für 2 Wochen wegen OPS-123");
    const turned = parse("for 2 weeks 9-17 europe/berlin weekdays db-prod because OPS-123");
    expect(german).toEqual(parse("db-prod weekdays 9-17 Europe/Berlin for 2 weeks because OPS-123"));
    expect(turned).toEqual(german);
  });

  it("may be empty, or only a console", () => {
    expect(parse("")).toEqual({ consoleNames: [], beneficiaryUserId: null, time: nothing, reason: "", notUnderstood: [] });
    expect(parse("  db-prod ")).toEqual({
      consoleNames: ["db-prod"],
      beneficiaryUserId: null,
      time: nothing,
      reason: "",
      notUnderstood: [],
    });
  });
});

describe("consoles", () => {
  it.each([
    ["db-prod db-test", ["db-prod", "db-test"]],
    ["db-prod, db-test,web-1 2h", ["db-prod", "db-test", "web-1"]],
    ["db-prod and web-1 2h", ["db-prod", "web-1"]],
    ['"Linux Jump Host" web-1', ["Linux Jump Host", "web-1"]],
    ["„Linux Jump Host“ 2h “Other One”", ["Linux Jump Host", "Other One"]],
    ["berlin weekdays 9-17", ["berlin"]],
    ["sun-01 may-server 2h-box", ["sun-01", "may-server", "2h-box"]],
    ['"tomorrow" 2h', ["tomorrow"]],
    ["R&amp;D-box 2h", ["R&D-box"]],
    ["сервер-😀 2h", ["сервер-😀"]],
    ["weekdays 9-17 db-prod", ["db-prod"]],
  ])("in %j are %j", (text, names) => {
    const draft = parse(text);
    expect(draft.consoleNames).toEqual(names);
    expect(draft.notUnderstood).toEqual([]);
  });
});

describe("the reason", () => {
  it.each([
    ["db-prod 2h because OPS-123: fix, then 9-17", "OPS-123: fix, then 9-17"],
    ["db-prod 2h because of OPS-123", "OPS-123"],
    ["db-prod reason: tomorrow @anna asks", "tomorrow @anna asks"],
    ["db-prod weil es brennt", "es brennt"],
    ["db-prod because a &lt; b &amp; c", "a < b & c"],
    ["db-prod because\nline one\nline two", "line one\nline two"],
    ["because-db 2h", ""],
  ])("of %j is %j", (text, reason) => expect(parse(text).reason).toBe(reason));
});

describe("for whom", () => {
  it("is the person mentioned, as Slack writes a mention", () => {
    const draft = parse("db-prod for <@U123ABC|anna> for 2h because x");
    expect(draft).toMatchObject({
      consoleNames: ["db-prod"],
      beneficiaryUserId: "U123ABC",
      time: { durationSeconds: 7200 },
      notUnderstood: [],
    });
    expect(parse("<@W9> db-prod").beneficiaryUserId).toBe("W9");
  });

  it("is nobody for a name that Slack has not resolved, or for the second of two: they are returned", () => {
    expect(parse("db-prod @anna 2h")).toMatchObject({ beneficiaryUserId: null, consoleNames: ["db-prod"], notUnderstood: ["@anna"] });
    expect(parse("db-prod <@U1> <@U2> 2h")).toMatchObject({ beneficiaryUserId: "U1", notUnderstood: ["<@U2>"] });
  });
});

describe("when", () => {
  const time = (text: string, now = NOW) => {
    const { when, start, end, durationSeconds, workingHours } = parse(`db-prod ${text}`, now).time;
    const iso = (instant: Date | null) => instant?.toISOString().slice(0, 16) ?? null;
    const hours = workingHours && `${workingHours.days?.join() ?? "?"} ${workingHours.start}-${workingHours.end} ${workingHours.timeZone}`;
    return [when, iso(start), iso(end), durationSeconds, hours];
  };

  it.each([
    ["for 3h", "now", null, null, 3 * 3600, null],
    ["now for 90m", "now", null, null, 5400, null],
    ["today for 2h", "now", null, null, 7200, null],
    ["until 17:00", "now", null, "2026-11-23T16:00", null, null],
    ["tomorrow 9am for 2h", "later", "2026-11-24T08:00", null, 7200, null],
    ["morgen 9 Uhr für 2 Stunden", "later", "2026-11-24T08:00", null, 7200, null],
    ["from Monday 9:00 until Friday", "later", "2026-11-30T08:00", "2026-12-04T23:00", null, null],
    ["ab Montag 9:00 bis Freitag 17 Uhr", "later", "2026-11-30T08:00", "2026-12-04T16:00", null, null],
    ["from Mon 9:00 to Wed 12:00", "later", "2026-11-30T08:00", "2026-12-02T11:00", null, null],
    ["2026-12-24T18:00:00Z until 2026-12-24T20:00:00Z", "later", "2026-12-24T18:00", "2026-12-24T20:00", null, null],
    ["weekdays 22:00-06:00", "recurring", null, null, null, "MON,TUE,WED,THU,FRI 22:00-06:00 Europe/Berlin"],
    ["mon,wed 9am-5pm in New York until Dec 24", "recurring", null, "2026-12-25T05:00", null, "MON,WED 09:00-17:00 America/New_York"],
    ["every monday 9-17 for 4 weeks", "recurring", null, null, 28 * DAY, "MON 09:00-17:00 Europe/Berlin"],
    ["monday 9-17 for 4 weeks", "recurring", null, null, 28 * DAY, "MON 09:00-17:00 Europe/Berlin"],
    ["9-17 for 2 weeks", "recurring", null, null, 14 * DAY, "? 09:00-17:00 Europe/Berlin"],
    ["weekdays", "recurring", null, null, null, "MON,TUE,WED,THU,FRI null-null Europe/Berlin"],
    [
      "weekdays 9-17 from tomorrow for 2 weeks",
      "recurring",
      "2026-11-23T23:00",
      null,
      14 * DAY,
      "MON,TUE,WED,THU,FRI 09:00-17:00 Europe/Berlin",
    ],
  ])("%j", (text, ...expected) => expect(time(text)).toEqual(expected));

  it("is one day for hours without days: the date given, today while they last, then tomorrow", () => {
    expect(time("tomorrow 9-17")).toEqual(["later", "2026-11-24T08:00", "2026-11-24T16:00", null, null]);
    expect(time("monday 22-6")).toEqual(["later", "2026-11-30T21:00", "2026-12-01T05:00", null, null]);
    expect(time("14-17")).toEqual(["later", "2026-11-23T13:00", "2026-11-23T16:00", null, null]);
    expect(time("9-17")).toEqual(["now", null, "2026-11-23T16:00", null, null]);
    expect(time("today 8-10")).toEqual(["later", "2026-11-23T07:00", "2026-11-23T09:00", null, null]);
    expect(time("8-10")).toEqual(["later", "2026-11-24T07:00", "2026-11-24T09:00", null, null]);
  });

  it("follows the zone over a transition", () => {
    expect(time("monday 9-17", new Date("2026-03-27T10:00:00Z"))).toEqual(["later", "2026-03-30T07:00", "2026-03-30T15:00", null, null]);
  });

  it("is read in the zone typed, and the zone is kept", () => {
    expect(parse("db-prod tomorrow 9:00 Asia/Calcutta for 2h").time).toMatchObject({
      start: new Date("2026-11-24T03:30:00Z"),
      timeZone: "Asia/Calcutta",
    });
  });
});

describe("what is not understood", () => {
  it.each([
    ["db-prod 2h frobnicate the widget", ["frobnicate", "the", "widget"]],
    ["db-prod until christmas for 2h", ["until", "christmas"]],
    ["db-prod weekdays 9-17 Europe/Berln", ["Europe/Berln"]],
    ["db-prod tomorrow 9am PST for 2h", ["PST"]],
    ["db-prod 2h now 3h", ["3h"]],
    ["db-prod Mon 9-17, Tue 9-17", ["Tue", "9-17"]],
    ["db-prod 2h &lt;!channel&gt;", ["<!channel>"]],
  ])("in %j is %j, returned and never dropped", (text, words) => {
    const draft = parse(text);
    expect(draft.consoleNames).toEqual(["db-prod"]);
    expect(draft.notUnderstood).toEqual(words);
  });

  it("does not hold up the answer to Slack, however long it is", () => {
    const long = `db-prod ${"Aa bb, 1 9-9:99 for from until mon-".repeat(120)}`;
    const begin = performance.now();
    expect(parse(long).notUnderstood.length).toBeGreaterThan(100);
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
