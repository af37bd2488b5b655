import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KeptTenantError } from "../../../sandbox/kept-file.ts";
import { rawTenant } from "./support/raw-tenant.ts";

/** Contract: what a caller was told stands is there after the next start; a tenant that is not asked to keep anything writes nothing. */
async function folder() {
  const path = await mkdtemp(join(tmpdir(), "kept-"));
  return { path, file: join(path, "deeper", "tenant.json"), [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

const password = { name: "Kept panel", credentialType: "PASSWORD", password: "kept-nowhere" };
const rotterdam = "145260601092866314";

describe("a tenant that is kept", () => {
  it("stands after a restart as it stood, with all that was made, changed and deleted", async () => {
    await using place = await folder();
    const before = await rawTenant({ keepIn: place.file });
    const made = JSON.parse((await before.call("POST", "/credential", password)).text).id;
    await before.call("PUT", `/credential/${made}`, { ...password, name: "Kept & renamed" });
    await before.call("POST", `/credential/${made}/move?targetMicrotenantId=${rotterdam}`);
    const first = (await before.control.state()).credentials.find(({ name }) => name === "jump hosts"); // no rule injects it
    await before.call("DELETE", `/credential/${first?.id}`);
    const rule = (await before.control.state()).rules.find(({ name }) => name === "Facility management");
    await before.call("DELETE", `/policySet/${rule?.policySetId}/rule/${rule?.id}`);
    const approval = await before.control.addApproval({ email: "mira@acme.example", minutes: 60 });
    const { credentials, approvals, rules } = await before.control.state();
    await before.close();

    await using after = await rawTenant({ keepIn: place.file });
    expect(await after.control.state()).toMatchObject({ credentials, approvals, rules });
    expect(rules.map(({ id }) => id)).not.toContain(rule?.id);
    expect(credentials.map(({ id }) => id)).not.toContain(first?.id);
    expect(JSON.parse((await after.call("POST", "/credential", password)).text).id).toBe(String(Number(made) + 1));
    const next = await after.control.addApproval({ email: "mira@acme.example", minutes: 60 });
    expect(Number(next.id)).toBe(Number(approval.id) + 1);
  });

  it("stands with its consoles, and numbers the next one after the last", async () => {
    await using place = await folder();
    const before = await rawTenant({ keepIn: place.file });
    const [application] = (await before.control.state()).applications;
    const [portal] = (await before.control.state()).portals;
    const draft = { name: "Kept console", enabled: true, praApplication: { id: application?.id }, praPortals: [{ id: portal?.id }] };
    const made = JSON.parse((await before.call("POST", "/praConsole", draft)).text).id;
    const { consoles } = await before.control.state();
    await before.close();
    await using after = await rawTenant({ keepIn: place.file });
    expect(await after.control.state()).toMatchObject({ consoles });
    expect(JSON.parse((await after.call("POST", "/praConsole", draft)).text).id).toBe(String(BigInt(made) + 1n));
  });

  it("is written even where the answer never arrives", async () => {
    await using place = await folder();
    const before = await rawTenant({ keepIn: place.file });
    await before.control.fault({ method: "POST", pathContains: "/credential", kind: "timeout-after-effect", times: 1 });
    const hanging = before.call("POST", "/credential", password).catch((cause: unknown) => cause);
    await expect.poll(async () => (await before.control.state()).credentials.map(({ name }) => name)).toContain(password.name);
    await before.close();
    await hanging;
    await using after = await rawTenant({ keepIn: place.file });
    expect((await after.control.state()).credentials.map(({ name }) => name)).toContain(password.name);
  });

  it("comes back with the objects of its own seed, by which its ids were given", async () => {
    await using place = await folder();
    const before = await rawTenant({ keepIn: place.file });
    await before.control.seed({ consoles: 3, microtenants: false });
    const { consoles, credentials } = await before.control.state();
    await before.close();
    await using after = await rawTenant({ keepIn: place.file, seed: { consoles: 70 } });
    expect(await after.control.state()).toMatchObject({ consoles, credentials });
  });

  it("keeps no secret, and shows what it keeps to its owner alone, in one file", async () => {
    await using place = await folder();
    await using tenant = await rawTenant({ keepIn: place.file });
    await tenant.call("POST", "/credential", password);
    expect(await readFile(place.file, "utf8")).toContain("Kept panel");
    expect(await readFile(place.file, "utf8")).not.toContain(password.password);
    expect((await stat(place.file)).mode & 0o777).toBe(0o600);
    expect(await readdir(join(place.path, "deeper"))).toEqual(["tenant.json"]);
  });

  it.each(["", "{", '{"version":2,"seed":{},"parts":{}}', '{"anything":"else"}'])(
    "does not start on a file that is not its own: %j",
    async (text) => {
      await using place = await folder();
      const file = join(place.path, "notes.json");
      await writeFile(file, text);
      await expect(rawTenant({ keepIn: file })).rejects.toThrow(KeptTenantError);
      expect(await readFile(file, "utf8")).toBe(text);
    },
  );

  it("takes from a file of an earlier version what it has, and leaves the rest as seeded", async () => {
    await using place = await folder();
    const file = join(place.path, "tenant.json");
    await writeFile(file, JSON.stringify({ version: 1, seed: {}, parts: { nextApprovalId: 30_000 } }));
    await using tenant = await rawTenant({ keepIn: file });
    expect((await tenant.control.addApproval({ email: "mira@acme.example", minutes: 5 })).id).toBe("30000");
    expect((await tenant.control.state()).credentials.length).toBeGreaterThan(5);
  });
});

describe("a tenant that is not kept", () => {
  it("starts anew", async () => {
    const before = await rawTenant();
    await before.call("POST", "/credential", password);
    await before.close();
    await using after = await rawTenant();
    expect((await after.control.state()).credentials.map(({ name }) => name)).not.toContain(password.name);
  });
});
