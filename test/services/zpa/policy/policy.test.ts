import { describe, expect, it } from "vitest";
import { POLICY_TYPES } from "../../../../src/services/zpa/policy/policy.ts";
import { tenantClient } from "../support/tenant-client.ts";
import { asking, placesOf, rotterdam } from "./drafts.ts";

const ACCESS = "ACCESS_POLICY";

describe("a policy set", () => {
  it.each(POLICY_TYPES)("is found by the type %s", async (type) => {
    await using client = await tenantClient();
    const set = await client.zpa.policy.set(type);
    expect(set).toMatchObject({ id: expect.stringMatching(/^\d{18}$/), enabled: true, typeCode: expect.stringMatching(/^\d+$/) });
    expect(set.raw).toMatchObject({ policyType: set.typeCode });
  });

  it("is the same under both of its names, and in every microtenant", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.policy.set(ACCESS);
    expect(await client.zpa.policy.set("GLOBAL_POLICY")).toMatchObject({ id, typeCode: "1" });
    expect(await client.zpa.policy.set(ACCESS, { microtenantId: rotterdam })).toMatchObject({ id });
    await expect(client.zpa.policy.set(ACCESS, { microtenantId: "7" })).rejects.toMatchObject({ code: "zpa_not_found" });
  });
});

describe("the rules of a set", () => {
  it("come in the order in which ZPA evaluates them, names as people wrote them", async () => {
    await using client = await tenantClient();
    const rules = await client.zpa.policy.rules(ACCESS);
    expect(rules.map(({ order }) => order)).toEqual(rules.map((_, index) => index + 1));
    expect(rules.map(({ name }) => name)).toContain("Retired & kept for audits");
    expect(rules.find(({ name }) => name.startsWith("Energy"))).toMatchObject({ enabled: false });
    expect(rules[0]).toMatchObject({ isRestricted: true, isDefault: false });
  });

  it("are read to the last page", async () => {
    await using client = await tenantClient({ tenant: { monotonicMilliseconds: tireless() } });
    const { id: setId } = await client.zpa.policy.set("CAPABILITIES_POLICY");
    const draft = { ...asking(""), action: "CHECK_CAPABILITIES", conditions: [] };
    for (let each = 0; each < 503; each += 1) await client.zpa.policy.createRule(setId, { ...draft, name: `R${each}` }, { version: 2 });
    await client.tenant.control.resetCalls({});
    expect(await client.zpa.policy.rules("CAPABILITIES_POLICY")).toHaveLength(503);
    expect((await client.tenant.control.state()).calls).toEqual({ GET: 2 });
  });

  it("can be searched by action and by name; other actions the search does not know", async () => {
    await using client = await tenantClient();
    const found = async (search: string) => (await client.zpa.policy.rules(ACCESS, { search })).map(({ name }) => name);
    expect(await found("action EQ DENY")).toEqual(["Decoys", "Retired & kept for audits"]);
    expect(await found("name LIKE audits")).toEqual(["Retired & kept for audits"]);
    await expect(found("action EQ REQUIRE_APPROVAL")).rejects.toMatchObject({
      details: { params: { id: "filtering.input.invalid.operand" } },
    });
    await expect(found("name - x")).rejects.toMatchObject({ details: { params: { id: "filtering.input.invalid.operand" } } });
  });

  it("are each microtenant's own", async () => {
    await using client = await tenantClient();
    const names = async (microtenantId: string | null) =>
      (await client.zpa.policy.rules(ACCESS, { microtenantId })).map(({ name }) => name);
    expect(await names(rotterdam)).toEqual(["Decoys", "Everything else with approval"]);
    expect(await names(null)).toContain("Suppliers with approval");
  });

  it("end with the default rule where a set has one", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.policy.set("TIMEOUT_POLICY");
    await client.zpa.policy.createRule(id, { ...asking(""), action: "RE_AUTH", conditions: [] }, { version: 1 });
    expect((await client.zpa.policy.rules("TIMEOUT_POLICY")).map(({ isDefault }) => isDefault)).toEqual([false, true]);
  });
});

describe.each([1, 2] as const)("a rule of version %i", (version) => {
  it.each([null, rotterdam])("is made last and read back as it was meant, in microtenant %s", async (microtenantId) => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { segmentIds, groupId } = await placesOf(client, microtenantId);
    const [segmentId = "", other = ""] = segmentIds;
    const { id: setId } = await policy.set(ACCESS, { microtenantId });
    const draft = asking(segmentId, {
      conditions: [
        {
          operator: "OR",
          negated: false,
          operands: [
            { objectType: "APP", lhs: "id", rhs: segmentId },
            { objectType: "APP", lhs: "id", rhs: other },
            { objectType: "APP_GROUP", lhs: "id", rhs: groupId },
          ],
        },
        { operator: "AND", negated: true, operands: [{ objectType: "SCIM_GROUP", lhs: "216196257331370001", rhs: "3251059" }] },
      ],
    });
    const before = await policy.rules(ACCESS, { microtenantId });
    const { id } = await policy.createRule(setId, draft, { version, microtenantId });
    const read = await policy.rule(setId, id, { microtenantId });
    expect(read).toMatchObject({ ...draft, id, microtenantId, enabled: true, isDefault: false, order: before.length + 1 });
    expect(read.conditions.map(({ operands }) => operands.length)).toEqual([3, 1]);
    expect((await policy.rules(ACCESS, { microtenantId })).at(-1)).toMatchObject({ id, ...draft });
    if (microtenantId !== null) await expect(policy.rule(setId, id)).rejects.toMatchObject({ code: "zpa_not_found" });
  });

  it("is changed whole: what is not named stays, unknown fields and conditions too, and its parts get new ids", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { segmentIds } = await placesOf(client);
    const { id: setId } = await policy.set(ACCESS);
    const fields = { appConnectorGroups: [{ id: "77", name: "Frankfurt" }], invented: { by: "a later version", list: ["x & y"] } };
    const draft = asking(segmentIds[0] ?? "", { fields });
    const { id } = await policy.createRule(setId, draft, { version });
    const made = await policy.rule(setId, id);
    expect(made.raw).toMatchObject(fields);
    await policy.updateRule(setId, made, { name: "Other & new" }, { version });
    const changed = await policy.rule(setId, id);
    expect(changed).toMatchObject({ ...made, name: "Other & new", raw: expect.anything() });
    expect(changed.raw).toMatchObject(fields);
    expect(idsIn(changed.raw)).toHaveLength(4);
    expect(idsIn(changed.raw).filter((each) => idsIn(made.raw).includes(each))).toEqual([]);
  });

  it("is changed in its action and its conditions, in its microtenant", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { segmentIds } = await placesOf(client, rotterdam);
    const { id: setId } = await policy.set(ACCESS);
    const { id } = await policy.createRule(setId, asking(segmentIds[0] ?? ""), { version, microtenantId: rotterdam });
    const made = await policy.rule(setId, id, { microtenantId: rotterdam });
    const conditions = asking(segmentIds[1] ?? "").conditions.slice(0, 1);
    await policy.updateRule(setId, made, { action: "DENY", description: null, conditions }, { version });
    expect(await policy.rule(setId, id, { microtenantId: rotterdam })).toMatchObject({ action: "DENY", description: null, conditions });
  });

  it("may lose what it says about where: then it applies to everything", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set(ACCESS);
    const { id } = await policy.createRule(setId, asking((await placesOf(client)).segmentIds[0] ?? ""), { version });
    await policy.updateRule(setId, await policy.rule(setId, id), { conditions: [] }, { version });
    expect((await policy.rule(setId, id)).conditions).toEqual([]);
  });

  it("about what is not there is refused", async () => {
    await using client = await tenantClient();
    const { id: setId } = await client.zpa.policy.set(ACCESS);
    await expect(client.zpa.policy.createRule(setId, asking("216196257331499999"), { version })).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { id: "policy.invalid.mapping.input" } },
    });
  });
});

describe("the order of rules", () => {
  it("changes for one, and for all at once", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set(ACCESS);
    const before = (await policy.rules(ACCESS)).map(({ id }) => id);
    const [first = "", second = "", ...rest] = before;
    const last = rest.at(-1) ?? "";
    await policy.reorder(setId, last, 2);
    expect((await policy.rules(ACCESS)).map(({ id }) => id)).toEqual([first, last, second, ...rest.slice(0, -1)]);
    await policy.reorderAll(setId, before);
    expect((await policy.rules(ACCESS)).map(({ id }) => id)).toEqual(before);
  });

  it("is each microtenant's", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const place = { microtenantId: rotterdam };
    const { id: setId } = await policy.set(ACCESS, place);
    const { id } = await policy.createRule(setId, asking((await placesOf(client, rotterdam)).segmentIds[0] ?? ""), {
      version: 1,
      ...place,
    });
    await policy.reorder(setId, id, 2, place);
    const orders = (await policy.rules(ACCESS, place)).map((rule) => rule.id);
    expect(orders[1]).toBe(id);
    await policy.reorderAll(setId, [orders[0] ?? "", orders[2] ?? "", id], place);
    expect((await policy.rules(ACCESS, place)).at(-1)).toMatchObject({ id });
  });

  it.each<[string, (ids: readonly string[]) => readonly string[], string]>([
    ["of another length", (ids) => ids.slice(1), "resource input length is not valid"],
    ["with a stranger", (ids) => ["12", ...ids.slice(1)], "The ruleId: 12 does not belong to the policySetId: 216196257331380002"],
    ["that leaves one out", (ids) => [...ids.slice(0, -2), ids.at(-1) ?? "", ids.at(-1) ?? ""], "Missing ruleIds:"],
    ["whose default rule is not last", (ids) => ids.toReversed(), "Reordering not allowed for default rule"],
  ])("%s is refused", async (_, change, reason) => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set("TIMEOUT_POLICY");
    const draft = { ...asking(""), action: "RE_AUTH", conditions: [] };
    for (const name of ["one", "two"]) await policy.createRule(setId, { ...draft, name }, { version: 1 });
    const ids = (await policy.rules("TIMEOUT_POLICY")).map(({ id }) => id);
    await expect(policy.reorderAll(setId, change(ids))).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { reason: expect.stringContaining(reason) } },
    });
    expect((await policy.rules("TIMEOUT_POLICY")).map(({ id }) => id)).toEqual(ids);
  });

  it("leaves rules of Deception and default rules where they are", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set(ACCESS);
    const [decoy = "", second = "", ...rest] = (await policy.rules(ACCESS)).map(({ id }) => id);
    const restricted = { details: { params: { reason: `Rule id ${decoy} is a restricted entity and cannot be reordered` } } };
    await expect(policy.reorder(setId, decoy, 2)).rejects.toMatchObject(restricted);
    await expect(policy.reorder(setId, second, 1)).rejects.toMatchObject(restricted);
    await expect(policy.reorderAll(setId, [second, decoy, ...rest])).rejects.toMatchObject(restricted);
    const timeouts = await policy.set("TIMEOUT_POLICY");
    const [theDefault] = await policy.rules("TIMEOUT_POLICY");
    await expect(policy.reorder(timeouts.id, theDefault?.id ?? "", 1)).rejects.toMatchObject({
      details: { params: { id: "default.rule.reorder.notallowed" } },
    });
  });
});

describe("a rule's end", () => {
  it("is final, and a second delete succeeds", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set(ACCESS);
    const { id } = await policy.createRule(setId, asking((await placesOf(client)).segmentIds[0] ?? ""), { version: 2 });
    await policy.deleteRule(setId, id);
    await policy.deleteRule(setId, id);
    await expect(policy.rule(setId, id)).rejects.toMatchObject({ code: "zpa_not_found", details: { params: { params: id } } });
  });

  it("does not come to a rule of Deception, which is not changed either", async () => {
    await using client = await tenantClient();
    const { policy } = client.zpa;
    const { id: setId } = await policy.set(ACCESS);
    const [decoy] = await policy.rules(ACCESS);
    if (decoy === undefined) throw new Error("the tenant has no rules");
    await expect(policy.deleteRule(setId, decoy.id)).rejects.toMatchObject({ code: "zpa_refused" });
    await expect(policy.updateRule(setId, decoy, { name: "x" }, { version: 1 })).rejects.toMatchObject({ code: "zpa_refused" });
  });
});

describe("what conditions are made of", () => {
  it("is told: client types and platforms", async () => {
    await using client = await tenantClient();
    expect(await client.zpa.policy.clientTypes()).toMatchObject({
      zpn_client_type_exporter: "Web Browser",
      zpn_client_type_vdi: "Client Connector for VDI",
    });
    expect(await client.zpa.policy.platforms({ microtenantId: rotterdam })).toEqual({
      linux: "Linux",
      android: "Android",
      windows: "Windows",
      ios: "iOS",
      mac: "Mac",
    });
  });
});

/** Ids of a rule's conditions and operands. */
function idsIn(raw: Readonly<Record<string, unknown>>): readonly string[] {
  return [...JSON.stringify(raw.conditions).matchAll(/"id":"(\d+)"/g)].flatMap(([, id]) => id ?? []);
}

/** The limit's clock, in which every call is ten seconds after the one before. */
function tireless(): () => number {
  let now = 0;
  return () => {
    now += 11_000;
    return now;
  };
}
