import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { ApprovalConfig } from "../../../src/services/approvals/approval-config.ts";
import { Rules } from "../../../src/services/policy/rules.ts";
import { checkRules } from "../../../src/services/rules/check-rules.ts";
import { lineDiff } from "../../../src/services/rules/line-diff.ts";
import { documentFromYaml, rulesFromYaml, rulesYaml } from "../../../src/services/rules/rules-yaml.ts";

const problem = (read: () => unknown): string => {
  try {
    read();
  } catch (thrown) {
    if (thrown instanceof PortcullisError && thrown.code === "rules_invalid") return String(thrown.details.params?.problem);
    throw thrown;
  }
  return expect.fail("it was taken");
};

describe("rules that do not hold", () => {
  it.each([
    ["approver: [U01]", /"approver"/],
    ["approvers: []", /^approvers: /],
    ["approvers: [bob]", /^approvers\.0: must be a Slack user id/],
    ["approvers: [U01, U01]", /^approvers: names U01 twice/],
    ["approvalConfig: {reminderConfig: {maxReminder: 3}}", /^approvalConfig\.reminderConfig\.maxReminder: there is no such key/],
    ["approvalConfig: {reminderConfig: {maxReminders: 21}}", /^approvalConfig\.reminderConfig\.maxReminders: .*20/],
    ["approvalConfig: {timeoutConfig: {enabled: true, daysUntilTimeout: 91}}", /^approvalConfig\.timeoutConfig\.daysUntilTimeout: .*90/],
    ["approvalConfig: {reminderConfig: {enabled: true, reminderCronSchedule: '0 9 31 2 *'}}", /reminderCronSchedule: a schedule is/],
    ["approvalConfig: {reminderConfig: {enabled: true, reminderCronSchedule: 'soon'}}", /reminderCronSchedule: a schedule is/],
    ["approvalConfig: {cronTimezone: {location: Mars/Base}}", /^approvalConfig\.cronTimezone\.location: Mars\/Base is not a time zone/],
    ["approvalConfig: {fallbackApprover: {identityID: bob}}", /fallbackApprover\.identityID: must be a Slack/],
    ["approvalConfig: {serialChain: [{identityId: S01}]}", /serialChain\.0\.identityId: S01 is a user group: say GOVERNANCE_GROUP/],
    [
      "criteria: {type: PARALLEL, approval: {calculationType: COUNT, value: 1, of: 2}, rejection: {calculationType: COUNT, value: 1}}",
      /criteria\.approval\.of: there is no such key/,
    ],
    [
      "criteria: {type: PARALLEL, approval: {calculationType: PERCENT, value: 101}, rejection: {calculationType: COUNT, value: 1}}",
      /criteria\.approval/,
    ],
    ["ticketPattern: '('", /^ticketPattern: not a pattern that RE2 understands/],
    ["quietHours: {start: '20:00', end: '20:00'}", /^quietHours: /],
    ["longestWindowHours: 8761", /^longestWindowHours: /],
    ["a: b: c", /^this is not YAML: .*line 1/],
    ["a: 1\na: 2", /^this is not YAML: Map keys must be unique/],
    ["a: *nowhere", /^this is not YAML/],
    ["- U01", /expected/i],
  ])("%s", (yaml, sentence) => {
    expect(problem(() => rulesFromYaml(yaml))).toMatch(sentence);
  });

  it("says everything that is wrong, not only the first", () => {
    expect(problem(() => checkRules({ approvers: ["bob"], longestWindowHours: -1, approvalConfig: { x: 1 } }))).toMatch(
      /approvers\.0: .*longestWindowHours: .*approvalConfig\.x: /,
    );
  });

  it.each([
    ["rules:\n  - {scope: TENANT, rules: {approver: [U01]}}", /^TENANT: .*approver/],
    ["rules:\n  - {scope: TENANT, rules: {}}\n  - {scope: TENANT, rules: {}}", /^TENANT stands in the document twice/],
    ["rules:\n  - {scope: CONTINENT, rules: {}}", /^rules\.0\.scope: /],
    ["{}", /^rules: /],
  ])("in a document they are named with their scope: %j", (yaml, sentence) => {
    expect(problem(() => documentFromYaml(yaml))).toMatch(sentence);
  });
});

describe("the YAML of rules", () => {
  it("knows every key of an approval's configuration", () => {
    const { fallbackApprover: _, ...known } = ApprovalConfig.parse({});
    expect(checkRules({ approvalConfig: { ...known, fallbackApprover: { identityID: "U01", type: "IDENTITY" } } })).toBeDefined();
  });

  it("leaves out what says no more than the default, and is empty for the defaults", () => {
    expect(rulesYaml(Rules.parse({}))).toBe("{}\n");
    expect(rulesYaml(Rules.parse({ approvalConfig: { requiresComment: "ALL", autoApprove: "DIRECT" } }))).toBe(
      "approvalConfig:\n  requiresComment: ALL\n  autoApprove: DIRECT\n",
    );
  });

  it("keeps an id of ZPA that was written without quotation marks to its last digit", () => {
    expect(documentFromYaml("rules:\n  - {scope: MICROTENANT, scopeId: 216196257331372733, rules: {}}")).toMatchObject([
      { scopeId: "216196257331372733" },
    ]);
  });

  it("reads OFF as the word that it is", () => {
    expect(rulesFromYaml("approvalConfig: {requiresComment: OFF, autoApprove: OFF}").approvalConfig).toMatchObject({
      requiresComment: "OFF",
      autoApprove: "OFF",
    });
  });

  it("says the same when it is read again, whatever it says", () => {
    const ids = fc.uniqueArray(fc.constantFrom("U01", "U02", "W03"), { minLength: 1 });
    const any = fc.record(
      {
        approvers: ids,
        notify: ids,
        priority: fc.constantFrom("HIGH", "LOW"),
        ask: fc.record({ who: ids, forOthers: ids }, { requiredKeys: [] }),
        longestWindowHours: fc.integer({ min: 1, max: 100 }),
        ticketPattern: fc.constantFrom("OPS-\\d+", "true", "007", "#1: x", " "),
        quietHours: fc.constant({ start: "20:00", end: "07:00" }),
        passedMakesGrant: fc.boolean(),
        criteria: fc.constant({
          type: "SERIAL",
          approval: { calculationType: "PERCENT", value: 60 },
          rejection: { calculationType: "COUNT", value: 1 },
        }),
        approvalConfig: fc.record(
          {
            requiresComment: fc.constantFrom("ALL", "OFF", "REJECTION"),
            autoApprove: fc.constantFrom("OFF", "DIRECT"),
            fallbackApprover: fc.option(fc.constant({ identityID: "U09" })),
            timeoutConfig: fc.record({ enabled: fc.boolean(), daysUntilTimeout: fc.integer({ min: 1, max: 90 }) }),
            reminderConfig: fc.constant({ enabled: true, reminderCronSchedule: "@every 24h" }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(any, (written) => {
        const rules = checkRules(written);
        const again = rulesFromYaml(rulesYaml(rules));
        expect({ ...again, approvalConfig: { fallbackApprover: null, ...again.approvalConfig } }).toEqual({
          ...rules,
          approvalConfig: { fallbackApprover: null, ...rules.approvalConfig },
        });
      }),
    );
  });
});

describe("the comparison of two texts", () => {
  it("takes out before it puts in, and keeps what is in both", () => {
    expect(lineDiff("a\nb\nc\n", "a\nx\nc\nd\n").map(({ sign, text }) => sign + text)).toEqual([" a", "-b", "+x", " c", "+d"]);
    expect(lineDiff("", "a\n")).toEqual([{ sign: "+", text: "a" }]);
    expect(lineDiff("a\n", "")).toEqual([{ sign: "-", text: "a" }]);
  });

  it("leads from the one to the other", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 8 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const lines = lineDiff(before, after);
        const without = (sign: string) =>
          lines
            .filter((line) => line.sign !== sign)
            .map((line) => `${line.text}\n`)
            .join("");
        expect([without("+"), without("-")]).toEqual([before, after]);
      }),
    );
  });
});
