import { describe, expect, it } from "vitest";
import { type AskedUnderRules, namedGroups, refusalByRules } from "../../../src/services/policy/check-against-rules.ts";
import { Rules } from "../../../src/services/policy/rules.ts";

const HOUR = 3_600_000;
const asked: AskedUnderRules = {
  requesterUserId: "UANA",
  beneficiaryUserId: "UANA",
  requesterGroupIds: ["SDBAS"],
  reason: "OPS-123: replace the disk",
  windowMilliseconds: 4 * HOUR,
};

describe("what the rules say to a request", () => {
  const forBen = { beneficiaryUserId: "UBEN" };
  it.each<[string, object, Partial<AskedUnderRules>, string | null, string | undefined]>([
    ["no rule, no refusal", {}, forBen, null, undefined],
    ["a person named may ask", { ask: { who: ["UANA"] } }, {}, null, undefined],
    ["a member of a group named may ask", { ask: { who: ["UBEN", "SDBAS"] } }, {}, null, undefined],
    ["who is not named may not", { ask: { who: ["UBEN", "SOPS"] } }, {}, "ask_not_allowed", "consoles"],
    ["an empty list is nobody", { ask: { who: [] } }, {}, "ask_not_allowed", "consoles"],
    ["asking for oneself needs no leave to ask for others", { ask: { forOthers: [] } }, {}, null, undefined],
    ["nobody may ask for others", { ask: { forOthers: [] } }, forBen, "ask_for_others_not_allowed", "beneficiary"],
    ["a member of a group named may ask for others", { ask: { forOthers: ["SDBAS"] } }, forBen, null, undefined],
    ["leave to ask for others is no leave to ask", { ask: { who: ["UBEN"], forOthers: ["UANA"] } }, forBen, "ask_not_allowed", "consoles"],
    ["a window of just the longest", { longestWindowHours: 4 }, {}, null, undefined],
    ["a second more", { longestWindowHours: 4 }, { windowMilliseconds: 4 * HOUR + 1000 }, "window_over_rules", "end"],
    ["parts of an hour", { longestWindowHours: 0.5 }, { windowMilliseconds: 0.6 * HOUR }, "window_over_rules", "end"],
    ["a reason with a ticket in it", { ticketPattern: "OPS-\\d+" }, {}, null, undefined],
    ["a reason without", { ticketPattern: "^INC\\d{7}" }, {}, "ticket_missing", "reason"],
    ["letters as the pattern has them", { ticketPattern: "ops-\\d+" }, {}, "ticket_missing", "reason"],
    ["unless it says otherwise", { ticketPattern: "(?i)ops-\\d+" }, {}, null, undefined],
  ])("%s", (_, rules, change, code, field) => {
    const refusal = refusalByRules(Rules.parse(rules), { ...asked, ...change });
    expect(refusal === null ? null : refusal.code).toBe(code);
    expect(refusal?.field).toBe(field);
  });

  it("names the limit, the pattern, and who may ask instead", () => {
    expect(refusalByRules(Rules.parse({ longestWindowHours: 2 }), asked)?.params).toEqual({ limit: 2 });
    expect(refusalByRules(Rules.parse({ ticketPattern: "INC\\d+" }), asked)?.params).toEqual({ pattern: "INC\\d+" });
    expect(refusalByRules(Rules.parse({ ask: { who: ["UBEN", "SOPS"] } }), asked)?.insteadIds).toEqual(["UBEN", "SOPS"]);
  });

  it("needs to know of Slack which of the groups in both lists the requester is in", () => {
    expect(namedGroups(Rules.parse({ ask: { who: ["UBEN", "SOPS"], forOthers: ["SLEADS"] } }))).toEqual(["SOPS", "SLEADS"]);
    expect(namedGroups(Rules.parse({}))).toEqual([]);
  });
});

describe("a ticket pattern", () => {
  it.each(["(", "(?=OPS)", "(\\w)\\1", "((a{1000}){1000}){1000}", "[z-a]"])("%s is refused when the rules are written", (ticketPattern) => {
    const parsed = Rules.safeParse({ ticketPattern });
    expect(parsed.error?.issues).toMatchObject([{ path: ["ticketPattern"], message: expect.stringContaining("RE2") }]);
  });

  /** Contract: no pattern makes a match that other people's clicks would wait for. An engine that backtracks takes longer than the sun lasts. */
  it.each(["(a+)+$", "(a|a)*b", "(a*)*(a*)*c", "(a?){500}a{500}z"])("%s cannot be made slow", (ticketPattern) => {
    const reason = `${"a".repeat(999)}!`;
    expect(refusalByRules(Rules.parse({ ticketPattern }), { ...asked, reason })).toMatchObject({ code: "ticket_missing" });
  });
});
