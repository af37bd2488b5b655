import { createPrivateKey } from "node:crypto";
import { PortcullisError } from "../../../errors.ts";

/** More than the largest key that anybody has. */
const LONGEST_CHARACTERS = 64_000;
const OPENSSH = /^-----BEGIN OPENSSH PRIVATE KEY-----\n([A-Za-z0-9+/=\n]+)\n-----END OPENSSH PRIVATE KEY-----\n$/;
const MAGIC = Buffer.from("openssh-key-v1\0");

export interface KeyAtHand {
  /** With line ends as Unix has them, and one at its end: some readers of keys take no others. */
  readonly privateKey: string;
  readonly isEncrypted: boolean;
}

/**
 * What a private key says of itself: one in OpenSSH's own format, or in PEM. No error repeats any of it.
 * @throws PortcullisError `invalid_input` for what is not one private key
 */
export function lookAtKey(text: string): KeyAtHand {
  if (text.length > LONGEST_CHARACTERS) throw refused("it is too long");
  const privateKey = `${text.replace(/\r\n?/g, "\n").trim()}\n`;
  if (/^(?:ssh-|ecdsa-|sk-|-----BEGIN (?:[A-Z0-9]+ )*PUBLIC KEY|---- BEGIN SSH2 PUBLIC)/.test(privateKey))
    throw refused("it is a public key");
  if (privateKey.startsWith("PuTTY-User-Key-File")) throw refused("it is in PuTTY's format: export it in OpenSSH's");
  const [, encoded] = OPENSSH.exec(privateKey) ?? [];
  return {
    privateKey,
    isEncrypted: encoded === undefined ? isEncryptedPem(privateKey) : isEncryptedOpenSsh(Buffer.from(encoded, "base64")),
  };
}

/**
 * Whether a passphrase opens an encrypted key, as far as that can be told here: of PEM. OpenSSH's own format takes another derivation.
 * @throws PortcullisError `invalid_input` when it does not
 */
export function refuseWrongPassphrase({ privateKey }: KeyAtHand, passphrase: string): void {
  if (OPENSSH.test(privateKey)) return;
  try {
    createPrivateKey({ key: privateKey, passphrase });
  } catch {
    throw refused("the passphrase does not open it"); // without OpenSSL's own words: nothing of a key belongs in a cause
  }
}

function isEncryptedPem(key: string): boolean {
  // OpenSSL's code for "there is no passphrase" is not the same in all of its versions; PEM says it in plain text.
  if (/^-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED$/m.test(key)) return true;
  try {
    createPrivateKey(key);
    return false;
  } catch {
    throw refused("it is no private key in OpenSSH's format or in PEM, or it is damaged");
  }
}

/** OpenSSH, PROTOCOL.key: magic, cipher, key derivation and its options, number of keys, the public key, the private part. */
function isEncryptedOpenSsh(bytes: Buffer): boolean {
  try {
    const parts = fieldsFrom(bytes);
    const cipher = parts.text();
    parts.text();
    parts.bytes();
    if (parts.number() !== 1) throw new RangeError("several keys");
    parts.bytes();
    const part = parts.bytes();
    if (cipher !== "none") return true;
    // Two equal numbers stand before what was encrypted, to tell whether it was decrypted well.
    if (part.length < 8 || part.readUInt32BE(0) !== part.readUInt32BE(4)) throw new RangeError("damaged");
    return false;
  } catch (thrown) {
    if (thrown instanceof RangeError) throw refused("it is damaged, or cut off");
    throw thrown;
  }
}

/** @throws RangeError past the end */
function fieldsFrom(bytes: Buffer) {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new RangeError("no magic");
  let at = MAGIC.length;
  const number = (): number => {
    const value = bytes.readUInt32BE(at);
    at += 4;
    return value;
  };
  const field = (): Buffer => {
    const length = number();
    if (at + length > bytes.length) throw new RangeError("cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  return { number, bytes: field, text: () => field().toString("latin1") };
}

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem: `the key: ${problem}` } });
