import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromRules, fromSailPoint, laidOver, takenOver } from "../../../src/services/sailpoint/carry-config.ts";

/** In the shape of the page's example; the values are ours. */
const theirs = {
  id: "t",
  scope: "TENANT",
  tenantId: "t",
  requiresComment: "ALL",
  autoApprove: "false",
  timeoutConfig: { enabled: true, daysUntilTimeout: 2, timeoutResult: "EXPIRED", later: 1 },
  reminderConfig: { enabled: true, daysUntilFirstReminder: 1, reminderCronSchedule: "@every 24h", maxReminders: 5 },
  cronTimezone: { location: "America/New_York", offset: "" },
  escalationConfig: {
    enabled: true,
    escalationCronSchedule: "@every 72h",
    escalationChain: [{ tier: 1, identityId: "i", identityType: "IDENTITY" }],
  },
  serialChain: [{ identityId: "i", identityType: "MANAGER_OF" }],
  fallbackApprover: { identityID: "i", type: "IDENTITY" },
  circumventApprovalProcess: true,
  machineIdentityManagerAssignment: "MANAGER_OF_REQUESTER",
};

describe("what SailPoint's configuration gives to ours", () => {
  it("is what both mean alike; all else is named", () => {
    const { config, left } = fromSailPoint(theirs);
    expect(config).toMatchObject({
      requiresComment: "ALL",
      autoApprove: "OFF",
      timeoutConfig: { enabled: true, daysUntilTimeout: 2 },
      cronTimezone: { location: "America/New_York" },
    });
    expect(left.toSorted()).toEqual(
      [
        "timeoutConfig.later",
        "circumventApprovalProcess",
        "escalationConfig",
        "fallbackApprover",
        "machineIdentityManagerAssignment",
        "serialChain",
      ].toSorted(),
    );
  });

  it("leaves out, by name, what our engine cannot keep", () => {
    const odd = {
      requiresComment: "SOMETIMES",
      reminderConfig: { enabled: true, reminderCronSchedule: "never" },
      cronTimezone: { location: "Mars/One" },
    };
    const { config, left } = fromSailPoint(odd);
    expect(left).toEqual(["requiresComment", "reminderConfig", "cronTimezone"]);
    expect(Object.keys(config)).toEqual(["autoApprove", "timeoutConfig"]);
  });

  it("names nothing that says nothing", () => {
    expect(
      fromSailPoint({ serialChain: [], fallbackApprover: null, circumventApprovalProcess: false, escalationConfig: { enabled: false } })
        .left,
    ).toEqual([]);
  });

  it("never brings people, nor a way around approval, into our rules", () => {
    const rules = takenOver({ approvers: ["U01"] }, fromSailPoint(theirs).config);
    expect(rules).toMatchObject({
      approvers: ["U01"],
      approvalConfig: { circumventApprovalProcess: false, serialChain: [], requiresComment: "ALL" },
    });
    expect(JSON.stringify(rules)).not.toContain('"i"');
  });
});

describe("what our rules give to SailPoint's configuration", () => {
  it("names all that SailPoint has no place for", () => {
    const shown = {
      approvers: ["U01"],
      longestWindowHours: 8,
      approvalConfig: { requiresComment: "ALL", selfApproval: "ALLOWED", serialChain: [{ identityId: "U02" }] },
    };
    const { config, left } = fromRules(shown);
    expect(left).toEqual(["approvers", "longestWindowHours", "approvalConfig.serialChain", "approvalConfig.selfApproval"]);
    expect(config).toMatchObject({ requiresComment: "ALL" });
  });

  it("is the default of our rules where they say nothing: a rejection needs a comment", () => {
    expect(fromRules({}).config).toMatchObject({ requiresComment: "REJECTION", autoApprove: "OFF", timeoutConfig: { enabled: false } });
  });

  it("leaves what we do not know as it was", () => {
    const pushed = laidOver(
      theirs,
      fromRules({ approvalConfig: { requiresComment: "OFF", timeoutConfig: { enabled: true, daysUntilTimeout: 9 } } }).config,
    );
    expect(pushed).toMatchObject({
      requiresComment: "OFF",
      timeoutConfig: { enabled: true, daysUntilTimeout: 9, later: 1 },
      serialChain: theirs.serialChain,
      escalationConfig: theirs.escalationConfig,
      machineIdentityManagerAssignment: "MANAGER_OF_REQUESTER",
    });
    expect(pushed).not.toHaveProperty("reminderConfig.reminderCronSchedule");
  });
});

describe("a push and a pull", () => {
  it("bring both sides to say the same", () => {
    const shown = fc.record({
      approvalConfig: fc.record({
        requiresComment: fc.constantFrom("ALL", "APPROVAL", "REJECTION", "OFF"),
        autoApprove: fc.constantFrom("OFF", "DIRECT", "INDIRECT"),
        timeoutConfig: fc.record({
          enabled: fc.boolean(),
          daysUntilTimeout: fc.integer({ min: 1, max: 90 }),
          timeoutResult: fc.constantFrom("EXPIRED", "APPROVED"),
        }),
        reminderConfig: fc.record({
          enabled: fc.constant(true),
          reminderCronSchedule: fc.constantFrom("@daily", "0 9 * * 1-5"),
          maxReminders: fc.nat(20),
        }),
        cronTimezone: fc.record({ location: fc.constantFrom("", "Europe/Berlin") }),
      }),
    });
    fc.assert(
      fc.property(shown, (ours) => {
        const { config } = fromRules(ours);
        expect(fromSailPoint(laidOver(theirs, config)).config).toEqual(config);
        expect(fromRules(takenOver(ours, fromSailPoint(theirs).config)).config).toEqual(fromSailPoint(theirs).config);
      }),
    );
  });
});
