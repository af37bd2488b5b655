import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Transport } from "../../../../src/services/http-client/transport.ts";
import { CREDENTIAL_TYPES, type CredentialDraft } from "../../../../src/services/zpa/credentials/credential.ts";
import { type TenantClient, tenantClient } from "../support/tenant-client.ts";
import { tireless } from "../support/tireless.ts";
import { drafts } from "./drafts.ts";

const rotterdam = "145260601092866314";
const nordwind = "145260601092866315";
const monday = new Date("2026-03-02T08:00:00Z");

/** A tenant and a client whose clock is moved by hand. */
async function clockedClient(transportOver?: (transport: Transport) => Transport) {
  const at = { now: monday };
  const clock = { now: () => at.now };
  const client = await tenantClient({ tenant: { clock }, clock, ...(transportOver === undefined ? {} : { transportOver }) });
  return { ...client, at };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const digestIn = async ({ tenant }: TenantClient, id: string) =>
  (await tenant.control.state()).credentials.find((credential) => credential.id === id)?.secretSha256;
const digestOf = ({ secret }: CredentialDraft) =>
  sha256(secret.kind === "password" ? secret.password : `${secret.privateKey}\0${secret.passphrase ?? ""}`);

describe("POST credential", () => {
  it.each(CREDENTIAL_TYPES)("makes one of type %s, whose secret arrives to the letter and is not told again", async (type) => {
    await using client = await clockedClient();
    const draft = drafts[type];
    const { id } = await client.zpa.credentials.create(draft);
    const { secret, ...told } = draft;
    expect(await client.zpa.credentials.get(id)).toMatchObject({
      ...told,
      id,
      lastResetAt: monday,
      createdAt: monday,
      modifiedAt: null,
      microtenantName: null,
    });
    expect(await digestIn(client, id)).toBe(digestOf(draft));
  });

  it("makes one in a microtenant, found there and only there", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create({ ...drafts.SSH_KEY, microtenantId: rotterdam });
    expect(await client.zpa.credentials.get(id, { microtenantId: rotterdam })).toMatchObject({
      microtenantId: rotterdam,
      microtenantName: "Plant Rotterdam",
    });
    await expect(client.zpa.credentials.get(id)).rejects.toMatchObject({ code: "zpa_not_found", details: { params: { params: id } } });
  });

  it("takes a name twice: nobody knows whether ZPA would not", async () => {
    await using client = await clockedClient();
    const ids = [await client.zpa.credentials.create(drafts.PASSWORD), await client.zpa.credentials.create(drafts.PASSWORD)];
    expect(new Set(ids.map(({ id }) => id)).size).toBe(2);
  });

  it("whose answer is lost is not repeated, and its effect is called unknown", async () => {
    await using client = await tenantClient({ totalMilliseconds: 800 });
    await client.tenant.control.fault({ method: "POST", kind: "timeout-after-effect", times: 1 });
    await expect(client.zpa.credentials.create(drafts.PASSWORD)).rejects.toMatchObject({ code: "zpa_timeout" });
    const { credentials, calls } = await client.tenant.control.state();
    expect(credentials.filter(({ name }) => name === drafts.PASSWORD.name)).toHaveLength(1);
    expect(calls.POST).toBe(1);
  });

  it.each<[string, Partial<CredentialDraft>, keyof typeof drafts]>([
    ["name", { name: " " }, "PASSWORD"],
    ["userName", { userName: null }, "SSH_KEY"],
    ["userName", { userName: "" }, "USERNAME_PASSWORD"],
    ["password", { secret: { kind: "password", password: "" } }, "PASSWORD"],
    ["password", { secret: drafts.SSH_KEY.secret }, "USERNAME_PASSWORD"],
    ["privateKey", { secret: drafts.PASSWORD.secret }, "SSH_KEY"],
    ["privateKey", { secret: { kind: "key", privateKey: "", passphrase: null } }, "SSH_KEY"],
  ])("without %s (%j) is not even sent", async (missing, change, type) => {
    await using client = await clockedClient();
    await expect(client.zpa.credentials.create({ ...drafts[type], ...change })).rejects.toMatchObject({
      code: "credential_incomplete",
      details: { params: { missing } },
    });
    expect((await client.tenant.control.state()).calls).toEqual({});
  });
});

describe("GET credential", () => {
  it("lists every page, by name", async () => {
    await using client = await tenantClient({ tenant: { monotonicMilliseconds: tireless() } });
    const before = (await client.zpa.credentials.list()).length;
    for (let number = 0; number < 520; number += 1)
      await client.zpa.credentials.create({ ...drafts.PASSWORD, name: `panel ${String(number).padStart(3, "0")}` });
    await client.tenant.control.resetCalls({});
    const listed = await client.zpa.credentials.list();
    expect(listed).toHaveLength(before + 520);
    expect(listed.map(({ name }) => name)).toEqual(listed.map(({ name }) => name).toSorted((one, other) => one.localeCompare(other, "en")));
    expect((await client.tenant.control.state()).calls).toEqual({ GET: 2 });
  });

  it("lists the microtenant's own, and what it inherits when it is searched by ownership", async () => {
    await using client = await tenantClient();
    const names = async (options: { microtenantId: string | null; search?: string }) =>
      (await client.zpa.credentials.list(options)).map(({ name }) => name);
    const own = ["RTM crane panel", "RTM SCADA"];
    const shared = await names({ microtenantId: null });
    expect(shared).toContain("db-prod maintenance");
    expect(await names({ microtenantId: rotterdam })).toEqual(own);
    expect(await names({ microtenantId: rotterdam, search: "ownershipType EQ MICROTENANT_SPECIFIC" })).toEqual(own);
    expect(await names({ microtenantId: rotterdam, search: "ownershipType EQ INHERITED" })).toEqual(shared);
    expect(await names({ microtenantId: null, search: "ownershipType EQ MICROTENANT_SPECIFIC" })).toEqual(shared);
    expect(await names({ microtenantId: null, search: "ownershipType EQ INHERITED" })).toEqual([]);
    expect(await names({ microtenantId: "null" })).toHaveLength(shared.length + own.length + 1);
  });

  it("searches by a field", async () => {
    await using client = await tenantClient();
    const found = await client.zpa.credentials.list({ search: "credentialType EQ SSH_KEY" });
    expect(found.map(({ name }) => name)).toEqual(["db-prod maintenance", "jump hosts"]);
    expect(await client.zpa.credentials.list({ search: "name EQ jump hosts" })).toHaveLength(1);
  });

  it("sorts by a field, both ways", async () => {
    await using client = await tenantClient();
    const names = async (sortDirection: "ascending" | "descending") =>
      (await client.zpa.credentials.list({ sortBy: "lastCredentialResetTime", sortDirection })).map(({ name }) => name);
    const oldestFirst = await names("ascending");
    expect(oldestFirst.slice(0, 2)).toEqual(["HMI panels", "SCADA operator"]);
    expect(await names("descending")).toEqual(oldestFirst.toReversed());
  });

  it("says which word of a search ZPA does not take", async () => {
    await using client = await tenantClient();
    await expect(client.zpa.credentials.list({ search: "Domain Joined - my domain" })).rejects.toMatchObject({
      code: "zpa_search_refused",
      details: { params: { params: "Joined" } },
    });
  });
});

describe("GET credential/{id}", () => {
  it("reads one, with its age", async () => {
    await using client = await clockedClient();
    const [known] = await client.zpa.credentials.list({ search: "name EQ db-prod maintenance" });
    const read = await client.zpa.credentials.get(known?.id ?? "");
    expect(read).toEqual(known);
    expect(monday.getTime() - (read.lastResetAt?.getTime() ?? 0)).toBe(12 * 86_400_000);
    expect(read.createdAt?.getTime()).toBeLessThan(read.lastResetAt?.getTime() ?? 0);
  });

  it("says of one that is not there that it is not there", async () => {
    await using client = await tenantClient();
    await expect(client.zpa.credentials.get("1")).rejects.toMatchObject({ code: "zpa_not_found" });
  });
});

describe("PUT credential/{id}", () => {
  it("writes the whole object and the secret, and resets its age", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create(drafts.USERNAME_PASSWORD);
    const current = await client.zpa.credentials.get(id);
    client.at.now = new Date("2026-03-09T08:00:00Z");
    const rotated = {
      ...drafts.USERNAME_PASSWORD,
      description: null,
      userDomain: null,
      secret: { kind: "password", password: "n3w" },
    } as const;
    await client.zpa.credentials.update(current, rotated);
    expect(await client.zpa.credentials.get(id)).toMatchObject({
      name: rotated.name,
      description: null,
      userName: "ACME\\restore",
      userDomain: null,
      createdAt: monday,
      modifiedAt: client.at.now,
      lastResetAt: client.at.now,
    });
    expect(await digestIn(client, id)).toBe(sha256("n3w"));
  });

  it("stays in its microtenant, whatever the draft says", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create({ ...drafts.PASSWORD, microtenantId: rotterdam });
    const current = await client.zpa.credentials.get(id, { microtenantId: rotterdam });
    await client.zpa.credentials.update(current, { ...drafts.PASSWORD, name: "Boiler house, rebuilt" });
    expect(await client.zpa.credentials.get(id, { microtenantId: rotterdam })).toMatchObject({ name: "Boiler house, rebuilt" });
  });

  it("refuses another type before anything is sent", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create(drafts.USERNAME_PASSWORD);
    const current = await client.zpa.credentials.get(id);
    await client.tenant.control.resetCalls({});
    await expect(client.zpa.credentials.update(current, drafts.SSH_KEY)).rejects.toMatchObject({
      code: "credential_type_fixed",
      details: { params: { name: current.name, type: "USERNAME_PASSWORD", wanted: "SSH_KEY" } },
    });
    expect((await client.tenant.control.state()).calls).toEqual({});
  });

  it("sends back what a later ZPA added, as people wrote it, and no secret that came along", async () => {
    const sent: unknown[] = [];
    await using client = await clockedClient((transport) => ({
      ...transport,
      send: async (call) => {
        if (call.method === "PUT") sent.push(JSON.parse(call.body ?? ""));
        const answer = await transport.send(call);
        if (call.method !== "GET" || "kind" in answer) return answer;
        const extra = { owners: ["Mira &#x26; Jon"], rotation: { days: 90 }, password: "echoed", privateKey: "echoed" };
        return { ...answer, text: JSON.stringify({ ...JSON.parse(answer.text), ...extra }) };
      },
    }));
    const { id } = await client.zpa.credentials.create(drafts.SSH_KEY);
    const current = await client.zpa.credentials.get(id);
    expect(JSON.stringify(current)).not.toContain("echoed");
    await client.zpa.credentials.update(current, { ...drafts.SSH_KEY, name: "PLC & gateway" });
    expect(sent).toEqual([
      {
        id,
        creationTime: expect.any(String),
        modifiedBy: expect.any(String),
        lastCredentialResetTime: expect.any(String),
        owners: ["Mira & Jon"],
        rotation: { days: 90 },
        name: "PLC & gateway",
        credentialType: "SSH_KEY",
        userName: "plc",
        privateKey: drafts.SSH_KEY.secret.privateKey,
        passphrase: "four winds at sea",
      },
    ]);
  });

  it("of one that is gone says so", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create(drafts.PASSWORD);
    const current = await client.zpa.credentials.get(id);
    await client.zpa.credentials.delete(id);
    await expect(client.zpa.credentials.update(current, drafts.PASSWORD)).rejects.toMatchObject({ code: "zpa_not_found" });
  });
});

describe("DELETE credential/{id}", () => {
  it("deletes one, and again with success", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.credentials.create(drafts.PASSWORD);
    await client.zpa.credentials.delete(id);
    await client.zpa.credentials.delete(id);
    await expect(client.zpa.credentials.get(id)).rejects.toMatchObject({ code: "zpa_not_found" });
  });

  it("deletes in its microtenant only", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.credentials.create({ ...drafts.PASSWORD, microtenantId: rotterdam });
    await client.zpa.credentials.delete(id, { microtenantId: nordwind });
    expect(await client.zpa.credentials.get(id, { microtenantId: rotterdam })).toMatchObject({ id });
    await client.zpa.credentials.delete(id, { microtenantId: rotterdam });
    expect((await client.tenant.control.state()).credentials.map((credential) => credential.id)).not.toContain(id);
  });
});

describe("POST credential/{id}/move", () => {
  it("moves one from the Default microtenant to another and back, its age untouched", async () => {
    await using client = await clockedClient();
    const { id } = await client.zpa.credentials.create(drafts.SSH_KEY);
    client.at.now = new Date("2026-03-09T08:00:00Z");
    await client.zpa.credentials.move(id, { from: null, to: rotterdam });
    expect(await client.zpa.credentials.get(id, { microtenantId: rotterdam })).toMatchObject({
      microtenantId: rotterdam,
      lastResetAt: monday,
    });
    await client.zpa.credentials.move(id, { from: rotterdam, to: null });
    expect(await client.zpa.credentials.get(id)).toMatchObject({ microtenantId: null, lastResetAt: monday });
  });

  it("is refused for a microtenant that is not there, from where it is not, and to where it is", async () => {
    await using client = await tenantClient();
    const { id } = await client.zpa.credentials.create(drafts.SSH_KEY);
    await expect(client.zpa.credentials.move(id, { from: null, to: "7" })).rejects.toMatchObject({ code: "zpa_not_found" });
    await expect(client.zpa.credentials.move(id, { from: rotterdam, to: null })).rejects.toMatchObject({ code: "zpa_not_found" });
    await expect(client.zpa.credentials.move(id, { from: null, to: null })).rejects.toMatchObject({ code: "zpa_refused" });
  });
});
