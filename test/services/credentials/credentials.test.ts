import { sql } from "kysely";
import { beforeEach, describe, expect, it } from "vitest";
import { PortcullisError } from "../../../src/errors.ts";
import type { CredentialFields } from "../../../src/services/credentials/handover.ts";
import { usesOfCredential } from "../../../src/services/zpa-admin/credential-uses.ts";
import { storeForTests } from "../../support/store-for-tests.ts";
import { tenantForTests } from "../zpa/support/tenant-for-tests.ts";
import { tireless } from "../zpa/support/tireless.ts";
import { aCredentialHouse, deedOn, dora, kindsOf, ledgerOf, NOW, newKey } from "./a-credential-house.ts";

const store = storeForTests();
const client = tenantForTests({ tenant: { clock: { now: () => NOW }, monotonicMilliseconds: tireless() }, totalMilliseconds: 1_000 });
let house: ReturnType<typeof aCredentialHouse>;
beforeEach(() => {
  house = aCredentialHouse({ db: store.db, client });
});

describe("the list of credentials", () => {
  it("is of every microtenant, the oldest secret first, with its age and whether it is stale", async () => {
    const { credentials, maxAgeDays, unread } = await house.credentials.list({ by: dora });
    expect([maxAgeDays, unread]).toEqual([90, []]);
    expect(credentials.map(({ name, ageDays, isStale, microtenantName }) => [name, ageDays, isStale, microtenantName])).toEqual([
      ["HMI panels", 1460, true, "Default"],
      ["RTM crane panel", 640, true, "Plant Rotterdam"],
      ["SCADA operator", 400, true, "Default"],
      ["jump hosts", 200, true, "Default"],
      ["nordwind-db", 150, true, "Nordwind Logistics"],
      ["Domain admin break-glass", 95, true, "Default"],
      ["RTM SCADA", 60, false, "Plant Rotterdam"],
      ["Robot cells", 35, false, "Default"],
      ["db-prod maintenance", 12, false, "Default"],
    ]);
    expect(credentials.flatMap((each) => Object.keys(each)).filter((key) => /raw|secret|password|key/i.test(key))).toEqual([]);
  });

  it("is searched in names, users, domains, descriptions and microtenants", async () => {
    const search = async (text: string) => (await house.credentials.list({ by: dora, search: text })).credentials.map(({ name }) => name);
    expect(await search(" scada ")).toEqual(["SCADA operator", "RTM SCADA"]);
    expect(await search("plant.acme")).toEqual(["SCADA operator"]);
    expect(await search("rotterdam")).toEqual(["RTM crane panel", "RTM SCADA"]);
    expect(await search("frankfurt & virginia")).toEqual(["Domain admin break-glass"]);
    expect(await search("nothing like it")).toEqual([]);
  });

  it("names the microtenant that cannot be listed, and shows the others", async () => {
    const list = client.zpa.credentials.list;
    const rotterdam = await house.named("RTM SCADA");
    house.ports.zpa.credentials.list = (options) =>
      options?.microtenantId === rotterdam.microtenantId ? Promise.reject(new PortcullisError("zpa_not_permitted")) : list(options);
    const { credentials, unread } = await house.credentials.list({ by: dora });
    expect(unread).toEqual([{ microtenantName: "Plant Rotterdam", code: "zpa_not_permitted" }]);
    expect(credentials).toHaveLength(7);
    await expect(house.credentials.list({ by: dora, microtenantId: rotterdam.microtenantId })).rejects.toMatchObject({
      code: "zpa_not_permitted",
    });
  });
});

describe("whoever is no administrator", () => {
  it("does nothing of all this", async () => {
    house.people.admins.clear();
    const { credentials: service } = house;
    const command = { by: dora, credentialId: "11262", microtenantId: null };
    const add = { name: "x", type: "PASSWORD", userName: null, userDomain: null, description: null, microtenantId: null } as const;
    for (const deed of [
      () => service.list({ by: dora }),
      () => service.get(command),
      () => service.look(command),
      () => service.room({ by: dora }),
      () => service.offer({ by: dora, kind: "add", ...add }),
      () => service.offer({ kind: "rotate", ...command }),
      () => service.confirm({ by: dora, handoverId: "0195b7f4-0000-7000-8000-000000000001", code: "1" }),
      () => service.previewRemove(command),
      () => service.remove({ ...command, shownUses: [] }),
      () => service.previewMove({ ...command, to: "77" }),
      () => service.move({ ...command, to: "77", shownUses: [] }),
    ])
      await expect(deed()).rejects.toMatchObject({ code: "admins_only" });
    expect(await kindsOf(store.db)).toEqual([]);
  });
});

describe("a link is not given", () => {
  it.each<[Partial<CredentialFields>, string, string]>([
    [{ name: " " }, "credential_incomplete", "credentialName"],
    [{ name: "x", userName: "" }, "credential_incomplete", "credentialUser"],
    [{ name: "x".repeat(251) }, "text_too_long", "credentialName"],
    [{ name: "HMI Panels" }, "credential_name_taken", "credentialName"],
    [{ name: "a\0b" }, "invalid_input", "credentialName"],
    [{ name: "x", description: "x".repeat(1_001) }, "text_too_long", "credentialDescription"],
  ])("for fields that do not fit (%#): %s, said at its field", async (over, code, field) => {
    await expect(house.credentials.offer({ ...newKey, ...over })).rejects.toMatchObject({ code, details: { field } });
  });

  it("while the page is switched off, and the sentence says what to set", async () => {
    const off = aCredentialHouse({ db: store.db, client, pageUrl: () => null });
    for (const deed of [() => off.credentials.offer(newKey), () => off.credentials.room({ by: dora })])
      await expect(deed()).rejects.toMatchObject({ code: "credential_page_off" });
  });
});

describe("deleting a credential", () => {
  it("shows the rules that use it first, deletes it, proves that it is gone, and writes both down", async () => {
    const robot = await house.named("Robot cells");
    house.uses.push({ ruleId: "r1", name: "Night shift" });
    expect(await house.credentials.previewRemove(deedOn(robot))).toMatchObject({
      credential: { name: "Robot cells" },
      uses: [{ ruleId: "r1", name: "Night shift" }],
    });
    await expect(house.credentials.remove({ ...deedOn(robot), shownUses: [] })).rejects.toMatchObject({ code: "credential_uses_changed" });
    await house.credentials.remove({ ...deedOn(robot), shownUses: ["r1"] });
    await expect(house.credentials.get(deedOn(robot))).rejects.toMatchObject({ code: "zpa_not_found" });
    expect(await kindsOf(store.db)).toEqual(["zpa.credential.delete.intended", "zpa.credential.delete.done"]);
    expect((await ledgerOf(store.db))[0]).toMatchObject({ actor: "UDORA", after: { rules: ["r1"] } });
  });

  it("that was done is told as done, though the ledger could not take the outcome", async () => {
    const robot = await house.named("Robot cells");
    const { delete: remove } = client.zpa.credentials;
    house.ports.zpa.credentials.delete = async (...args) => {
      await remove(...args);
      await sql`alter table ledger_event rename to ledger_away`.execute(store.db);
    };
    try {
      expect(await house.credentials.remove({ ...deedOn(robot), shownUses: [] })).toMatchObject({ name: "Robot cells" });
    } finally {
      await sql`alter table ledger_away rename to ledger_event`.execute(store.db);
    }
    expect(await kindsOf(store.db)).toEqual(["zpa.credential.delete.intended"]);
    expect(JSON.stringify(house.logged)).toContain("zpa-admin.outcome-not-noted");
  });

  it("that cannot be proven says that it is not certain", async () => {
    const robot = await house.named("Robot cells");
    house.ports.zpa.credentials.delete = async () => {};
    await expect(house.credentials.remove({ ...deedOn(robot), shownUses: [] })).rejects.toMatchObject({
      code: "credential_effect_unknown",
    });
  });

  it("that ZPA refuses says so, and that nothing was changed", async () => {
    const robot = await house.named("Robot cells");
    house.ports.zpa.credentials.delete = () => Promise.reject(new PortcullisError("zpa_refused", { params: { reason: "in use" } }));
    await expect(house.credentials.remove({ ...deedOn(robot), shownUses: [] })).rejects.toMatchObject({
      code: "zpa_refused",
      details: { params: { reason: "in use" } },
    });
    expect(await kindsOf(store.db)).toEqual(["zpa.credential.delete.intended", "zpa.credential.delete.refused"]);
  });
});

describe("moving a credential", () => {
  it("puts it into the other microtenant, proves it, and writes both down", async () => {
    const robot = await house.named("Robot cells");
    const { microtenantId: to } = await house.named("RTM SCADA");
    expect(await house.credentials.move({ ...deedOn(robot), to, shownUses: [] })).toMatchObject({ id: robot.id, microtenantId: to });
    expect(await house.named("Robot cells")).toMatchObject({ microtenantName: "Plant Rotterdam" });
    expect(await kindsOf(store.db)).toEqual(["zpa.credential.move.intended", "zpa.credential.move.done"]);
  });

  it("is refused when a rule uses it by now that was not shown, and nothing is sent", async () => {
    const robot = await house.named("Robot cells");
    const { microtenantId: to } = await house.named("RTM SCADA");
    house.uses.push({ ruleId: "r1", name: "Night shift" });
    await expect(house.credentials.move({ ...deedOn(robot), to, shownUses: [] })).rejects.toMatchObject({
      code: "credential_uses_changed",
      details: { params: { rules: "Night shift" } },
    });
    expect(await kindsOf(store.db)).toEqual([]);
    expect((await client.tenant.control.state()).calls.POST ?? 0).toBe(0);
    expect(await house.credentials.move({ ...deedOn(robot), to, shownUses: ["r1"] })).toMatchObject({ microtenantId: to });
  });

  it("that was done is told as done, though the ledger could not take the outcome", async () => {
    const robot = await house.named("Robot cells");
    const { microtenantId: to } = await house.named("RTM SCADA");
    const { move } = client.zpa.credentials;
    house.ports.zpa.credentials.move = async (...args) => {
      await move(...args);
      await sql`alter table ledger_event rename to ledger_away`.execute(store.db);
    };
    try {
      expect(await house.credentials.move({ ...deedOn(robot), to, shownUses: [] })).toMatchObject({ microtenantId: to });
    } finally {
      await sql`alter table ledger_away rename to ledger_event`.execute(store.db);
    }
    expect(await kindsOf(store.db)).toEqual(["zpa.credential.move.intended"]);
  });

  it("whose answer was lost is looked for where it should be, and not sent again", async () => {
    const robot = await house.named("Robot cells");
    const { microtenantId: to } = await house.named("RTM SCADA");
    await client.tenant.control.fault({ method: "POST", pathContains: "/move", kind: "timeout-after-effect", times: 1 });
    expect(await house.credentials.move({ ...deedOn(robot), to, shownUses: [] })).toMatchObject({ microtenantId: to });
    await client.tenant.control.fault({ method: "POST", pathContains: "/move", kind: "timeout-before-effect", times: 1 });
    await expect(house.credentials.move({ ...deedOn({ ...robot, microtenantId: to }), to: null, shownUses: [] })).rejects.toMatchObject({
      code: "credential_effect_unknown",
    });
    expect((await client.tenant.control.state()).calls.POST).toBe(2);
    expect((await kindsOf(store.db)).at(-1)).toBe("zpa.credential.move.unknown");
  });
});

describe("which rules use a credential", () => {
  it("is found in the tenant, which then refuses to delete the credential, and the form can name the rule", async () => {
    const robot = await house.named("Robot cells");
    const { id: setId } = await client.zpa.policy.set("CREDENTIAL_POLICY");
    const rule = { name: "Cells at night", description: null, action: "INJECT_CREDENTIALS", customMessage: null, conditions: [] };
    await client.zpa.policy.createRule(setId, { ...rule, fields: { credential: { id: robot.id } } }, { version: 1 });
    const found = await usesOfCredential(client.zpa)(robot.id, null);
    expect(found.map(({ name }) => name)).toEqual(["Cells at night"]);
    await expect(house.credentials.remove({ ...deedOn(robot), shownUses: [] })).rejects.toMatchObject({ code: "zpa_refused" });
    expect(await house.named("Robot cells")).toMatchObject({ id: robot.id });
  });
});
