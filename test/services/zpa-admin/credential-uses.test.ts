import { describe, expect, it } from "vitest";
import { usesOfCredential } from "../../../src/services/zpa-admin/credential-uses.ts";
import { type TenantClient, tenantClient } from "../zpa/support/tenant-client.ts";

const ROTTERDAM = "145260601092866314";

const idOf = async ({ zpa }: TenantClient, name: string, microtenantId: string | null = null): Promise<string> => {
  const found = (await zpa.credentials.list({ microtenantId })).find((each) => each.name === name);
  if (found === undefined) throw new Error(`no credential ${name}`);
  return found.id;
};

const inject = async (
  { zpa }: TenantClient,
  name: string,
  { credentialId, microtenantId }: { credentialId: string; microtenantId: string | null },
) => {
  const { id } = await zpa.policy.set("CREDENTIAL_POLICY", { microtenantId });
  const [console] = await zpa.consoles.list({ microtenantId });
  const operands = [{ objectType: "CONSOLE", lhs: "id", rhs: console?.id ?? "" }];
  const rule = { name, description: null, action: "INJECT_CREDENTIALS", customMessage: null, fields: { credential: { id: credentialId } } };
  const conditions = [{ operator: "OR", negated: false, operands }] as const;
  await zpa.policy.createRule(id, { ...rule, conditions }, { version: 1, microtenantId });
};

describe("what uses a credential", () => {
  it("is every rule of the credential policy that injects it, and no other", async () => {
    await using client = await tenantClient();
    const credentialId = await idOf(client, "HMI panels");
    const uses = usesOfCredential(client.zpa);
    expect(await uses(credentialId, null)).toEqual([{ ruleId: expect.stringMatching(/^\d+$/), name: "Panels" }]);
    await inject(client, "Panels at night", { credentialId, microtenantId: null });
    expect((await uses(credentialId, null)).map(({ name }) => name)).toEqual(["Panels", "Panels at night"]);
    expect(await uses(await idOf(client, "jump hosts"), null)).toEqual([]);
  });

  it("of a microtenant's own are its rules, and of one that it inherits everybody's", async () => {
    await using client = await tenantClient();
    const uses = usesOfCredential(client.zpa);
    expect((await uses(await idOf(client, "RTM crane panel", ROTTERDAM), ROTTERDAM)).map(({ name }) => name)).toEqual(["Crane"]);
    const shared = await idOf(client, "jump hosts");
    await inject(client, "Crane by night", { credentialId: shared, microtenantId: ROTTERDAM });
    expect((await uses(shared, null)).map(({ name }) => name)).toEqual(["Crane by night"]);
  });
});
