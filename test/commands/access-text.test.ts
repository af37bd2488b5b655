import { describe, expect, it } from "vitest";
import { readAccessText, readEnd } from "../../src/commands/access-text.ts";

const typedIn = { now: new Date("2026-11-02T08:00:00Z"), timeZone: "Europe/Berlin" };
const end = new Date("2026-11-02T12:00:00Z");

describe("what is typed after /pra done, revoke, extend and shorten", () => {
  it.each([
    ["PRA-1042", { userId: null, label: "PRA-1042", rest: "", reason: "" }],
    ["PRA-1042 because INC-7 &amp; more", { userId: null, label: "PRA-1042", rest: "", reason: "INC-7 & more" }],
    ["<@U123|ana> because she left", { userId: "U123", label: "", rest: "", reason: "she left" }],
    ["<@U123> wegen INC-7", { userId: "U123", label: "", rest: "", reason: "INC-7" }],
    ["<@U123> PRA-1042 because x", { userId: "U123", label: "", rest: "PRA-1042", reason: "x" }],
    ["PRA-1042 2h because INC-7", { userId: null, label: "PRA-1042", rest: "2h", reason: "INC-7" }],
    ["PRA-1042 to 18:00", { userId: null, label: "PRA-1042", rest: "to 18:00", reason: "" }],
    ["", { userId: null, label: "", rest: "", reason: "" }],
  ] as const)("reads %j", (typed, read) => {
    expect(readAccessText(typed)).toEqual(read);
  });

  it.each([
    ["2h", 1, "2026-11-02T14:00:00Z"],
    ["by 30 min", 1, "2026-11-02T12:30:00Z"],
    ["30m", -1, "2026-11-02T11:30:00Z"],
    ["to 18:00", 1, "2026-11-02T17:00:00Z"],
    ["bis 10:30", -1, "2026-11-02T09:30:00Z"],
    ["until tomorrow 9am", 1, "2026-11-03T08:00:00Z"],
  ] as const)("takes %j (%d) for an end", (typed, direction, instant) => {
    expect(readEnd(typed, { end, direction }, typedIn)).toEqual(new Date(instant));
  });

  it.each(["", "a while", "2h or so", "to whenever"])("does not guess what %j means", (typed) => {
    expect(() => readEnd(typed, { end, direction: 1 }, typedIn)).toThrow("time_not_understood");
  });
});
