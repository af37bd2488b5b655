import { describe, expect, it } from "vitest";
import { checkAsk } from "../../../src/services/policy/ask.ts";
import { routeFor } from "../../../src/services/policy/route.ts";

describe("who decides", () => {
  it("is every person and group of APPROVERS, one seat each", () => {
    expect(routeFor({ approvers: ["UBEN", "SOPS"], selfApproval: false }).approvers).toEqual([
      { kind: "person", userId: "UBEN" },
      { kind: "group", groupId: "SOPS" },
    ]);
  });
  it("may be the requester only where self-approval is allowed", () => {
    expect(routeFor({ approvers: ["UANA"], selfApproval: false }).config.selfApproval).toBe("OFF");
    expect(routeFor({ approvers: ["UANA"], selfApproval: true }).config.selfApproval).toBe("ALLOWED");
  });
});

describe("what a request must carry", () => {
  const rules = { maxConsolesPerRequest: 2 };
  it.each([
    [{ consoleIds: [], reason: "OPS-1" }, "console_missing"],
    [{ consoleIds: ["1", "2", "3"], reason: "OPS-1" }, "consoles_too_many"],
    [{ consoleIds: ["1"], reason: " \n " }, "reason_missing"],
    [{ consoleIds: ["1"], reason: "x".repeat(1001) }, "text_too_long"],
  ])("%o is refused as %s", (ask, code) => {
    expect(() => checkAsk(ask, rules)).toThrow(code);
  });
  it("keeps the reason without the white space around it", () => {
    expect(checkAsk({ consoleIds: ["1"], reason: " OPS-1\n" }, rules)).toBe("OPS-1");
  });
});
