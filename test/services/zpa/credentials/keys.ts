import { generateKeyPairSync } from "node:crypto";
import sshpk from "sshpk";

const wire = (part: Buffer | string): Buffer => {
  const bytes = Buffer.from(part);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const armoured = (bytes: Buffer): string => {
  const lines = bytes.toString("base64").replace(/(.{70})/g, "$1\n");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.trimEnd()}\n-----END OPENSSH PRIVATE KEY-----\n`;
};

function ed25519() {
  const { privateKey } = generateKeyPairSync("ed25519");
  const { x = "", d = "" } = privateKey.export({ format: "jwk" });
  const open = Buffer.from(x, "base64url");
  return { secret: Buffer.concat([Buffer.from(d, "base64url"), open]), open };
}

/** A new key in OpenSSH's own format, as `ssh-keygen -t ed25519` writes it; nobody ever had it. */
export function openSshKey(): string {
  const { secret, open } = ed25519();
  const part = Buffer.concat([
    Buffer.from([7, 1, 2, 3, 7, 1, 2, 3]),
    wire("ssh-ed25519"),
    wire(open),
    wire(secret),
    wire("a key of a test"),
  ]);
  const padding = Buffer.from([1, 2, 3, 4, 5, 6, 7]).subarray(0, (8 - (part.length % 8)) % 8);
  const publicPart = Buffer.concat([wire("ssh-ed25519"), wire(open)]);
  return armoured(
    Buffer.concat([
      Buffer.from("openssh-key-v1\0"),
      wire("none"),
      wire("none"),
      wire(""),
      Buffer.from([0, 0, 0, 1]),
      wire(publicPart),
      wire(Buffer.concat([part, padding])),
    ]),
  );
}

/** The same with a passphrase. */
export const encryptedOpenSshKey = (passphrase: string): string =>
  sshpk.parsePrivateKey(openSshKey(), "pem").toBuffer("ssh-private", { passphrase }).toString();

/** A new key in PEM, as ZPA's own examples have it. */
export const pemKey = (passphrase?: string): string => {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const encrypted = passphrase === undefined ? {} : { cipher: "aes-256-cbc", passphrase };
  return privateKey.export({ type: "pkcs8", format: "pem", ...encrypted }).toString();
};
