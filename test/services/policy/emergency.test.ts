import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import { checkEmergency, emergencyRoute, isOnCall, longestInEmergency, skippedBy } from "../../../src/services/policy/emergency.ts";
import { routeFor } from "../../../src/services/policy/route.ts";

const refusal = (asked: Parameters<typeof checkEmergency>[0]): string | null => {
  try {
    checkEmergency(asked);
    return null;
  } catch (thrown) {
    return thrown instanceof PortcullisError ? thrown.code : String(thrown);
  }
};
const kinds = fc.constantFrom("ON_CALL" as const, "BREAK_GLASS" as const);
const rules = fc.record({ longestWindowHours: fc.option(fc.double({ min: 0.01, max: 100, noNaN: true }), { nil: undefined }) });

/** Contract: access past the approvers is never longer than the setting's cap, nor than the rules of any of its consoles allow. */
describe("how long access past the approvers may last", () => {
  it("is refused exactly when it is longer than the cap or than the rules allow", () => {
    fc.assert(
      fc.property(
        kinds,
        rules,
        fc.integer({ min: 1, max: 500_000 }),
        fc.integer({ min: 1, max: 500_000 }),
        (kind, { longestWindowHours }, seconds, mostSeconds) => {
          const asked = {
            kind,
            seconds,
            mostSeconds,
            reason: "INC-1",
            rules: longestWindowHours === undefined ? {} : { longestWindowHours },
          };
          const isTooLong = seconds > mostSeconds || (longestWindowHours !== undefined && seconds > longestWindowHours * 3600);
          expect(refusal(asked) !== null).toBe(isTooLong);
        },
      ),
    );
  });

  it("is, where nothing is said, what no rule refuses, and a second more is refused by some", () => {
    fc.assert(
      fc.property(
        kinds,
        fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { maxLength: 4 }),
        fc.integer({ min: 60, max: 500_000 }),
        (kind, hours, mostSeconds) => {
          const all = hours.length === 0 ? [{}] : hours.map((longestWindowHours) => ({ longestWindowHours }));
          const seconds = longestInEmergency(mostSeconds, all);
          const refused = (length: number) =>
            all.some((each) => refusal({ kind, seconds: length, mostSeconds, reason: "", rules: each }) !== null);
          expect(refused(seconds)).toBe(false);
          expect(refused(seconds + 1)).toBe(true);
        },
      ),
    );
  });

  it("wants the rules' ticket on call, and none from whoever breaks the glass", () => {
    const asked = { seconds: 60, mostSeconds: 60, reason: "help", rules: { ticketPattern: "INC-\\d+" } };
    expect(refusal({ ...asked, kind: "ON_CALL" })).toBe("ticket_missing");
    expect(refusal({ ...asked, kind: "BREAK_GLASS" })).toBe(null);
  });
});

describe("the route of access past the approvers", () => {
  const ruled = routeFor({ approvers: ["UBEN", "SOPS"], selfApproval: true });

  it("skips those who would have decided, and of a broken glass tells the administrators too", () => {
    expect(skippedBy("ON_CALL", ruled, ["UROOT"])).toEqual(["UBEN", "SOPS"]);
    expect(skippedBy("BREAK_GLASS", ruled, ["UROOT", "UBEN"])).toEqual(["UBEN", "SOPS", "UROOT"]);
  });

  it("gives the giver one seat, and a broken glass none; self-approval stays off, whatever the setting says", () => {
    const given = emergencyRoute("ON_CALL", ruled, "UDORA", ["UBEN"]);
    expect(given.approvers).toEqual([{ kind: "person", userId: "UDORA" }]);
    expect([given.config.autoApprove, given.config.selfApproval, given.rules.passedMakesGrant]).toEqual(["DIRECT", "OFF", false]);
    const broken = emergencyRoute("BREAK_GLASS", ruled, "UDORA", ["UBEN"]);
    expect([broken.approvers, broken.config.circumventApprovalProcess, broken.rules.passedMakesGrant]).toEqual([[], true, true]);
    expect(broken.config.selfApproval).toBe("OFF");
  });

  it("finds on call whom the list names, or a group of it holds", () => {
    expect(isOnCall(["UANA", "SCALL"], "UANA", [])).toBe(true);
    expect(isOnCall(["UANA", "SCALL"], "UBEN", ["SCALL"])).toBe(true);
    expect(isOnCall(["UANA", "SCALL"], "UBEN", ["SOTHER"])).toBe(false);
    expect(isOnCall([], "UANA", [])).toBe(false);
  });
});
