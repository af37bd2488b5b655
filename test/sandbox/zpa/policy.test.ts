import { describe, expect, it } from "vitest";
import { firstMatch } from "../../../sandbox/zpa/policy/first-match.ts";
import { seedPolicies } from "../../../sandbox/zpa/policy/policy-seed.ts";
import { rulesUsing } from "../../../sandbox/zpa/policy/rules-using.ts";
import { seedObjects } from "../../../sandbox/zpa/seed.ts";
import { rawTenant } from "./support/raw-tenant.ts";

const problem = async (answer: Promise<{ readonly status: number; readonly text: string }>) => {
  const { status, text } = await answer;
  return { status, ...JSON.parse(text) };
};

describe("the policies of a new tenant", () => {
  it.each([{}, { consoles: 3 }, { consoles: 1_000 }, { microtenants: false }])("ask for an approval on most segments: %j", (options) => {
    const objects = seedObjects(options);
    const policies = seedPolicies(objects);
    const without = [...objects.segments.values()].filter(({ id }) => firstMatch({ objects, policies }, id)?.action !== "REQUIRE_APPROVAL");
    const named = new Set(["Legacy", "Building control", "Energy", "Packaging supplier", "Nordwind warehouse"]);
    expect(without.filter(({ name }) => !named.has(name))).toEqual([]);
    expect(policies.rules.every(({ conditions }) => conditions.every(({ operands }) => operands.length > 0))).toBe(true);
  });

  it("know which rules name a console, a segment or its group", () => {
    const objects = seedObjects({});
    const tenant = { objects, policies: seedPolicies(objects) };
    const console = [...objects.consoles.values()].find(({ name }) => name === "HMI Line 1");
    const segment = [...objects.segments.values()].find(({ name }) => name === "Legacy");
    expect(rulesUsing(tenant, { objectType: "CONSOLE", id: console?.id ?? "" }).map(({ name }) => name)).toEqual(["Panels"]);
    expect(rulesUsing(tenant, { objectType: "APP", id: segment?.id ?? "" }).map(({ name }) => name)).toEqual(["Retired & kept for audits"]);
    expect(rulesUsing(tenant, { objectType: "APP_GROUP", id: segment?.groupId ?? "" }).map(({ name }) => name)).toEqual([
      "Everything else with approval",
    ]);
  });
});

describe("what a rule names stays", () => {
  it("a credential, by the id that the tenant gave it, until the rule lets go of it", async () => {
    await using tenant = await rawTenant();
    const { list } = JSON.parse((await tenant.call("GET", "/policySet/rules/policyType/CREDENTIAL_POLICY")).text);
    const rule = list.find(({ name }: { name: string }) => name === "Databases");
    expect(rule.credential).toMatchObject({ id: expect.stringMatching(/^[1-9]\d+$/), name: "db-prod maintenance" });
    expect(await problem(tenant.call("DELETE", `/credential/${rule.credential.id}`))).toMatchObject({ status: 400 });
    const { id: setId } = JSON.parse((await tenant.call("GET", "/policySet/policyType/CREDENTIAL_POLICY")).text);
    await tenant.call("PUT", `/policySet/${setId}/rule/${rule.id}`, { ...rule, name: "Data", credential: { id: "1" } });
    expect((await tenant.call("DELETE", `/credential/${rule.credential.id}`)).status).toBe(204);
  });

  it("a console", async () => {
    await using tenant = await rawTenant();
    const console = (await tenant.control.state()).consoles.find(({ name }) => name === "HMI Line 1");
    expect(await problem(tenant.call("DELETE", `/praConsole/${console?.id}`))).toMatchObject({ status: 400 });
  });
});

describe("what the tenant refuses of policies", () => {
  it.each<[string, string, string, unknown, string]>([
    ["an unknown type", "GET", "/policySet/policyType/NO_POLICY", undefined, "invalid.resource.argument"],
    ["an unknown set", "POST", "/policySet/1/rule", {}, "resource.not.found"],
    ["an unknown rule", "GET", "/policySet/216196257331380001/rule/1", undefined, "resource.not.found"],
    ["a rule without a name", "POST", "/policySet/216196257331380001/rule", { action: "ALLOW" }, "invalid.resource.argument"],
    ["another set's action", "POST", "/policySet/216196257331380001/rule", { name: "x", action: "RE_AUTH" }, "invalid.resource.argument"],
    [
      "a segment that is not there",
      "POST",
      "/policySet/216196257331380001/rule",
      { name: "x", action: "DENY", conditions: [{ operands: [{ objectType: "APP", lhs: "id", rhs: "1" }] }] },
      "policy.invalid.mapping.input",
    ],
    [
      "version 2's shape in version 1",
      "POST",
      "/policySet/216196257331380001/rule",
      { name: "x", action: "DENY", conditions: [{ operands: [{ objectType: "APP", values: ["1"] }] }] },
      "invalid.resource.argument",
    ],
  ])("%s", async (_, method, path, body, id) => {
    await using tenant = await rawTenant();
    expect(await problem(tenant.call(method, path, body))).toMatchObject({ status: 400, id });
  });

  it("one of two writes at the same moment", async () => {
    await using tenant = await rawTenant();
    const path = "/policySet/216196257331380001/rule";
    const answers = await Promise.all(Array.from({ length: 8 }, () => tenant.call("POST", path, { name: "x", action: "DENY" })));
    const made = answers.filter(({ status }) => status === 201).length;
    const refused = answers.filter(({ status }) => status === 409);
    expect(made + refused.length).toBe(8);
    expect(refused.every(({ text }) => text.includes("api.concurrent.access.error"))).toBe(true);
    expect((await tenant.control.state()).rules.filter(({ name }) => name === "x")).toHaveLength(made);
  });
});
