import { generateKeyPairSync } from "node:crypto";
import sshpk from "sshpk";
import { describe, expect, it } from "vitest";
import { createCheckSecret } from "../../../src/services/credentials/check-secret.ts";
import { judgeKey } from "../../../src/services/credentials/judge-key.ts";
import { createReadKey } from "../../../src/services/credentials/read-key.ts";
import { systemTimers } from "../../../src/timers.ts";
import { createHandTimers } from "../../support/timers.ts";

const PASSPHRASE = "a pass phrase";
const spki = { type: "spki", format: "pem" } as const;
const protection = { cipher: "aes-256-cbc", passphrase: PASSPHRASE } as const;
const rsa = (type: "pkcs1" | "pkcs8", over: Partial<typeof protection> = {}) =>
  generateKeyPairSync("rsa", { modulusLength: 2048, publicKeyEncoding: spki, privateKeyEncoding: { type, format: "pem", ...over } });
const ec = (over: Partial<typeof protection> = {}) =>
  generateKeyPairSync("ec", { namedCurve: "P-256", publicKeyEncoding: spki, privateKeyEncoding: { type: "sec1", format: "pem", ...over } })
    .privateKey;

const openSsh = (passphrase: string | null): string =>
  sshpk
    .parsePrivateKey(rsa("pkcs1").privateKey, "pem")
    .toBuffer("ssh-private", passphrase === null ? {} : { passphrase })
    .toString();

const plain = { "PKCS #8": rsa("pkcs8").privateKey, "PKCS #1": rsa("pkcs1").privateKey, "SEC 1": ec(), OpenSSH: openSsh(null) };
const kept = {
  "PKCS #8": rsa("pkcs8", protection).privateKey,
  "PKCS #1": rsa("pkcs1", protection).privateKey,
  "SEC 1": ec(protection),
  OpenSSH: openSsh(PASSPHRASE),
};
const forms = ["PKCS #8", "PKCS #1", "SEC 1", "OpenSSH"] as const;

describe("a private key in the form of", () => {
  it.each(forms)("%s without a passphrase is fine without one", (form) => {
    expect(judgeKey({ privateKey: plain[form], passphrase: null })).toBe("fine");
    expect(judgeKey({ privateKey: plain[form], passphrase: PASSPHRASE })).toBe("passphrase-needless");
  });

  it.each(forms)("%s with a passphrase wants it, and tells the right one from a wrong one", (form) => {
    expect(judgeKey({ privateKey: kept[form], passphrase: null })).toBe("passphrase-missing");
    expect(judgeKey({ privateKey: kept[form], passphrase: "another" })).toBe("passphrase-wrong");
    expect(judgeKey({ privateKey: kept[form], passphrase: PASSPHRASE })).toBe("fine");
  });

  it.each(forms)("%s that is cut off or damaged is not readable", (form) => {
    const lines = plain[form].trim().split("\n");
    const cut = [...lines.slice(0, 3), lines.at(-1)].join("\n");
    expect(judgeKey({ privateKey: cut, passphrase: null })).toBe("unreadable");
    expect(judgeKey({ privateKey: lines.slice(0, -1).join("\n"), passphrase: null })).toBe("unreadable");
  });
});

describe("what is no private key", () => {
  it("is called what it is", () => {
    const { publicKey } = rsa("pkcs8");
    for (const text of [publicKey, "ssh-ed25519 AAAAC3Nza dora@example.com", "-----BEGIN CERTIFICATE-----\nMIIB\n"])
      expect(judgeKey({ privateKey: text, passphrase: null })).toBe("public");
    for (const text of ["hunter2", "", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----"])
      expect(judgeKey({ privateKey: text, passphrase: null })).toBe("unreadable");
  });
});

/** Contract: a key says itself how long its passphrase takes to try. It holds up nothing else, and not for longer than it is given. */
describe("a key is read", () => {
  it("in a thread of its own", async () => {
    const read = createReadKey(systemTimers);
    expect(await read({ privateKey: kept.OpenSSH, passphrase: PASSPHRASE })).toBe("fine");
    expect(await read({ privateKey: plain["SEC 1"], passphrase: null })).toBe("fine");
  });

  it("no longer than fifteen seconds", async () => {
    const hand = createHandTimers();
    const endless = openSsh(PASSPHRASE).split("\n");
    const bytes = Buffer.from(endless.slice(1, -2).join(""), "base64");
    // The salt's length, the salt, then the number of rounds.
    const rounds = bytes.indexOf(Buffer.from([0, 0, 0, 16])) + 20;
    bytes.writeUInt32BE(0xff_ff_ff_ff, rounds);
    const privateKey = [endless[0], ...(bytes.toString("base64").match(/.{1,70}/g) ?? []), endless.at(-2), ""].join("\n");
    const reading = createReadKey(hand.timers)({ privateKey, passphrase: PASSPHRASE });
    await hand.pass(15_000);
    expect(await reading).toBe("unreadable");
  });
});

describe("a secret", () => {
  const check = createCheckSecret(async (key) => judgeKey(key));
  it.each([
    ["USERNAME_PASSWORD", { kind: "key", privateKey: plain.OpenSSH, passphrase: null }, "secret_not_of_type"],
    ["SSH_KEY", { kind: "password", password: "x" }, "secret_not_of_type"],
    ["PASSWORD", { kind: "password", password: "" }, "secret_missing"],
    ["PASSWORD", { kind: "password", password: "x".repeat(1_025) }, "secret_too_long"],
    ["SSH_KEY", { kind: "key", privateKey: "x".repeat(20_001), passphrase: null }, "secret_too_long"],
    ["SSH_KEY", { kind: "key", privateKey: plain.OpenSSH, passphrase: "x".repeat(1_025) }, "secret_too_long"],
    ["SSH_KEY", { kind: "key", privateKey: kept.OpenSSH, passphrase: null }, "key_passphrase_missing"],
  ] as const)("for a %s is refused with a code, and no word of it (%#)", async (type, secret, code) => {
    await expect(check(type, secret)).rejects.toMatchObject({ code });
  });
});
