import { describe, expect, it } from "vitest";
import { FINDING_STATUSES, type FindingView, VERDICTS } from "../../src/services/access/reconcile/finding.ts";
import { textsFor } from "../../src/texts/texts.ts";
import { findingCard, passMessage, passStarted } from "../../src/views/finding-card.ts";
import { findingForm } from "../../src/views/finding-form.ts";
import { FINDINGS_SHOWN, findingsList } from "../../src/views/findings-list.ts";
import { ACTION } from "../../src/views/ids.ts";
import { aFinding, aForeignFinding } from "./a-finding.ts";
import { actionIds, expectMessage, expectView, markupIn, wordsIn } from "./block-kit.ts";
import { at } from "./models.ts";

const en = textsFor("en");
const languages = [en, textsFor("de")];
const hours = {
  days: ["MON"],
  start: "09:00",
  end: "17:00",
  timeZone: "Europe/Berlin",
  startTimeCron: "0 0 8 ? * MON",
  endTimeCron: "0 0 16 ? * MON",
} as const;
const terms = {
  emailIds: ["<!channel>@example.com"],
  segmentIds: Array.from({ length: 200 }, (_, n) => `segment ${n} ${"x".repeat(300)}`),
  start: at("2026-11-22T08:00:00Z"),
  end: at("2026-11-22T16:00:00Z"),
  workingHours: { ...hours, days: [...hours.days] },
};
const fields = [
  "emailIds",
  "applications",
  "startTime",
  "endTime",
  "workingHours",
  "startTimeCron",
  "endTimeCron",
  "timeZone",
  "days",
  "hours",
];
const large = aFinding({ body: { microtenantName: "x".repeat(500), fields, intended: terms, seen: terms, counts: {} } });
const missing = aFinding({
  kind: "MISSING",
  body: { ...aFinding().body, fields: [], seen: null },
  verdicts: ["restore", "ignore", "revoke"],
});
const many = aFinding({
  kind: "MANY",
  label: null,
  verdicts: [],
  body: { microtenantName: "Plant", fields: [], intended: null, seen: null, counts: { FOREIGN: 30, CHANGED: 0 } },
});
const list = aFinding({
  kind: "LIST",
  label: null,
  verdicts: ["restore", "ignore"],
  body: { microtenantName: "Plant", fields: [], intended: null, seen: null, counts: { absent: 12, grants: 30 } },
});

const all: readonly FindingView[] = [
  aFinding(),
  aForeignFinding(),
  aForeignFinding({ grantId: "g1", label: "PRA-1042" }),
  large,
  missing,
  many,
  list,
];

describe("the message of a finding", () => {
  it("keeps to Slack's limits whatever it is about, whatever became of it, in both languages", () => {
    for (const texts of languages)
      for (const finding of all)
        for (const status of FINDING_STATUSES) {
          const settled =
            status === "OPEN" ? {} : { settledBy: "U01DORA000", settledAt: at("2026-11-22T10:00:00Z"), reason: "<!here>", verdicts: [] };
          const card = findingCard({ ...finding, status, ...settled, owner: status === "ADOPTED" ? "U01EMIL000" : null }, texts);
          expectMessage(card);
          expect(card.text).not.toContain("<!");
          expect(markupIn(card.blocks)).toEqual([]);
          if (status !== "OPEN") expect(actionIds(card.blocks)).toEqual([]);
        }
  });

  it("says what differs, once", () => {
    const words = wordsIn(findingCard(aFinding(), en).blocks);
    expect(words).toContain("PRA-1042");
    expect(words).toContain("Databases");
    expect(JSON.stringify(findingCard(aFinding(), en).blocks)).toContain(String(at("2026-11-22T20:00:00Z").getTime() / 1000));
    expect(wordsIn(findingCard(large, en).blocks).match(/Working hours: /g)).toHaveLength(2);
  });

  it("has a button for each thing that can be done, and none while it is being done", () => {
    expect(actionIds(findingCard(aFinding(), en).blocks)).toEqual([
      ACTION.findingAdopt,
      ACTION.findingRestore,
      ACTION.findingIgnore,
      ACTION.findingRevoke,
    ]);
    expect(actionIds(findingCard(aForeignFinding(), en).blocks)).not.toContain(ACTION.findingRestore);
    expect(actionIds(findingCard(many, en).blocks)).toEqual([ACTION.findingsOpen]);
    for (const verdict of VERDICTS)
      for (const texts of languages) {
        const wanted = findingCard(aFinding({ wanted: { verdict, by: "cli:ops", reason: null }, verdicts: [] }), texts);
        expectMessage(wanted);
        expect(wordsIn(wanted.blocks)).toContain(texts.findings.wanted[verdict][1]);
      }
  });

  it("says why something did not come about, with the reference", () => {
    const failure = { code: "finding_changed", params: {}, reference: "ABCD1234" };
    const words = wordsIn(findingCard(aFinding({ failure }), en).blocks);
    expect(words).toContain(en.errors.finding_changed(() => ""));
    expect(words).toContain("ABCD1234");
  });
});

describe("the list of findings and its forms", () => {
  it("keep to Slack's limits", () => {
    const findings = Array.from({ length: FINDINGS_SHOWN }, (_, n) => ({ ...large, id: String(n) }));
    const result = {
      microtenantId: null,
      microtenantName: "x".repeat(100),
      listed: 1,
      asIntended: 1,
      changed: 0,
      missing: 0,
      foreign: 0,
      expired: 0,
      moving: 0,
      removed: 1,
      cleaned: 2,
      problem: "zpa_unreachable",
    };
    const lastPass = { finishedAt: at("2026-11-22T10:00:00Z"), microtenants: Array.from({ length: 100 }, () => result) };
    for (const texts of languages) {
      const counts = { changed: 8, missing: 0, foreign: 0, list: 0 };
      expectView(findingsList({ findings, counts, lastPass, next: "7" }, texts));
      expectView(findingsList({ findings: [], counts: { ...counts, changed: 0 }, lastPass: null, next: null }, texts));
      expectMessage(passMessage(lastPass, texts));
      expectMessage(passMessage({ ...lastPass, microtenants: [{ ...result, problem: "zpa_list_not_believed" }] }, texts));
      expectMessage(passStarted(texts));
      for (const finding of [aFinding(), aForeignFinding(), large])
        for (const verdict of ["adopt", "revoke"] as const)
          expectView(findingForm(finding, { findingId: finding.id, version: 1, verdict, listId: "V1" }, texts));
    }
  });
});
