import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../../src/clock.ts";
import { signInForm } from "../../../src/services/zpa/sign-in-form.ts";
import { configOf, tenantClient } from "./support/tenant-client.ts";

const rsa = (modulusLength: number) =>
  generateKeyPairSync("rsa", {
    modulusLength,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
const known = rsa(2048);
const credentials = { clientId: "a client", clientSecret: "s&cret=+", assertionPublicKey: known.publicKey };

describe("signing in", () => {
  it.each(["legacy", "oneapi"] as const)("with %s and a secret opens the API under its own prefix", async (auth) => {
    await using client = await tenantClient({ tenant: { credentials }, config: { auth } });
    await client.zpa.check();
    expect(await client.tenant.control.state()).toMatchObject({ authCalls: 1, calls: { GET: 1 } });
  });

  it("with OneAPI and a private key is proven by a signed assertion, without the secret", async () => {
    await using client = await tenantClient({ tenant: { credentials }, config: { clientSecret: null, privateKey: known.privateKey } });
    await client.zpa.check();
    const form = await signInForm({ ...configOf(client.tenant), clientSecret: "unused", privateKey: known.privateKey }, systemClock)();
    expect([...form.keys()].sort()).toEqual(["audience", "client_assertion", "client_assertion_type", "client_id", "grant_type"]);
  });

  it("with another's private key is refused", async () => {
    await using client = await tenantClient({ tenant: { credentials }, config: { privateKey: rsa(2048).privateKey } });
    await expect(client.zpa.check()).rejects.toMatchObject({
      code: "zpa_sign_in_failed",
      details: { params: { status: 400, id: "invalid_client" } },
    });
  });

  it.each(["legacy", "oneapi"] as const)("with %s and a wrong secret is refused at once, and the secret is in no error", async (auth) => {
    await using client = await tenantClient({ config: { auth, clientSecret: "wr0ng" } });
    const error = await client.zpa.check().catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code: "zpa_sign_in_failed" });
    expect(JSON.stringify(error)).not.toContain("wr0ng");
    expect((await client.tenant.control.state()).authCalls).toBe(1);
  });

  it("runs once for 50 calls at once", async () => {
    await using client = await tenantClient();
    const results = await Promise.allSettled(Array.from({ length: 50 }, () => client.zpa.consoles.list()));
    expect(results.filter(({ status }) => status === "fulfilled")).not.toHaveLength(0);
    expect((await client.tenant.control.state()).authCalls).toBe(1);
  });

  it("runs again once when the token has ended before its time", async () => {
    await using client = await tenantClient();
    await client.zpa.check();
    await client.tenant.control.clock({ offsetMilliseconds: 2 * 86_400_000 });
    await Promise.all([client.zpa.approvals.list(), client.zpa.consoles.list(), client.zpa.portals.list()]);
    expect((await client.tenant.control.state()).authCalls).toBe(2);
  });

  it("says that ZPA cannot be reached when nobody answers", async () => {
    await using client = await tenantClient({ config: { authUrl: "http://127.0.0.1:9" } });
    await expect(client.zpa.check()).rejects.toMatchObject({ code: "zpa_unreachable" });
  });
});

describe("settings that cannot sign in", () => {
  it.each([
    ["legacy without a secret", { auth: "legacy", clientSecret: null }, "setting_missing"],
    ["OneAPI with neither secret nor key", { clientSecret: null }, "setting_missing"],
    ["a key that is none", { privateKey: "-----BEGIN NOTHING-----" }, "setting_invalid"],
    ["an RSA key of 1024 bits", { privateKey: rsa(1024).privateKey }, "setting_invalid"],
  ] as const)("%s", async (_, config, code) => {
    await expect(tenantClient({ config })).rejects.toMatchObject({ code });
  });
});
