import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { lookAtKey, refuseWrongPassphrase } from "../../../../src/services/zpa/credentials/look-at-key.ts";
import { encryptedOpenSshKey, openSshKey, pemKey, publicPem } from "./keys.ts";

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (thrown) {
    return thrown;
  }
  return null;
};

describe("a private key at hand", () => {
  it.each([
    ["OpenSSH's own format", openSshKey(), false],
    ["OpenSSH's own format with a passphrase", encryptedOpenSshKey(), true],
    ["PEM", pemKey(), false],
    ["PEM with a passphrase", pemKey("four winds"), true],
  ])("is known in %s", (_, key, isEncrypted) => {
    expect(lookAtKey(key)).toEqual({ privateKey: key, isEncrypted });
  });

  it("has the line ends of Unix and one at its end, however it was saved", () => {
    const key = openSshKey();
    expect(lookAtKey(`\n${key.replaceAll("\n", "\r\n")}\r\n \n`).privateKey).toBe(key);
    expect(lookAtKey(key.trimEnd()).privateKey).toBe(key);
  });

  it.each([
    ["a public key", publicPem(), /public key/],
    ["a public key for authorized_keys", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI me@here", /public key/],
    ["PuTTY's format", "PuTTY-User-Key-File-3: ssh-ed25519\n", /OpenSSH/],
    ["a password", "correct horse battery staple", /no private key/],
    ["something that is cut off", openSshKey().replace(/(\n.{70})\n[^-]*\n-----END/, "$1\n-----END"), /damaged|no private key/],
    ["something changed on the way", openSshKey().replace("b3BlbnNzaC1", "b3BlbnNzaD1"), /damaged/],
    ["more than anybody has", `${pemKey()}${"x".repeat(64_000)}`, /too long/],
  ])("is not %s", (_, text, sentence) => {
    expect(() => lookAtKey(text)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    const told = inspect(
      thrownBy(() => lookAtKey(text)),
      { depth: 9 },
    );
    expect(told).toMatch(sentence);
    expect(told).not.toContain(text.slice(5, 40));
  });

  it("in OpenSSH's own format is refused wherever it is cut off", () => {
    const [, encoded = ""] = /KEY-----\n([^-]+)\n-----END/.exec(openSshKey()) ?? [];
    const bytes = Buffer.from(encoded, "base64");
    for (let length = 1; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length).toString("base64");
      const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${cut}\n-----END OPENSSH PRIVATE KEY-----\n`;
      expect(() => lookAtKey(key), String(length)).toThrow(expect.objectContaining({ code: "invalid_input" }));
    }
  });

  it("in PEM is opened by its own passphrase only, and the refusal repeats neither", () => {
    const key = lookAtKey(pemKey("four winds"));
    refuseWrongPassphrase(key, "four winds");
    const told = inspect(
      thrownBy(() => refuseWrongPassphrase(key, "five winds")),
      { depth: 9 },
    );
    expect(told).toMatch(/does not open it/);
    expect(told).not.toContain("five winds");
    expect(told).not.toContain(key.privateKey.slice(30, 60));
  });
});
