import { describe, expect, it } from "vitest";
import { inWords, readinessOf, type Standing } from "../../src/http/health/readiness.ts";

const well: Standing = {
  phase: "running",
  databaseAnswers: true,
  slack: { ok: true, mode: "socket", connected: 2, runningListeners: 0 },
  workers: { running: 24, expected: 24 },
  catalog: { ageSeconds: 60, refreshMinutes: 15 },
  zpaAwaySeconds: null,
  sailpointAwaySeconds: null,
  oldestJobSeconds: 0,
};
const codes = (over: Partial<Standing>) => {
  const { ready, reasons, warnings } = readinessOf({ ...well, ...over });
  return { ready, reasons: reasons.map(({ code }) => code), warnings: warnings.map(({ code }) => code) };
};
const fine = { ready: true, reasons: [], warnings: [] };

describe("readiness", () => {
  it("is there when everything stands, also over one socket of two", () => {
    expect(codes({})).toEqual(fine);
    expect(codes({ slack: { ok: true, mode: "socket", connected: 1, runningListeners: 3 } })).toEqual(fine);
  });

  it("stays there while SailPoint is away, and says so after a few polls in vain", () => {
    expect(codes({ sailpointAwaySeconds: 60 })).toEqual(fine);
    expect(codes({ sailpointAwaySeconds: 600 })).toEqual({ ...fine, warnings: ["sailpoint_not_answering"] });
  });

  it.each<[string, Partial<Standing>, readonly string[]]>([
    ["while it starts, whatever is not there yet", { phase: "starting", databaseAnswers: false, slack: null }, ["starting"]],
    ["while it stops", { phase: "draining" }, ["draining"]],
    [
      "while it stops and its receiver is closed, which is as it should be",
      { phase: "draining", workers: { running: 0, expected: 24 } },
      ["draining"],
    ],
    ["without a database", { databaseAnswers: false }, ["database_not_answering"]],
    ["without any socket", { slack: { ok: false, mode: "socket", connected: 0, runningListeners: 0 } }, ["slack_not_connected"]],
    ["without a receiver", { slack: { ok: false, mode: "http", connected: 0, runningListeners: 0 } }, ["slack_not_listening"]],
    ["when a worker is gone", { workers: { running: 23, expected: 24 } }, ["workers_not_running"]],
  ])("is not there %s", (_, over, reasons) => {
    expect(codes(over)).toMatchObject({ ready: false, reasons });
  });

  it("says every reason, not the first alone", () => {
    const slack = { ok: false, mode: "socket", connected: 0, runningListeners: 0 } as const;
    expect(codes({ databaseAnswers: false, slack }).reasons).toEqual(["database_not_answering", "slack_not_connected"]);
  });

  it("stays while ZPA is away, and warns with the age of the catalog", () => {
    const { ready, reasons, warnings } = readinessOf({ ...well, zpaAwaySeconds: 600, catalog: { ageSeconds: 7_300, refreshMinutes: 15 } });
    expect({ ready, reasons }).toEqual({ ready: true, reasons: [] });
    expect(warnings.map(({ code }) => code)).toEqual(["zpa_not_answering", "catalog_old"]);
    expect(warnings[0]?.message).toContain("for 10 minutes; the catalog is 2 hours old");
  });

  it("warns of a missing catalog and of jobs that are late", () => {
    expect(codes({ catalog: { ageSeconds: null, refreshMinutes: 15 }, oldestJobSeconds: 301 })).toEqual({
      ...fine,
      warnings: ["catalog_missing", "jobs_late"],
    });
  });
});

it.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [119, "119 seconds"],
  [120, "2 minutes"],
  [7_199, "119 minutes"],
  [7_200, "2 hours"],
])("writes %i seconds as %s", (seconds, words) => expect(inWords(seconds)).toBe(words));
