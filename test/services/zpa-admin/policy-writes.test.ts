import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PolicyRule } from "../../../src/services/zpa/policy/policy.ts";
import { type RulePlace, ruleToCreate, ruleToDelete, ruleToUpdate } from "../../../src/services/zpa-admin/policy-writes.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";

/**
 * Contract: what a rule of a special type does (whose credential it types in, which capabilities it gives) is on record with it, without
 * secrets; and a write counts as intended only where ZPA has all that was sent.
 */
describe("what is noted of rules of credentials and capabilities", () => {
  let client: TenantClient;
  let place: RulePlace;
  let current: PolicyRule;
  beforeEach(async () => {
    client = await tenantClient();
    const { policy } = client.zpa;
    place = { setId: (await policy.set("CREDENTIAL_POLICY")).id, type: "CREDENTIAL_POLICY", microtenantId: null };
    const [known] = await policy.rules("CREDENTIAL_POLICY");
    current = await policy.rule(place.setId, known?.id ?? "");
  });
  afterEach(() => client[Symbol.asyncDispose]());

  const withRaw = (raw: Readonly<Record<string, unknown>>): PolicyRule => ({ ...current, raw: { ...current.raw, ...raw } });
  const updating = (change: Parameters<typeof ruleToUpdate>[2]["change"]) =>
    ruleToUpdate(client.zpa.policy, place, { current, change, version: 1 });

  it("names the credential before a delete and after a write, and nothing that ZPA keeps of every rule", () => {
    const { credential } = current.raw;
    expect(credential).toMatchObject({ id: expect.stringMatching(/^\d+$/), name: expect.any(String) });
    expect(ruleToDelete(client.zpa.policy, place, current).before).toMatchObject({ fields: { credential } });
    const read = withRaw({ privilegedCapabilities: { capabilities: ["FILE_UPLOAD"] }, credentialPool: { id: "9", password: "hunter2" } });
    const { fields } = updating({}).noted(read) ?? {};
    expect(fields).toEqual({
      credential,
      privilegedCapabilities: { capabilities: ["FILE_UPLOAD"] },
      credentialPool: { id: "9", password: "…" },
    });
  });

  it.each([
    ["the credential", { credential: { id: "1" } }, { credential: { id: "2", name: "old" } }],
    ["a capability", { privilegedCapabilities: { capabilities: ["A", "B"] } }, { privilegedCapabilities: { capabilities: ["A"] } }],
    [
      "a capability that was to go",
      { privilegedCapabilities: { capabilities: ["A"] } },
      { privilegedCapabilities: { capabilities: ["A", "B"] } },
    ],
    ["all of a new field", { privilegedPortalCapabilities: { capabilities: ["A"] } }, {}],
  ])("is not as intended where ZPA dropped %s", (_, fields, kept) => {
    const { asIntended } = updating({ fields });
    expect(asIntended(withRaw(kept))).toBe(false);
    expect(asIntended(withRaw(fields))).toBe(true);
  });

  it("is as intended where ZPA says more, or leaves out what is empty or off", () => {
    const { asIntended } = updating({ fields: { credential: { id: 1 }, list: [], off: false, none: null } });
    expect(asIntended(withRaw({ credential: { id: "1", name: "db" } }))).toBe(true);
  });

  it("is not as intended where ZPA switched the rule off, or did not when it was to", () => {
    expect(updating({ name: current.name }).asIntended({ ...current, enabled: false })).toBe(false);
    expect(updating({ fields: { disabled: "1" } }).asIntended(current)).toBe(false);
    expect(updating({ fields: { disabled: true } }).asIntended({ ...current, enabled: false })).toBe(true);
    const draft = { name: current.name, description: current.description, action: current.action ?? "", customMessage: null };
    const { asIntended } = ruleToCreate(client.zpa.policy, place, { draft: { ...draft, conditions: [] }, version: 1 });
    expect(asIntended({ ...current, conditions: [] })).toBe(true);
    expect(asIntended({ ...current, conditions: [], enabled: false })).toBe(false);
  });
});
