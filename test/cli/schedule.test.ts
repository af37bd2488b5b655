import { once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { Command } from "commander";
import { describe, expect, it } from "vitest";
import { registerSchedule } from "../../src/cli/schedule.ts";
import { fromUnknown } from "../../src/errors.ts";

const CALCUTTA = "--timezone Asia/Calcutta --days MON,TUE,WED,THU,FRI --start 09:00 --end 17:00 --at 2023-05-18T00:00:00Z";
const BERLIN = '"timezone":"Europe/Berlin","days":["MON"],"start":"09:00","end":"17:00"';
const clock = { now: () => new Date("2026-03-20T00:00:00Z") };

async function pra(args: string, input: Readable = Readable.from([])): Promise<string> {
  const output = new PassThrough();
  const program = new Command("pra").option("--json").exitOverride();
  registerSchedule(program, { clock, input, output });
  await program.parseAsync(["schedule", ...args.split(" ").filter(Boolean)], { from: "user" });
  output.end();
  return text(output);
}

const refused = (args: string): Promise<string> =>
  pra(args).then(
    () => "not refused",
    (error) => fromUnknown(error).code,
  );

async function answers(...lines: string[]): Promise<unknown[]> {
  const printed = await pra("--stdin", Readable.from([lines.join("\n")]));
  return printed
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("pra schedule --json", () => {
  it("prints one object: crons, the windows of 28 days from the anchor, and no transitions where there are none", async () => {
    const schedule = JSON.parse(await pra(`${CALCUTTA} --json`));
    expect(schedule).toMatchObject({
      startTimeCron: "0 30 3 ? * MON,TUE,WED,THU,FRI",
      endTimeCron: "0 30 11 ? * MON,TUE,WED,THU,FRI",
      transitions: [],
    });
    expect(schedule.windows).toHaveLength(20);
    expect(schedule.windows[0]).toEqual({ start: "2023-05-18T03:30:00.000Z", end: "2023-05-18T11:30:00.000Z" });
    expect(schedule.windows[19]).toEqual({ start: "2023-06-14T03:30:00.000Z", end: "2023-06-14T11:30:00.000Z" });
  });

  it("takes the anchor for the crons and the range for windows and transitions", async () => {
    const range = "--at 2026-01-01T00:00:00Z --from 2026-03-28T12:00:00Z --until 2026-03-30T08:00:00+01:00";
    expect(JSON.parse(await pra(`--timezone Europe/Berlin --days sun,mon --start 22:00 --end 06:00 ${range} --json`))).toEqual({
      startTimeCron: "0 0 21 ? * SUN,MON",
      endTimeCron: "0 0 5 ? * MON,TUE",
      windows: [{ start: "2026-03-29T20:00:00.000Z", end: "2026-03-30T04:00:00.000Z" }],
      transitions: [{ at: "2026-03-29T01:00:00.000Z", startTimeCron: "0 0 20 ? * SUN,MON", endTimeCron: "0 0 4 ? * MON,TUE" }],
    });
  });

  it("takes now for the anchor when none is given", async () => {
    const { startTimeCron, transitions } = JSON.parse(await pra("--timezone Europe/Berlin --days MON --start 09:00 --end 17:00 --json"));
    expect(startTimeCron).toBe("0 0 8 ? * MON");
    expect(transitions).toHaveLength(1);
  });

  it.each([
    ["", "invalid_input"],
    ["--timezone UTC --start 09:00 --end 17:00", "invalid_input"],
    ["--timezone UTC --days , --start 09:00 --end 17:00", "days_missing"],
    ["--timezone UTC --days MON,MON --start 09:00 --end 17:00", "days_duplicate"],
    ["--timezone UTC --days MOON --start 09:00 --end 17:00", "day_unknown"],
    ["--timezone UTC --days MON --start 09:00 --end 09:00", "working_hours_empty"],
    ["--timezone UTC --days MON --start 9 --end 17:00", "working_hours_time_invalid"],
    ["--timezone Mars/Olympus --days MON --start 09:00 --end 17:00", "time_zone_unknown"],
    [`${CALCUTTA} --from tomorrow`, "invalid_input"],
    [`${CALCUTTA} --from 2026-02-30T00:00:00Z`, "invalid_input"],
    [`${CALCUTTA} --from 2026-02-03T00:00:00`, "invalid_input"],
    [`${CALCUTTA} --until 2020-01-01T00:00:00Z`, "window_end_before_start"],
    [`${CALCUTTA} --until 9999-01-01T00:00:00Z`, "invalid_input"],
  ])("refuses %j", async (args, code) => expect(await refused(args)).toBe(code));
});

describe("pra schedule for people", () => {
  it("shows local time beside UTC, and the crons after each transition", async () => {
    const table = await pra("--timezone Europe/Berlin --days MON --start 09:00 --end 17:00");
    expect(table).toContain("Start cron  0 0 8 ? * MON\nEnd cron    0 0 16 ? * MON\n");
    expect(table).toContain("Mon 2026-03-30 09:00 – Mon 2026-03-30 17:00   2026-03-30 07:00Z – 2026-03-30 15:00Z");
    expect(table).toContain("Sun 2026-03-29 03:00   2026-03-29 01:00Z\n    start  0 0 7 ? * MON");
  });

  it("says so when there is nothing in the range", async () => {
    expect(await pra(`${CALCUTTA} --until 2023-05-18T00:00:01Z`)).toContain("none in this range");
  });
});

describe("pra schedule --stdin", () => {
  it("answers each line in order, and an error ends its own line only", async () => {
    const [first, notJson, wrongType, empty, blank, nothing, last] = await answers(
      `{${BERLIN}}`,
      "{nonsense",
      '{"timezone":7,"days":["MON"],"start":"09:00","end":"17:00"}',
      '{"timezone":"UTC","days":["MON"],"start":"09:00","end":"09:00"}',
      "",
      "null",
      `{${BERLIN},"at":"2026-07-01T00:00:00Z"}`,
    );
    const error = (code: string) => ({ error: { code, message: expect.stringMatching(/^[A-Z].+\.$/) } });
    expect(first).toMatchObject({ startTimeCron: "0 0 8 ? * MON" });
    expect([notJson, wrongType, empty]).toEqual([error("invalid_input"), error("invalid_input"), error("working_hours_empty")]);
    expect([blank, nothing]).toEqual([error("invalid_input"), error("invalid_input")]);
    expect(last).toMatchObject({ startTimeCron: "0 0 7 ? * MON" });
  });

  it("puts lines and characters together that arrive in pieces", async () => {
    const line = Buffer.from(`{"timezone":"Zürich","days":["MON"],"start":"09:00","end":"17:00"}\r\n{${BERLIN}}`);
    const cut = line.indexOf("ü") + 1; // in the middle of the letter
    const printed = await pra("--stdin", Readable.from([line.subarray(0, cut), line.subarray(cut, cut + 9), line.subarray(cut + 9)]));
    const [unknown, berlin] = printed.trimEnd().split("\n");
    expect(unknown).toContain("Zürich is not a time zone");
    expect(berlin).toContain('"startTimeCron":"0 0 8 ? * MON"');
  });

  it("answers a line before the next one arrives", async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const program = new Command("pra").exitOverride();
    registerSchedule(program, { clock, input, output });
    const done = program.parseAsync(["schedule", "--stdin"], { from: "user" });
    input.write(`{${BERLIN}}\n`);
    const [answer] = await once(output, "data");
    expect(String(answer)).toContain("startTimeCron");
    input.end();
    await done;
  });

  it("names what is missing or of the wrong type", async () => {
    const messages = await answers("{}", '{"timezone":"UTC","days":"MON","start":"09:00","end":"17:00"}', "[]");
    expect(messages.map((answer) => JSON.stringify(answer))).toEqual([
      expect.stringContaining("timezone is missing"),
      expect.stringContaining("days must be a list of days"),
      expect.stringContaining("expected object"),
    ]);
  });

  it("ends quietly when its reader has read enough", async () => {
    const closed = new Writable({ write: (_chunk, _encoding, done) => done(Object.assign(new Error("write EPIPE"), { code: "EPIPE" })) });
    const program = new Command("pra").exitOverride();
    registerSchedule(program, { clock, input: Readable.from([`{${BERLIN}}\n`]), output: closed });
    await expect(program.parseAsync(["schedule", "--stdin"], { from: "user" })).resolves.toBe(program);
  });

  it("answers nothing to nothing", async () => expect(await pra("--stdin")).toBe(""));
});
