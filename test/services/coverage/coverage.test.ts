import { describe, expect, it } from "vitest";
import { coverage } from "../../../src/services/coverage/coverage.ts";
import type { PolicyRule } from "../../../src/services/zpa/policy/policy.ts";
import { any, app, client, group, not, rule, scimGroup } from "./rules.ts";

const segment = { id: "s1", name: "Databases", groupId: "g1", microtenantId: null };
const REQUIRE = "REQUIRE_APPROVAL";
const of = (...rules: readonly PolicyRule[]) => coverage([segment], rules)[0];

describe("a segment is covered", () => {
  it.each([
    ["by a rule about everything", rule(REQUIRE)],
    ["by a rule that names it", rule(REQUIRE, { conditions: [any(app("s2"), app("s1"))] })],
    ["by a rule that names its group", rule(REQUIRE, { conditions: [any(app("s2"), group("g1"))] })],
    ["by a rule for portals", rule(REQUIRE, { conditions: [any(app("s1")), any(client("exporter"), client("zapp"))] })],
    ["by a rule that leaves out another one", rule(REQUIRE, { conditions: [not(any(app("s2"))), any(group("g1"))] })],
  ])("%s", (_, covering) => {
    expect(of(covering)).toEqual({ ...facts, status: "covered", ruleId: covering.id, reason: { code: "covered_by", rule: covering.name } });
  });

  it("whatever is said of others, or of nobody in a portal, before", () => {
    const before = [
      rule("DENY", { conditions: [any(app("s2"))] }),
      rule("ALLOW", { enabled: false }),
      rule("ALLOW", { conditions: [any(app("s1")), any(client("zapp"), client("machine_tunnel"))] }),
      rule("ALLOW", { conditions: [not(any(group("g1")))] }),
    ];
    expect(of(...before, rule(REQUIRE))).toMatchObject({ status: "covered" });
  });

  it("although some meet another rule that asks for an approval first", () => {
    expect(of(rule(REQUIRE, { conditions: [any(scimGroup("7"))] }), rule(REQUIRE))).toMatchObject({ status: "covered" });
  });
});

describe("a segment is uncovered", () => {
  it.each<[string, readonly PolicyRule[]]>([
    ["without rules", []],
    ["when the rule is about another one", [rule(REQUIRE, { conditions: [any(app("s2"), group("g2"))] })]],
    ["when the rule is switched off", [rule(REQUIRE, { enabled: false })]],
    ["when the rule is for Client Connector only", [rule(REQUIRE, { conditions: [any(app("s1")), any(client("zapp"))] })]],
    ["when the rule leaves it out", [rule(REQUIRE, { conditions: [not(any(app("s1")))] })]],
    ["when all that applies lets in or blocks", [rule("DENY", { conditions: [any(scimGroup("7"))] }), rule("ALLOW")]],
  ])("%s", (_, rules) => {
    expect(of(...rules)).toEqual({ ...facts, status: "uncovered", ruleId: null, reason: { code: "no_rule" } });
  });
});

describe("a segment is shadowed", () => {
  it.each(["ALLOW", "DENY"])("by an earlier %s for everybody", (action) => {
    const earlier = rule(action, { conditions: [any(group("g1"))] });
    const covering = rule(REQUIRE, { conditions: [any(app("s1"))] });
    expect(of(earlier, covering)).toEqual({
      ...facts,
      status: "shadowed",
      ruleId: earlier.id,
      reason: { code: "shadowed_by", rule: earlier.name, action, covering: covering.name },
    });
  });
});

describe("it is unknown", () => {
  const forSome = { conditions: [any(app("s1")), any(scimGroup("7"))] };

  it("who meets an earlier rule for some people", () => {
    const earlier = rule("DENY", forSome);
    expect(of(earlier, rule(REQUIRE))).toMatchObject({ status: "unknown", ruleId: earlier.id, reason: { code: "earlier_rule_for_some" } });
  });

  it("whether a rule for some people, or in unknown words, asks everybody for an approval", () => {
    expect(of(rule(REQUIRE, forSome))).toMatchObject({ status: "unknown", reason: { code: "approval_for_some" } });
    expect(of(rule(REQUIRE, forSome), rule("DENY"))).toMatchObject({ status: "unknown", reason: { code: "approval_for_some" } });
    expect(of(rule(REQUIRE, { conditions: [any()] }))).toMatchObject({ status: "unknown" });
    expect(of(rule(REQUIRE, { conditions: [{ ...any(app("s1"), app("s2")), operator: "XOR" }] }))).toMatchObject({ status: "unknown" });
    expect(of(rule(REQUIRE, { conditions: [any(client("browser_isolation"))] }))).toMatchObject({ status: "unknown" });
  });

  it("in which group the segment is, where ZPA has not told", () => {
    const [seen] = coverage([{ ...segment, groupId: null }], [rule(REQUIRE, { conditions: [any(group("g1"))] })]);
    expect(seen).toMatchObject({ status: "unknown", reason: { code: "segment_group_unknown" } });
    const [named] = coverage([{ ...segment, groupId: null }], [rule(REQUIRE, { conditions: [any(group("g1"), app("s1"))] })]);
    expect(named).toMatchObject({ status: "covered" });
  });

  it("what an action does that is not known here", () => {
    expect(of(rule("STEP_UP"), rule(REQUIRE))).toMatchObject({ status: "unknown", reason: { code: "action_unknown", action: "STEP_UP" } });
    expect(of(rule(null))).toMatchObject({ status: "unknown", reason: { code: "action_unknown" } });
  });

  it("whether a segment and a group in two conditions are both wanted", () => {
    const apart = [any(app("s1")), any(group("g2"))];
    expect(of(rule(REQUIRE, { conditions: apart }))).toMatchObject({ status: "unknown" });
    expect(of(rule(REQUIRE, { conditions: [any(app("s1")), any(group("g1"))] }))).toMatchObject({ status: "covered" });
  });
});

const facts = { id: "s1", name: "Databases", microtenantId: null };
