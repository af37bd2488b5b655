import { createPrivateKey, createPublicKey } from "node:crypto";
import sshpk from "sshpk";

/** What was found out about a private key and its passphrase. */
export type KeyReading = "fine" | "public" | "unreadable" | "passphrase-missing" | "passphrase-wrong" | "passphrase-needless";

export interface KeyToRead {
  readonly privateKey: string;
  readonly passphrase: string | null;
}

const OPENSSH = "-----BEGIN OPENSSH PRIVATE KEY-----";
/** PKCS #8 has a name of its own for encrypted keys; PKCS #1 and SEC 1 say it in a header. */
const ENCRYPTED_PEM = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type:\s*4,ENCRYPTED/mu;
const PUBLIC =
  /^(?:ssh-|ecdsa-|sk-)\S+ AAAA|-----BEGIN (?:RSA )?PUBLIC KEY-----|---- BEGIN SSH2 PUBLIC KEY ----|-----BEGIN CERTIFICATE-----/mu;

/**
 * Reads a private key as SSH would: PKCS #8, PKCS #1 and SEC 1 with Node's own OpenSSL, OpenSSH's format, which OpenSSL does not know, with
 * sshpk. Takes as long as the key's author wanted the passphrase to take, on the thread that it is called on.
 */
export function judgeKey({ privateKey, passphrase }: KeyToRead): KeyReading {
  if (!privateKey.includes("PRIVATE KEY-----")) return PUBLIC.test(privateKey) ? "public" : "unreadable";
  return privateKey.includes(OPENSSH) ? judgeOpenSsh({ privateKey, passphrase }) : judgePem({ privateKey, passphrase });
}

function judgePem({ privateKey, passphrase }: KeyToRead): KeyReading {
  const isEncrypted = ENCRYPTED_PEM.test(privateKey);
  if (isEncrypted && passphrase === null) return "passphrase-missing";
  if (!isEncrypted && passphrase !== null) return "passphrase-needless";
  try {
    createPublicKey(
      createPrivateKey({ key: privateKey, format: "pem", ...(passphrase === null ? {} : { passphrase }) }).export({
        type: "pkcs8",
        format: "pem",
      }),
    );
    return "fine";
  } catch {
    // OpenSSL does not tell a wrong passphrase from damage behind the encryption.
    return isEncrypted ? "passphrase-wrong" : "unreadable";
  }
}

function judgeOpenSsh({ privateKey, passphrase }: KeyToRead): KeyReading {
  if (passphrase === null) return withoutPassphrase(privateKey);
  // A key without encryption is read whatever the passphrase.
  if (withoutPassphrase(privateKey) === "fine") return "passphrase-needless";
  try {
    sshpk.parsePrivateKey(privateKey, "pem", { passphrase });
    return "fine";
  } catch (thrown) {
    return isOfPassphrase(thrown) ? "passphrase-wrong" : "unreadable";
  }
}

function withoutPassphrase(privateKey: string): KeyReading {
  try {
    sshpk.parsePrivateKey(privateKey, "pem");
    return "fine";
  } catch (thrown) {
    return thrown instanceof Error && thrown.name === "KeyEncryptedError" ? "passphrase-missing" : "unreadable";
  }
}

/** sshpk has no name for it: what a wrong passphrase decrypts to has no two equal check numbers. */
const isOfPassphrase = (thrown: unknown): boolean =>
  thrown instanceof Error && /passphrase/iu.test(`${thrown.message} ${innerText(thrown)}`);

const innerText = (thrown: Error): string => ("innerErr" in thrown && thrown.innerErr instanceof Error ? thrown.innerErr.message : "");
