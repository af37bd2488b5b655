import { describe, expect, it } from "vitest";
import type { PolicyRule, PolicyRuleDraft } from "../../../../src/services/zpa/policy/policy.ts";
import { unescapeFields } from "../../../../src/services/zpa/unescape-deep.ts";
import { rawTenant } from "../../../sandbox/zpa/support/raw-tenant.ts";
import { answering } from "../support/answering.ts";
import * as page from "./page-examples.ts";

const rotterdam = "145260601092866314";
const setId = "145256180497771333";

describe("what the page answers is understood", () => {
  it("a policy set", async () => {
    const { zpa, sent } = answering(200, JSON.stringify(page.set));
    const { id, name, description, ...rest } = await zpa.policy.set("ACCESS_POLICY");
    expect({ id, name, description }).toEqual({ id: page.set.id, name: "Global_Policy", description: "First of all & always." });
    expect(rest).toEqual({ enabled: true, typeCode: "1", raw: unescapeFields(page.set) });
    expect(sent).toEqual([{ method: "GET", path: "policySet/policyType/ACCESS_POLICY", body: undefined }]);
  });

  it("a page of rules, with and without conditions", async () => {
    const { zpa, sent } = answering(200, JSON.stringify(page.listed));
    const [plant, everything] = await zpa.policy.rules("ACCESS_POLICY");
    expect(plant).toMatchObject({ order: 1, action: "ALLOW", customMessage: "Plant rule", enabled: true, isDefault: false });
    expect(plant?.conditions).toEqual([
      {
        ...{ operator: "OR", negated: false },
        operands: [
          { objectType: "APP", lhs: "id", rhs: "145256180497775577", name: "TURBINE" },
          { objectType: "APP", lhs: "id", rhs: "145256180497775612", name: "BOILER" },
          { objectType: "APP_GROUP", lhs: "id", rhs: "145256180497775575", name: "PLANT" },
          { objectType: "TEST APP_GROUP", lhs: "id", rhs: "145256180497775615", name: "PLANT2" },
        ],
      },
    ]);
    expect(everything).toMatchObject({ order: 2, conditions: [], raw: page.listed.list[1] });
    expect(sent[0]?.path).toBe("policySet/rules/policyType/ACCESS_POLICY?page=1&pagesize=500");
  });

  it("what a search found", async () => {
    const { zpa, sent } = answering(200, JSON.stringify(page.found));
    const rules = await zpa.policy.rules("ACCESS_POLICY", { search: "action EQ ALLOW" });
    expect(rules.map(({ name, order }) => [name, order])).toEqual([
      ["yard", 1],
      ["gate", 3],
      ["tower", 4],
    ]);
    expect(sent[0]?.path).toBe("policySet/rules/policyType/ACCESS_POLICY?search=action+EQ+ALLOW&page=1&pagesize=500");
  });

  it("a rule by itself", async () => {
    const { zpa } = answering(200, JSON.stringify(page.single));
    expect(await zpa.policy.rule(page.single.policySetId, page.single.id)).toMatchObject({ order: 6, conditions: [], raw: page.single });
  });

  it.each<[string, string]>([
    [JSON.stringify(page.created), "145256180497774594"],
    [page.createdApproval, "145256180497771657"],
  ])("what a create made: %s", async (text, id) => {
    const { zpa } = answering(201, text);
    expect(await zpa.policy.createRule(setId, plain, { version: 1, microtenantId: rotterdam })).toEqual({ id });
  });

  it("a rule of a microtenant whose id is a bare number", async () => {
    const { zpa } = answering(200, page.createdApproval);
    expect(await zpa.policy.rule(setId, "145256180497771657")).toMatchObject({ microtenantId: rotterdam, action: "REQUIRE_APPROVAL" });
  });
});

describe("what the page sends is what the client sends", () => {
  it("for an approval in a microtenant", async () => {
    const { zpa, sent } = answering(201, page.createdApproval);
    await zpa.policy.createRule(setId, plain, { version: 1, microtenantId: rotterdam });
    expect(sent).toEqual([
      { method: "POST", path: `policySet/${setId}/rule?microtenantId=${rotterdam}`, body: { ...page.createApproval, policySetId: setId } },
    ]);
  });

  it("for version 2: one operand for each kind of value", async () => {
    const { zpa, sent } = answering(201, JSON.stringify(page.created));
    const { conditions, appConnectorGroups, appServerGroups, customMsg, ...same } = page.createV2(["1", "2", "3"], "4");
    const operands = [
      ...["1", "2", "3"].map((rhs) => ({ objectType: "APP", lhs: "id", rhs })),
      { objectType: "APP_GROUP", lhs: "id", rhs: "4" },
      { objectType: "SCIM_GROUP", lhs: "5", rhs: "6" },
    ];
    const draft = { ...same, customMessage: customMsg, conditions: [{ operator: "OR", negated: false, operands }] as const };
    await zpa.policy.createRule(setId, { ...draft, fields: { appConnectorGroups, appServerGroups } }, { version: 2 });
    const entries = { objectType: "SCIM_GROUP", entryValues: [{ lhs: "5", rhs: "6" }] };
    const wanted = [{ operator: "OR", negated: false, operands: [...(conditions[0]?.operands ?? []), entries] }];
    expect(sent[0]?.body).toEqual({ ...page.createV2([], ""), policySetId: setId, conditions: wanted });
  });

  it("for an update: every field that was read by version 1, and nothing by version 2, which has no place for some of its conditions", async () => {
    const read = { ...page.everyField, id: "7", name: "a &amp; b" };
    const reading = answering(200, JSON.stringify(read));
    const current = await reading.zpa.policy.rule(setId, "7");
    const { zpa, sent } = answering(204, "");
    await zpa.policy.updateRule(setId, current, { description: "new" }, { version: 1 });
    const second = zpa.policy.updateRule(setId, current, { description: "new" }, { version: 2 });
    await expect(second).rejects.toMatchObject({ code: "zpa_conditions_not_kept" });
    expect(sent).toHaveLength(1);
    expect(sent[0]).toEqual({
      ...{ method: "PUT", path: `policySet/${setId}/rule/7` },
      body: { ...read, name: "a & b", description: "new", policySetId: setId },
    });
  });

  it("for orders: the place in the path, and all ids as a list", async () => {
    const { zpa, sent } = answering(204, "");
    await zpa.policy.reorder(setId, "145256180497772641", 4);
    await zpa.policy.reorderAll(setId, ["145256180497775311", "145256180497775312"], { microtenantId: rotterdam });
    await zpa.policy.deleteRule(setId, "145256180497772641");
    expect(sent).toEqual([
      { method: "PUT", path: `policySet/${setId}/rule/145256180497772641/reorder/4`, body: {} },
      { method: "PUT", path: `policySet/${setId}/reorder?microtenantId=${rotterdam}`, body: ["145256180497775311", "145256180497775312"] },
      { method: "DELETE", path: `policySet/${setId}/rule/145256180497772641`, body: undefined },
    ]);
  });
});

describe("the simulated tenant takes and gives what the page shows", () => {
  it("version 1: 201 with the rule but for its conditions, which it has; an update is 204 and empty", async () => {
    await using tenant = await rawTenant();
    const place = await placeIn(tenant);
    const body = page.createV1(place.appIds[0] ?? "", place.groupId);
    const made = await tenant.call("POST", place.rules, body);
    expect(made.status).toBe(201);
    const created = JSON.parse(made.text);
    expect(Object.keys(created)).toEqual(expect.arrayContaining(Object.keys(page.created)));
    expect(created).toMatchObject({ name: "Plant by machine", priority: "1", policyType: "1", operator: "AND" });
    expect(created).not.toHaveProperty("conditions");
    const read = JSON.parse((await tenant.call("GET", `${place.rules}/${created.id}`)).text);
    expect(Object.keys(read)).toEqual(expect.arrayContaining(Object.keys(page.single)));
    const operands = read.conditions.flatMap((condition: { operands: unknown[] }) => condition.operands);
    expect(operands).toMatchObject(
      body.conditions.flatMap((condition) => condition.operands.map((operand) => ({ ...operand, rhs: String(operand.rhs) }))),
    );
    expect(read.conditions.map(({ operator, negated }: PolicyRule["conditions"][number]) => [operator, negated])).toEqual(
      body.conditions.map(() => ["OR", false]),
    );
    expect(await tenant.call("PUT", `${place.rules}/${created.id}`, { ...body, customMsg: "Other" })).toMatchObject({
      status: 204,
      text: "",
    });
    expect(await tenant.call("DELETE", `${place.rules}/${created.id}`)).toMatchObject({ status: 204, text: "" });
  });

  it("version 2: read back in the shape of version 1, one operand for each value", async () => {
    await using tenant = await rawTenant();
    const place = await placeIn(tenant);
    const body = page.createV2(place.appIds.slice(0, 3), place.groupId);
    const path = `/../../../../v2/admin/customers/${tenant.customerId}${place.rules}`;
    const created = JSON.parse((await tenant.call("POST", path, body)).text);
    const read = JSON.parse((await tenant.call("GET", `${place.rules}/${created.id}`)).text);
    expect(read.conditions[0].operands).toMatchObject([
      ...place.appIds.slice(0, 3).map((rhs) => ({ objectType: "APP", lhs: "id", rhs })),
      { objectType: "APP_GROUP", lhs: "id", rhs: place.groupId },
    ]);
    expect(read).toMatchObject({ appConnectorGroups: body.appConnectorGroups, appServerGroups: [] });
    expect(await tenant.call("PUT", `${path}/${created.id}`, { ...body, id: created.id })).toMatchObject({ status: 204, text: "" });
  });

  it("a rule of a microtenant that asks for an approval, its id bare", async () => {
    await using tenant = await rawTenant();
    const { rules } = await placeIn(tenant);
    const made = await tenant.call("POST", `${rules}?microtenantId=${rotterdam}`, page.createApproval);
    expect(made.text).toContain(`"microtenantId":${rotterdam}`);
    expect(JSON.parse(made.text)).toMatchObject({
      action: "REQUIRE_APPROVAL",
      defaultRule: false,
      connectorGroups: [],
      appServerGroups: [],
    });
  });

  it("all ids as bare numbers, at the path that lacks /admin", async () => {
    await using tenant = await rawTenant();
    const { id, rules } = await placeIn(tenant);
    const ids: string[] = JSON.parse((await tenant.call("GET", "/policySet/rules/policyType/ACCESS_POLICY")).text).list.map(
      (rule: PolicyRule) => rule.id,
    );
    const [decoy = "", ...rest] = ids;
    const wanted = [decoy, ...rest.toReversed()];
    const path = `/../../../customers/${tenant.customerId}/policySet/${id}/reorder`;
    expect(await tenant.call("PUT", path, `[${wanted.join(",")}]`)).toMatchObject({ status: 204 });
    const after = JSON.parse((await tenant.call("GET", `/policySet/rules/policyType/ACCESS_POLICY`)).text).list;
    expect(after.map((rule: PolicyRule) => rule.id)).toEqual(wanted);
    expect(rules).toContain(id);
  });

  it("client types and platforms as one object each", async () => {
    await using tenant = await rawTenant();
    expect(Object.keys(JSON.parse((await tenant.call("GET", "/clientTypes")).text))).toHaveLength(12);
    expect(JSON.parse((await tenant.call("GET", "/platform")).text)).toEqual({
      ...{ linux: "Linux", android: "Android", windows: "Windows", ios: "iOS", mac: "Mac" },
    });
  });
});

const plain: PolicyRuleDraft = {
  name: "plant-approval",
  description: "plant-approval",
  action: "REQUIRE_APPROVAL",
  customMessage: "plant-approval",
  conditions: [],
  fields: { connectorGroups: [], appServerGroups: [] },
};

async function placeIn(tenant: Awaited<ReturnType<typeof rawTenant>>) {
  const { id } = JSON.parse((await tenant.call("GET", "/policySet/policyType/ACCESS_POLICY")).text);
  const { list } = JSON.parse((await tenant.call("GET", "/application")).text);
  const appIds: string[] = list.map((segment: { id: string }) => segment.id);
  return { id: String(id), rules: `/policySet/${id}/rule`, appIds, groupId: String(list[0].segmentGroupId) };
}
