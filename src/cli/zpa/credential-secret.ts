import type { ReadFile } from "../../config/read-settings.ts";
import { PortcullisError } from "../../errors.ts";
import type { CredentialSecret, CredentialType } from "../../services/zpa/credentials/credential.ts";
import { type KeyAtHand, lookAtKey, refuseWrongPassphrase } from "../../services/zpa/credentials/look-at-key.ts";
import { readSecret, type SecretTerminal } from "./read-secret.ts";

type Ports = SecretTerminal & { readonly readFile: ReadFile };

/**
 * The secret that a type takes, from standard input or typed unseen; a key also from a file. It is looked at before it goes anywhere.
 * @throws PortcullisError `invalid_input`
 */
export async function readCredentialSecret(
  ports: Ports,
  { type, keyFile }: { readonly type: CredentialType; readonly keyFile: string | undefined },
): Promise<CredentialSecret> {
  if (type === "SSH_KEY") return readKey(ports, keyFile);
  if (keyFile !== undefined) throw refused("--key-file goes with a credential of type SSH_KEY");
  return { kind: "password", password: await readSecret(ports, { prompt: "Password", lines: "one" }) };
}

async function readKey(ports: Ports, keyFile: string | undefined): Promise<CredentialSecret> {
  const key = lookAtKey(
    keyFile === undefined ? await readSecret(ports, { prompt: "Private key", lines: "many" }) : inFile(ports.readFile, keyFile),
  );
  const { privateKey, isEncrypted } = key;
  return { kind: "key", privateKey, passphrase: isEncrypted ? await readPassphrase(ports, { key, keyFile }) : null };
}

async function readPassphrase(
  ports: Ports,
  { key, keyFile }: { readonly key: KeyAtHand; readonly keyFile: string | undefined },
): Promise<string> {
  if (keyFile === undefined && ports.input.isTTY !== true)
    throw refused("the key is encrypted: name its file with --key-file, and pipe in the passphrase or type it");
  const passphrase = await readSecret(ports, { prompt: "Passphrase of the key", lines: "one" });
  refuseWrongPassphrase(key, passphrase);
  return passphrase;
}

function inFile(readFile: ReadFile, path: string): string {
  try {
    return readFile(path);
  } catch (cause) {
    throw new PortcullisError("invalid_input", { params: { problem: `the file ${path} cannot be read` } }, { cause });
  }
}

const refused = (problem: string): PortcullisError => new PortcullisError("invalid_input", { params: { problem } });
